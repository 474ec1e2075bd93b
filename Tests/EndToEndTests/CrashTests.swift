import LosslessJSON
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("after kill -9", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct CrashTests {
    let reel: Reel
    let flags: [String]

    init() throws {
        reel = try Reel()
        flags = ["--sandbox-dir", reel.scratch("box"), "--fetch-dir", reel.scratch.path]
    }

    /// Kills the program while its submit has been read upstream and not answered.
    private func killDuringSubmit() async throws {
        try await Terminal.run(reel, flags) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox fault stall --on submit")
            try await terminal.waitForLine("next submit:")
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat")
            // The emulation writes the job down before it would answer.
            #expect(try await Waiting.until { reel.text("box/sandbox.json").contains("cat") })
            kill(try terminal.processID(), SIGKILL)
            #expect(try await terminal.exitCode() == 137)
        }
    }

    @Test("a job killed during its submit is there, unconfirmed, and stop settles it")
    func stop() async throws {
        try await killDuringSubmit()
        try await Terminal.run(reel, flags, columns: 120) { terminal in
            try await terminal.waitForPrompt()
            try await terminal.waitForLine("unconfirmed: j1; may have been accepted and billed")
            try terminal.enter("jobs")
            try await terminal.wait("the job") { $0.contains { $0.hasPrefix("j1 ") && $0.contains("  unconfirmed  ") } }
            try terminal.enter("stop j1")
            try await terminal.waitForLine("j1 is lost now; nothing was sent again")
            try terminal.enter("sandbox status")
            try await terminal.waitForLine("0 requests, 0 of them made a job")
        }
    }

    @Test("adopt with the vendor's id settles the same job, and its film comes")
    func adopt() async throws {
        try await killDuringSubmit()
        // The id that the vendor's console would show.
        let state = reel.text("box/sandbox.json")
        let identifier = try #require(Self.identifier(in: state), "\(state)")
        try await Terminal.run(reel, flags, columns: 120) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 20")
            try terminal.enter("adopt \(identifier) --as j1")
            try await terminal.wait("the job") {
                $0.contains { $0.hasPrefix("j1 adopted") || $0.hasPrefix("j1 is adopted") }
            }
            try await terminal.waitForLine("job j1 succeeded")
        }
        #expect(Film(reel.scratch.read("j1.mp4")).tiles)
    }

    @Test("a job killed while it ran is asked about again, and its film is saved")
    func resume() async throws {
        try await Terminal.run(reel, flags) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat")
            try await terminal.waitForLine("j1 submitted")
            kill(try terminal.processID(), SIGKILL)
            #expect(try await terminal.exitCode() == 137)
        }
        try await Terminal.run(reel, flags, columns: 120) { terminal in
            try await terminal.waitForPrompt()
            try await terminal.waitForLine("unfinished: j1")
            try await terminal.waitForLine("job j1 succeeded")
        }
        #expect(Film(reel.scratch.read("j1.mp4")).tiles)
    }

    @Test("a one-shot wait goes on with a job that an earlier run submitted")
    func waitLater() async throws {
        let items = ["model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=sandbox:instant"]
        let first = try await reel.run(flags + ["submit"] + items)
        #expect(first.code == 0)
        let second = try await reel.run(flags + ["wait"])
        #expect(second.code == 0, "\(second.output)\(second.errors)")
        #expect(second.output.contains("j1 succeeded"))
        #expect(Film(reel.scratch.read("j1.mp4")).tiles)
    }

    private static func identifier(in state: String) -> String? {
        guard let document = try? JSONDocument(parsing: Array(state.utf8)) else { return nil }
        return find(document.root)
    }

    /// The first member called `id` anywhere.
    private static func find(_ value: JSONValue) -> String? {
        if let text = value["id"]?.string { return text }
        for member in value.members { if let found = find(member.value) { return found } }
        for element in value.elements { if let found = find(element) { return found } }
        return nil
    }
}
