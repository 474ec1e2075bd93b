private import Spawning

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Programs run for the user: pipes, editors, shell commands.
package enum ChildProcess {
    /// Runs `command` with `/bin/sh -c`, with the terminal's own input or `input`, and waits for it.
    ///
    /// - Parameters:
    ///   - command: what the shell is to run.
    ///   - input: the bytes of its standard input; nil for the terminal's own.
    ///   - hiding: names of environment variables the child does not get.
    /// - Returns: its exit status; 128 plus the number for a signal; 127 when it cannot be started.
    package static func run(_ command: String, input: [UInt8]?, hiding: Set<String> = []) -> Int32 {
        var pipeEnds: [CInt] = [-1, -1]
        if input != nil, pipe(&pipeEnds) != 0 { return 127 }
        guard let process = start(command, hiding, { $0.input = input == nil ? .inherited : .descriptor(pipeEnds[0]) })
        else {
            if input != nil { for end in pipeEnds { close(end) } }
            return 127
        }
        if let input {
            close(pipeEnds[0])
            feed(input, to: pipeEnds[1])
            close(pipeEnds[1])
        }
        return ProgramEnd.wait(for: process)
    }

    /// What `command` prints, ended after `seconds`; nil when it fails.
    package static func output(of command: String, seconds: Int32, hiding: Set<String> = []) -> String? {
        var pipeEnds: [CInt] = [-1, -1]
        guard pipe(&pipeEnds) == 0 else { return nil }
        let process = start(command, hiding) { $0.output = .descriptor(pipeEnds[1]) }
        close(pipeEnds[1])
        defer { close(pipeEnds[0]) }
        guard let process else { return nil }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        let deadline = ContinuousClock.now + .seconds(Int(seconds))
        while bytes.count < 1 << 16 {
            let left = (deadline - ContinuousClock.now).components
            var waiting = pollfd(fd: pipeEnds[0], events: Int16(POLLIN), revents: 0)
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0, poll(&waiting, 1, CInt(milliseconds)) > 0 else {
                kill(process, SIGKILL)
                _ = ProgramEnd.wait(for: process)
                return nil
            }
            let count = read(pipeEnds[0], &chunk, chunk.count)
            if count <= 0 { break }
            bytes += chunk.prefix(count)
        }
        return ProgramEnd.wait(for: process) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static func start(
        _ command: String,
        _ hiding: Set<String>,
        _ change: (inout ProgramStart) -> Void,
    ) -> pid_t? {
        var program = ProgramStart(["/bin/sh", "-c", command])
        program.environment = variables(hiding)
        change(&program)
        return try? program()
    }

    private static func variables(_ hiding: Set<String>) -> [String: String] {
        Environment.variables().filter { !hiding.contains($0.key) && !$0.key.hasSuffix("_API_KEY") }
    }

    private static func feed(_ bytes: [UInt8], to descriptor: CInt) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// The environment as values.
package enum Environment {
    /// All variables.
    package static func variables() -> [String: String] {
        var result: [String: String] = [:]
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            if let mark = text.firstIndex(of: "=") {
                result[String(text[..<mark])] = String(text[text.index(after: mark)...])
            }
            position += 1
        }
        return result
    }

    /// Takes a variable out, so that no child inherits it, and wipes its value, which others see in `/proc`.
    package static func remove(_ name: String) {
        if let value = getenv(name) { memset(value, 0, strlen(value)) }
        unsetenv(name)
    }
}
