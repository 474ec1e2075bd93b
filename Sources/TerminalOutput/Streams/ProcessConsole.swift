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
        let isOpen = lock.withLock { _ in writeAll(bytes, to: descriptor) }
        if !isOpen, channel == .output {
            onClosedPipe()
        }
    }

    package func isTerminal(_ channel: OutputChannel) -> Bool {
        descriptors[channel].map { isatty($0) == 1 } ?? false
    }

    package func terminalSize(of channel: OutputChannel) -> TerminalSize? {
        guard isTerminal(channel), let descriptor = descriptors[channel] else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    /// False when nobody reads any more.
    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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
            case EPIPE:
                return false
            default:
                // A full disk or a lost terminal: the exit code tells of the work, not of its echo.
                return true
            }
        }
        return true
    }
}

// Inside the type above `write` means its own methods.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
