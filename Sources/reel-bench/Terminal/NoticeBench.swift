import JobEngine
import Journal

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// From a vendor's answer to the notice above a half-typed line: `notice ROUNDS PROMPT FOLDER COMMAND`.
///
/// FOLDER is where COMMAND finds its journal; a running job of Xiexus is put there, and each poll brings news of it.
enum NoticeBench {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 4, let rounds = Int(arguments[0]) else {
            throw BenchFailure("notice needs ROUNDS, PROMPT, FOLDER and COMMAND")
        }
        let server = try await JobServer.start(folder: arguments[2], jobs: 1)
        let child = try TerminalChild(Specification.words(arguments[3]))
        defer { child.end() }
        try child.wait(for: arguments[1])
        try child.type("set prompt half typed")
        var samples = Samples()
        for round in 0...rounds {
            try child.type("")
            try child.wait(for: "job j1 ")
            guard let sent = server.lastAnsweredAt else { throw BenchFailure("nothing was asked") }
            // The first comes with the start.
            if round > 0 { samples.add((ContinuousClock.now - sent).milliseconds) }
            child.settle(milliseconds: 200)
        }
        Rows.show([("reel", samples, ", p95 \(Samples.text(samples.quantile(0.95)))")], unit: "ms")
    }
}

/// Memory at the prompt, and after EXCHANGES polls of twenty jobs: `memory EXCHANGES PROMPT FOLDER COMMAND`.
enum MemoryBench {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 4, let exchanges = Int(arguments[0]) else {
            throw BenchFailure("memory needs EXCHANGES, PROMPT, FOLDER and COMMAND")
        }
        guard Files.text(ofUnsized: "/proc/self/status") != nil else {
            return Files.print("  skipped: there is no /proc here")
        }
        let server = try await JobServer.start(folder: arguments[2], jobs: 20)
        let child = try TerminalChild(Specification.words(arguments[3]))
        defer { child.end() }
        try child.wait(for: arguments[1])
        let start = IdleBench.memory(child.process, "VmRSS")
        let deadline = ContinuousClock.now + .seconds(120)
        while server.count < exchanges, ContinuousClock.now < deadline { child.drain(seconds: 0.2) }
        let end = IdleBench.memory(child.process, "VmRSS")
        Files.print("  reel: \(start) MiB at the prompt, \(end) MiB after \(server.count) exchanges")
    }
}

/// A journal with running jobs of Xiexus, and the server that is asked about them.
enum JobServer {
    static func start(folder: String, jobs: Int) async throws -> NumberedServer {
        let server = try NumberedServer()
        let house = try BenchHouse(provider: "xiexus", url: server.url, folder: folder)
        try await house.fill(jobs: jobs, exchanges: 1, state: "running")
        house.engine.journal.close()
        setenv("XIEXUS_BASE_URL", server.url, 1)
        setenv("XIEXUS_API_KEY", "sk-benchmark-0123456789abcdef", 1)
        return server
    }
}
