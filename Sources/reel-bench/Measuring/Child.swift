private import Spawning

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs programs and tells what they took.
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
        var program = ProgramStart(words)
        program.input = .reading("/dev/null")
        program.output = .device("/dev/null")
        program.errors = .device("/dev/null")
        let start = ContinuousClock.now
        let process = try program()
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

    private static func cpu(_ usage: rusage) -> Duration {
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return .seconds(seconds) + .microseconds(Int64(usage.ru_utime.tv_usec) + Int64(usage.ru_stime.tv_usec))
    }
}
