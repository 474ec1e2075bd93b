#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Starts programs without a shell in between.
enum Child {
    /// What a finished program took.
    struct Cost {
        var wall: Duration
        var cpu: Duration
        var kilobytes: Int
        var status: Int32
    }

    /// Runs a command with its output thrown away, to its end.
    static func run(_ words: [String]) throws -> Cost {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let start = ContinuousClock.now
        let process = try spawn(words, &actions)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let wall = ContinuousClock.now - start
        #if canImport(Darwin)
        let kilobytes = usage.ru_maxrss / 1024
        #else
        let kilobytes = usage.ru_maxrss
        #endif
        return Cost(wall: wall, cpu: cpu(usage), kilobytes: kilobytes, status: status)
    }

    /// The CPU time of this process so far, all its threads.
    static var ownCPU: Duration {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        return cpu(usage)
    }

    static func spawn(
        _ words: [String],
        _ actions: inout posix_spawn_file_actions_t,
        startsSession: Bool = false
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The benchmark ignores SIGPIPE, which exec would pass on.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        #if canImport(Darwin)
        let session = startsSession ? Int16(POSIX_SPAWN_SETSID) : 0
        #else
        // POSIX_SPAWN_SETSID of glibc and musl, which their modules hide behind _GNU_SOURCE.
        let session: Int16 = startsSession ? 0x80 : 0
        #endif
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | session)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let problem = posix_spawnp(&process, words.first ?? "", &actions, &attributes, &arguments, environ)
        guard problem == 0 else { throw BenchFailure("\(words.first ?? "") cannot be started: errno \(problem)") }
        return process
    }

    private static func cpu(_ usage: rusage) -> Duration {
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return .seconds(seconds) + .microseconds(Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec))
    }
}
