import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs a program and returns what it printed.
///
/// Not Foundation's: its end-of-process socket is inherited by the tmux server, which outlives the client, and
/// libdispatch's threads would hand their blocked signals on to everything in the terminal.
enum ChildProcess {
    static func run(_ path: String, _ arguments: [String], environment: [String: String]) throws -> String {
        let output = try SelfPipe()
        defer { Descriptors.close(output.readEnd) }
        _ = fcntl(output.readEnd, F_SETFL, 0)
        _ = fcntl(output.writeEnd, F_SETFL, 0)
        let child = try spawn(path, arguments, environment: environment, output: output)
        Descriptors.close(output.writeEnd)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while let count = Descriptors.read(output.readEnd, into: &chunk), count > 0 {
            bytes += chunk.prefix(count)
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1, errno == EINTR {}
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func spawn(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        output: SelfPipe
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 1)
        posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 2)

        // Sockets of other tests do not all close on exec; a child that holds a listener keeps its port alive.
        for descriptor in CInt(3)..<min(getdtablesize(), 4096) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for string in words + variables {
                free(string)
            }
        }
        var child: pid_t = 0
        try #require(posix_spawn(&child, path, &actions, &attributes, words, variables) == 0)
        return child
    }
}
