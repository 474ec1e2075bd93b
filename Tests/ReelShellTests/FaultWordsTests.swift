import JobEngine
import Journal
import TerminalOutput
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("The words of a fault") struct FaultWordsTests {
    private func house(
        style: OutputStyle = OutputStyle(isTerminal: false),
        _ answers: (Int, String)...
    ) async throws -> ShellHouse {
        let house = try ShellHouse(style: style)
        for (status, body) in answers { house.transport.lay(status, body) }
        await house.compose()
        return house
    }

    @Test(
        "reel's own sentences stand without quotes, and what the vendor sent within them",
        arguments: [
            (200, #"{"x":"y"}"#, #"The reply holds no .requestId: "{"x":"y"}""#),
            (200, "", "The reply is empty and holds no .requestId."),
            (304, "", "It answers 304 and names no address."),
        ]
    )
    func own(status: Int, body: String, words: String) async throws {
        let shown = await (try house((status, body))).run("submit --yes")
        #expect(shown.remarks.contains(words), "\(shown.remarks)")
        #expect(!shown.remarks.contains("\"\(words.prefix(9))"))
    }

    @Test("where a server points is said once")
    func redirected() async throws {
        let house = try await house()
        house.transport.lay(307, [], headers: ["Location": "/v1/x"])
        let shown = await house.run("submit --yes")
        #expect(shown.remarks.contains("  why: It points to /v1/x.\n"), "\(shown.remarks)")
        #expect(shown.remarks.ranges(of: "/v1/x").count == 1)
    }

    @Test("a fault without words is told by its status", arguments: [Fault.Extent.no, .yes])
    func empty(sent: Fault.Extent) async throws {
        let house = try await house()
        await house.finishedJob()
        var fault = Fault(.rateLimited, "")
        (fault.httpStatus, fault.sent) = (429, sent)
        let job = try #require(try await house.journal.job(number: 1))
        let kinds: [JobEvent.Kind] = [.fetchFailed(fault), .retry(fault, wait: .seconds(2)), .unanswered(fault)]
        for kind in kinds {
            let event = JobEvent(time: UpstreamTime(milliseconds: 0), job: job, exchange: 3, kind: kind)
            #expect(EventView.line(event).description.contains(": status 429"), "\(kind)")
            let json = try #require(EventView.json(event).first).1
            #expect(json.text.contains(#""why":"status 429""#))
        }
    }

    @Test("words as long as nobody reads are cut in messages and views, and whole in --json and body")
    func long() async throws {
        let long = String(repeating: "r", count: 1_000_000)
        let house = try await house(
            style: OutputStyle(isTerminal: true),
            (200, #"{"requestId":"a"}"#),
            (200, #"{"status":"\#(long)"}"#),
            (200, #"{"status":"Failed","reason":"\#(long)"}"#)
        )
        await house.run("submit --yes")
        for _ in 0..<2 {
            let shown = await house.run("status j1")
            let words = shown.results.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("r... (1000000 chars)"), "\(shown.results.prefix(500))")
        }
        let views = [
            "status j1", "jobs -a", "timeline j1", "wait j1", "why j1", "log", "trace j1", "stats", "explain j1",
            "drift j1", "redecode j1", "errors j1", "errors", "diff j1", "timing j1",
        ]
        for view in views {
            let shown = await house.run(view)
            #expect(shown.results.utf8.count + shown.remarks.utf8.count < 20_000, "\(view)")
        }
        let script = try ShellHouse(folder: house.folder)
        for view in ["jobs -a --json", "body r3", "trace j1 --ticket -"] {
            #expect(await script.run(view).results.contains(long), "\(view)")
        }
    }

    @Test("a wait that ends says what goes on, also where there is no id")
    func timeout() async throws {
        let house = try await house((500, "no"))
        #expect(await house.run("submit --yes").code == .unconfirmed)
        let job = try #require(try await house.journal.job(number: 1))
        #expect(Watcher.stillOpen(job, after: "5").description == "j1 is still unconfirmed after 5 s; it goes on")
    }
}
