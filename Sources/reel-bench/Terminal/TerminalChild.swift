private import Spawning

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program on a pseudo-terminal of 80 columns.
final class TerminalChild {
    let process: pid_t
    private let master: Int32
    private(set) var output: [UInt8] = []

    init(_ words: [String]) throws {
        let (near, name) = try PseudoTerminal.open()
        master = near
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        var program = ProgramStart(words)
        program.input = .device(name)
        program.output = .device(name)
        program.errors = .device(name)
        program.startsSession = true
        do {
            process = try program()
        } catch {
            close(master)
            throw error
        }
    }

    /// A program that has shown its prompt and come to rest.
    convenience init(ready program: Specification) throws {
        try self.init(program.words)
        try wait(for: program.fields[2])
        settle(milliseconds: 300)
    }

    deinit { close(master) }

    func type(_ text: String) throws {
        output.removeAll(keepingCapacity: true)
        try Files.writeAll(Array(text.utf8), to: master)
    }

    /// Writes what may be more than the terminal takes at once, reading meanwhile, until `end` has come back.
    func send(_ text: String, until end: String, seconds: Int = 60) throws {
        output.removeAll(keepingCapacity: true)
        let bytes = Array(text.utf8)
        let flags = fcntl(master, F_GETFL)
        _ = fcntl(master, F_SETFL, flags | O_NONBLOCK)
        defer { _ = fcntl(master, F_SETFL, flags) }
        let wanted = Array(end.utf8)
        let deadline = ContinuousClock.now + .seconds(seconds)
        var (sent, searched) = (0, 0)
        while ContinuousClock.now < deadline {
            let events = sent < bytes.count ? POLLIN | POLLOUT : POLLIN
            var waiting = pollfd(fd: master, events: Int16(events), revents: 0)
            guard poll(&waiting, 1, 1000) > 0 else { continue }
            if waiting.revents & Int16(POLLOUT) != 0, sent < bytes.count {
                let count = bytes.withUnsafeBytes { write(master, $0.baseAddress?.advanced(by: sent), $0.count - sent) }
                if count > 0 { sent += count }
            }
            if waiting.revents & Int16(POLLIN) != 0 {
                guard receive(milliseconds: 0) != .ended else { break }
                if Self.find(wanted, in: output, from: searched) { return }
                searched = max(0, output.count - wanted.count)
            }
        }
        throw BenchFailure("\(end) did not come back")
    }

    /// Reads until `text` has come since the last `type`, or throws.
    func wait(for text: String, seconds: Int = 20) throws {
        let wanted = Array(text.utf8)
        let deadline = ContinuousClock.now + .seconds(seconds)
        var searched = 0
        while true {
            if Self.find(wanted, in: output, from: searched) { return }
            searched = max(0, output.count - wanted.count)
            guard ContinuousClock.now < deadline, receive(milliseconds: 1000) != .ended else {
                let tail = String(decoding: output.suffix(300), as: UTF8.self)
                throw BenchFailure("\(text.debugDescription) did not come; the end was \(tail.debugDescription)")
            }
        }
    }

    /// Reads until nothing has come for a while.
    func settle(milliseconds: Int32) {
        while receive(milliseconds: milliseconds) == .some {}
    }

    /// Reads for so long, whatever comes.
    func drain(seconds: Double) {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline, receive(milliseconds: 100) != .ended {
            output.removeAll(keepingCapacity: true)
        }
    }

    func end() {
        kill(process, SIGHUP)
        // The terminal is read until it is closed, or the program could block on its last words.
        let deadline = ContinuousClock.now + .seconds(3)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            _ = receive(milliseconds: 10)
            if ContinuousClock.now > deadline { kill(process, SIGKILL) }
        }
    }

    private enum Reading { case some, none, ended }

    private func receive(milliseconds: Int32) -> Reading {
        var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return .none }
        var chunk = [UInt8](repeating: 0, count: 16384)
        let count = read(master, &chunk, chunk.count)
        guard count > 0 else { return .ended }
        output += chunk[..<count]
        return .some
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Bool {
        guard bytes.count >= needle.count else { return false }
        return (start...(bytes.count - needle.count)).contains { bytes[$0..<($0 + needle.count)].elementsEqual(needle) }
    }
}
