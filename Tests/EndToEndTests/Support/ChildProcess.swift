import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program that runs beside the test, its three streams being files.
///
/// Not Foundation's `Process`: what it leaves open is inherited by a tmux server, which outlives the client.
final class ChildProcess {
    let id: pid_t
    private var status: CInt?
    /// The most memory it held at once, in KiB; known once it has ended.
    private(set) var peakMemory = 0

    init(
        _ words: [String],
        environment: [String: String],
        folder: String,
        input: String = "/dev/null",
        output: String,
        errors: String,
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        // Sockets of other tests do not all close on exec; a child that holds a listener keeps its port alive.
        for descriptor in CInt(3)..<min(getdtablesize(), 4096) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

        // The threads of a test process may block signals; the program is to start as from a shell.
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

        let changingFolder = ["sh", "-c", #"cd "$0" && exec "$@""#, folder]
        let arguments = (changingFolder + words).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for string in arguments + variables { free(string) } }
        var child: pid_t = 0
        let problem = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, variables)
        try #require(problem == 0, "\(words[0]) cannot be started: \(String(cString: strerror(problem)))")
        id = child
    }

    deinit {
        if !hasEnded() {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
    }

    func signal(_ number: CInt) { kill(id, number) }

    func hasEnded() -> Bool {
        if status != nil { return true }
        var status: CInt = 0
        var usage = rusage()
        guard wait4(id, &status, WNOHANG, &usage) == id else { return false }
        self.status = status
        peakMemory = usage.ru_maxrss
        return true
    }

    /// Waits here for a program that is known to end at once, and returns its exit code.
    func waitForEnd() -> CInt {
        var status: CInt = 0
        while waitpid(id, &status, 0) == -1, errno == EINTR {}
        self.status = status
        return (status >> 8) & 0xff
    }

    /// The exit code, as a shell tells it: 128 and the number for a signal.
    ///
    /// `nil` when the hang guard ended the wait.
    func exitCode() async throws -> CInt? {
        guard try await Waiting.until({ hasEnded() }), let status else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
