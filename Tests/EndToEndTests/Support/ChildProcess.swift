import Spawning
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
    /// The processor time it took, known once it has ended.
    private(set) var processorTime = Duration.zero

    init(
        _ words: [String],
        environment: [String: String],
        folder: String,
        input: String = "/dev/null",
        output: String,
        errors: String,
    ) throws {
        var program = ProgramStart(words)
        program.environment = environment
        program.folder = folder
        program.input = .reading(input)
        program.output = .writing(output)
        program.errors = .writing(errors)
        id = try program()
    }

    deinit {
        if !hasEnded() {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
    }

    /// Whether it left a core file when it ended.
    var dumpedCore: Bool { (status ?? 0) & 0x80 != 0 }

    func signal(_ number: CInt) { kill(id, number) }

    func hasEnded() -> Bool {
        if status != nil { return true }
        var status: CInt = 0
        var usage = rusage()
        guard wait4(id, &status, WNOHANG, &usage) == id else { return false }
        self.status = status
        peakMemory = usage.ru_maxrss
        processorTime = .seconds(Int64(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec))
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
        return ProgramEnd.code(status)
    }
}
