import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The process's standard output and error.
///
/// When the reader of standard output goes away (`reel log | head`), the program has nothing left to do: SIGPIPE is
/// ignored, because a lost socket must not end the program, and the write's EPIPE ends it instead.
package final class ProcessConsole: Console {
    private let lock = Mutex(())
    /// Why results could not be written.
    private let lost = Mutex<Int32?>(nil)
    private let descriptors: [OutputChannel: Int32]
    private let onClosedPipe: @Sendable () -> Void

    /// - Parameters:
    ///   - output: the descriptor for results.
    ///   - error: the descriptor for the rest.
    ///   - onClosedPipe: called when the reader of results went away; by default the process exits with 141,
    ///     which is what a shell reports for a program that SIGPIPE ended.
    package init(
        output: Int32 = 1,
        error: Int32 = 2,
        onClosedPipe: @escaping @Sendable () -> Void = { exit(128 + SIGPIPE) }
    ) {
        descriptors = [.output: output, .error: error]
        self.onClosedPipe = onClosedPipe
        signal(SIGPIPE, SIG_IGN)
    }

    package func write(bytes: [UInt8], to channel: OutputChannel) {
        guard let descriptor = descriptors[channel] else { return }
        switch lock.withLock({ _ in writeAll(bytes, to: descriptor) }) {
        case 0: break
        case EPIPE: if channel == .output { onClosedPipe() }
        // A terminal that is gone has nobody to be told.
        case EIO: break
        case let number: if channel == .output { lost.withLock { $0 = $0 ?? number } }
        }
    }

    /// The number of the error with which results were lost; nil while all were written.
    package var lostOutput: Int32? { lost.withLock(\.self) }

    package func isTerminal(_ channel: OutputChannel) -> Bool {
        descriptors[channel].map { isatty($0) == 1 } ?? false
    }

    package func terminalSize(of channel: OutputChannel) -> TerminalSize? {
        guard isTerminal(channel), let descriptor = descriptors[channel] else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    /// Writes all of it, and returns 0 or the number of the error that ended it.
    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR:
                continue
            case EAGAIN:
                // A terminal that another program made non-blocking.
                var full = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&full, 1, -1)
            case let number:
                return number
            }
        }
        return 0
    }
}

// Inside the type above `write` means its own methods.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
