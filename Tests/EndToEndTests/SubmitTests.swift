import Foundation
import LosslessJSON
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("submit on a command line", .fewAtOnce)
struct SubmitTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    /// What a provider needs for its shortest job; the word in the prompt ends it at the first poll.
    struct Order: Sendable, CustomTestStringConvertible {
        var provider: String
        var items: [String]
        var testDescription: String { provider }

        static let all = [
            Order(
                provider: "siliconflow",
                items: ["model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=一只猫 sandbox:instant"]
            ),
            Order(provider: "xiexus", items: ["model=kling-v1", "prompt=一只猫 sandbox:instant"]),
            Order(provider: "sorarelay", items: ["model=sora-2", "seconds=4", "prompt=一只猫 sandbox:instant"]),
        ]
    }

    @Test("--wait saves a film that plays", arguments: Order.all)
    func film(order: Order) async throws {
        let flags = ["--sandbox", "--provider", order.provider, "--fetch-dir", reel.scratch.path]
        let run = try await reel.run(flags + ["submit"] + order.items + ["--wait"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.lines.first?.hasPrefix("j1 submitted") == true)
        #expect(run.lines.first?.contains("trace ") == true)
        let film = Film(reel.scratch.read("j1.mp4"))
        #expect(film.tiles)
        #expect(film.boxes.first == "ftyp")
        #expect(Set(film.boxes).isSuperset(of: ["moov", "mdat"]))
    }

    @Test("a download that breaks off goes on where it was")
    func brokenDownload() async throws {
        let run = try await reel.script(
            "sandbox fault truncate --on download",
            "submit --wait model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat",
            "log",
        )
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(run.lines.contains { $0.contains("/films/") && $0.contains("  206  ") })
        #expect(Film(reel.scratch.read("j1.mp4")).tiles)
    }

    @Test("a folder for films that does not exist is made")
    func newFolder() async throws {
        let items = ["model=Wan-AI/Wan2.2-T2V-A14B", "image_size=960x960", "prompt=sandbox:instant"]
        let flags = ["--sandbox", "--fetch-dir", reel.scratch("new/films")]
        let run = try await reel.run(flags + ["submit"] + items + ["--wait"])
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(Film(reel.scratch.read("new/films/j1.mp4")).tiles)
    }

    @Test("raw JSON and trace id of the answer can be read afterwards", arguments: Order.all)
    func inspection(order: Order) async throws {
        let items = order.items.map {
            $0.replacingOccurrences(of: "prompt=", with: "prompt='") + ($0.contains(" ") ? "'" : "")
        }.joined(separator: " ")
        let run = try await reel.script(
            "use \(order.provider)",
            "submit --wait \(items)",
            "raw > raw.http",
            "get . > body.json",
            "trace j1",
        )
        #expect(run.code == 0, "\(run.errors)")
        let raw = reel.text("raw.http")
        #expect(raw.hasPrefix("HTTP/1.1 200 OK\r\n"))
        let body = try #require(raw.split(separator: "\r\n\r\n", maxSplits: 1).last)
        _ = try JSONDocument(parsing: Array(body.utf8))
        // The value at "." is the body's own bytes.
        #expect(reel.text("body.json").dropLast() == body)
        let trace = try #require(run.lines.first { $0.hasPrefix("submit") })
        let identifier = try #require(trace.split(separator: " ").last)
        #expect(run.output.contains("trace \(identifier)"))
    }

    @Test("--timeout ends the waiting, tells the task and exits with 5")
    func timeout() async throws {
        let run = try await reel(
            "--sandbox",
            "--json",
            "submit",
            "model=sora-2",
            "seconds=4",
            "prompt=x sandbox:stuck",
            "--provider",
            "sorarelay",
            "--wait",
            "--timeout",
            "1s",
        )
        #expect(run.code == 5, "\(run.output) \(run.errors)")
        #expect(run.lines.last?.contains(#""event":"timeout""#) == true)
        #expect(run.lines.last?.contains(#""waited_s":1"#) == true)
    }

    @Test("an equal draft is not sent again without --yes")
    func equalDraft() async throws {
        let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat"
        let refused = try await reel.script(submit, submit)
        #expect(refused.code == 2)
        #expect(refused.errors.contains("j1"))
        #expect(!refused.output.contains("j2 submitted"))
        let allowed = try await reel.script(submit, submit, flags: ["--yes"])
        #expect(allowed.code == 0)
        #expect(allowed.output.contains("j2 submitted"))
    }

    @Test("a signal ends the waiting with its own code", arguments: [SIGTERM, SIGHUP, SIGINT])
    func signals(number: CInt) async throws {
        let flags = ["--sandbox-dir", reel.scratch("box"), "--provider", "sorarelay"]
        let words = ["submit", "model=sora-2", "seconds=4", "prompt=x sandbox:stuck", "--wait"]
        let child = try reel.start(flags + words, place: "waiting")
        _ = try await Waiting.until { reel.text("streams/waiting.out").contains("j1 submitted") }
        child.signal(number)
        #expect(try await child.exitCode() == 128 + number)
        // The job goes on and the next run knows it.
        let jobs = try await reel("--sandbox-dir", reel.scratch("box"), "jobs")
        #expect(jobs.output.hasPrefix("j1"))
    }
}
