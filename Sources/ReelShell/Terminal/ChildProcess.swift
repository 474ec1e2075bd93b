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
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input != nil {
            posix_spawn_file_actions_adddup2(&actions, pipeEnds[0], 0)
            posix_spawn_file_actions_addclose(&actions, pipeEnds[0])
            posix_spawn_file_actions_addclose(&actions, pipeEnds[1])
        }
        guard let process = spawn(command, &actions, hiding) else {
            if input != nil { for end in pipeEnds { close(end) } }
            return 127
        }
        if let input {
            close(pipeEnds[0])
            feed(input, to: pipeEnds[1])
            close(pipeEnds[1])
        }
        return wait(for: process)
    }

    /// What `command` prints, ended after `seconds`; nil when it fails.
    package static func output(of command: String, seconds: Int32, hiding: Set<String> = []) -> String? {
        var pipeEnds: [CInt] = [-1, -1]
        guard pipe(&pipeEnds) == 0 else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 1)
        posix_spawn_file_actions_addclose(&actions, pipeEnds[0])
        posix_spawn_file_actions_addclose(&actions, pipeEnds[1])
        let process = spawn(command, &actions, hiding)
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
                _ = wait(for: process)
                return nil
            }
            let count = read(pipeEnds[0], &chunk, chunk.count)
            if count <= 0 { break }
            bytes += chunk.prefix(count)
        }
        return wait(for: process) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static func spawn(
        _ command: String,
        _ actions: inout posix_spawn_file_actions_t,
        _ hiding: Set<String>,
    ) -> pid_t? {
        // A child keeps no socket or journal of ours open: not every library marks what it opens.
        for descriptor in CInt(3)..<min(getdtablesize(), 4096) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        // What exec would pass on must not be ours: the program ignores SIGPIPE, and the threads that run tasks block
        // nearly every signal. `| head` and Ctrl-C must work in a child as anywhere.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        sigdelset(&defaults, SIGKILL)
        sigdelset(&defaults, SIGSTOP)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables(hiding).map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &environment) == 0 else { return nil }
        return process
    }

    private static func variables(_ hiding: Set<String>) -> [String] {
        Environment.variables().filter { !hiding.contains($0.key) && !$0.key.hasSuffix("_API_KEY") }
            .map { "\($0.key)=\($0.value)" }
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

    private static func wait(for process: pid_t) -> Int32 {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
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

    /// Takes a variable out, so that no child inherits it.
    package static func remove(_ name: String) { unsetenv(name) }
}
