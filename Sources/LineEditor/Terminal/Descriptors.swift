#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Why the terminal could not be set up.
package struct TerminalSetupError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable {
        case pipe
        case signalHandler
        case notATerminal
        case editor
    }

    package var code: Code
    /// The system's error number, 0 when there is none.
    package var errno: Int32

    package init(code: Code, errno: Int32 = 0) {
        self.code = code
        self.errno = errno
    }

    package var description: String {
        let reason = errno == 0 ? "" : " (\(String(cString: strerror(errno))))"
        return switch code {
        case .pipe:
            "No pipe could be opened for waking the terminal thread\(reason); close other programs and try again."
        case .signalHandler: "The signal handlers could not be installed\(reason)."
        case .notATerminal: "Line editing needs a terminal on standard input and output\(reason); use the plain reader."
        case .editor:
            "libedit could not be started\(reason); set TERM to a terminal it knows, or to dumb for plain lines."
        }
    }
}

/// What poll() saw.
struct Readiness: OptionSet {
    let rawValue: Int

    static let input = Readiness(rawValue: 1)
    static let signal = Readiness(rawValue: 2)
    static let inbox = Readiness(rawValue: 4)
}

enum Descriptors {
    /// Waits until one of them can be read, -1 standing for "not watched"; a nil timeout waits for ever.
    static func wait(input: Int32, signals: Int32, inbox: Int32, milliseconds: Int32?) -> Readiness {
        var watched = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: inbox, events: Int16(POLLIN), revents: 0),
        ]
        var ready: Readiness = []
        // EINTR needs no retry here: every caller waits in a loop and the signal's byte is in the pipe.
        guard poll(&watched, nfds_t(watched.count), milliseconds ?? -1) > 0 else { return ready }
        for (index, entry) in watched.enumerated() where entry.revents != 0 {
            ready.insert(Readiness(rawValue: 1 << index))
        }
        return ready
    }

    /// One read(); 0 at the end of input, nil when there is nothing to read now.
    static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int? {
        let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
            return count
        }
        // EIO is a terminal that hung up: no more input either.
        return errno == EAGAIN || errno == EINTR ? nil : 0
    }

    static func write(_ bytes: some Sequence<UInt8>, to descriptor: Int32) {
        let bytes = Array(bytes)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemWrite(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            if count > 0 {
                offset += count
            } else if count == -1, errno == EAGAIN {
                var full = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&full, 1, -1)
            } else if count == -1, errno != EINTR {
                return
            }
        }
    }

    static func close(_ descriptor: Int32) {
        _ = systemClose(descriptor)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }
}

// Inside the type above these names mean its own methods.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}

private func systemClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
