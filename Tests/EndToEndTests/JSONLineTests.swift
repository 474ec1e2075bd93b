import LosslessJSON
import Testing

@Suite("--json", .fewAtOnce)
struct JSONLineTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    static let events: Set<String> = [
        "submitted", "state", "progress", "retry", "warning", "stall", "asset", "drift", "error", "timeout", "result",
    ]

    /// The events of a run, each line being parsed.
    private func events(of run: Reel.Run) throws -> [(name: String, line: JSONDocument)] {
        try run.lines.map { line in
            let document = try JSONDocument(parsing: Array(line.utf8))
            let object = document.root
            #expect(object["schema"]?.rawText == "1", "\(line)")
            let time = try #require(object["t"]?.string, "\(line)")
            #expect(time.hasSuffix("Z") && time.count == 24)
            return (try #require(object["event"]?.string, "\(line)"), document)
        }
    }

    @Test("a job is told from its submit to its film, one object a line")
    func job() async throws {
        let run = try await reel.run(
            ["--sandbox", "--json", "--fetch-dir", reel.scratch.path, "submit", "model=Wan-AI/Wan2.2-T2V-A14B"]
                + ["image_size=960x960", "prompt=一只\"猫\" sandbox:instant", "--wait"]
        )
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let events = try events(of: run)
        #expect(events.first?.name == "submitted")
        #expect(events.last?.name == "asset")
        #expect(events.contains { $0.name == "state" })
        #expect(Set(events.map(\.name)).isSubset(of: Self.events))
        let size = events.last?.line.root["bytes"]?.rawText
        #expect(size == "\(reel.scratch.read("j1.mp4").count)")
    }

    @Test("every view is an object a line")
    func views() async throws {
        let views = [
            "providers", "models", "describe", "describe seed", "show", "check", "preview", "body", "headers", "raw",
            "raw --hex",
            "get .status", "timing", "timing j1", "trace", "trace j1", "jobs", "log", "errors", "config", "status j1",
            "version",
            "sandbox status", "help", "undo", "use xiexus", "reset",
        ]
        let words =
            ["model Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960 prompt=sandbox:instant", "submit --wait"] + views
        let flags = ["--sandbox", "--json", "--fetch-auto", "off"]
        let run = try await reel.run(flags + words.flatMap { ["-c", $0] })
        #expect(run.code == 0, "\(run.output)")
        #expect(run.errors.isEmpty)
        let events = try events(of: run)
        #expect(events.suffix(views.count).allSatisfy { $0.name == "result" })
        #expect(Set(events.map(\.name)).isSubset(of: Self.events))
    }

    @Test("an error is an event with code, kind, what and try")
    func error() async throws {
        let run = try await reel("--sandbox", "--json", "-c", "set image_size 1x1")
        #expect(run.code == 2)
        let event = try #require(try events(of: run).last)
        #expect(event.name == "error")
        #expect(event.line.root["code"]?.rawText == "2")
        #expect(event.line.root["kind"]?.string == "usage")
        #expect(event.line.root["what"]?.string?.isEmpty == false)
        #expect(event.line.root["try"] != nil)
        #expect(event.line.root["at"]?.string == "-c:1")
    }

    @Test("a wrong command line is told as an event too")
    func usage() async throws {
        let run = try await reel("--json", "nonsense")
        #expect(run.code == 2)
        #expect(try events(of: run).map(\.name) == ["error"])
        #expect(run.errors.isEmpty)
    }
}
