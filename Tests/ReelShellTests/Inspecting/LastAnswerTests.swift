import JobEngine
import Journal
import LineEditor
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite("What a view takes when nothing is named") struct LastAnswerTests {
    /// A film's job, its download the exchange last printed.
    private func house(language: Language = .english) async throws -> ShellHouse {
        let house = try ShellHouse()
        await house.finishedJob()
        try await house.keep([], call: .content, head: "Content-Type: video/mp4\r\n", job: "j1")
        await house.run("headers r7")
        return house
    }

    @Test("After a film drift and explain take the last answer and say which", arguments: ["", " last"])
    func passesOverFilm(word: String) async throws {
        let house = try await house()
        let drift = await house.run("drift\(word)")
        #expect(drift.results.contains("(r6)") && drift.results.contains("as documented"))
        #expect(drift.remarks == "note: r7 has no answer to read; r6 is taken\n")
        await house.run("headers r7")
        let explained = await house.run("explain\(word)")
        #expect(explained.results.hasPrefix("r6 siliconflow status 200") && explained.remarks.contains("r6 is taken"))
    }

    @Test("An exchange that is named is taken as it is")
    func takesWhatIsNamed() async throws {
        let house = try await house()
        let shown = await house.run("explain r7")
        #expect(shown.results.contains("nothing is read: the bytes of a film") && shown.remarks.isEmpty)
        #expect(await house.run("drift r7").results == "there is no answer to check\n")
    }

    @Test("The body of a film's download is told to be where films are, not to be missing", arguments: ["body", "raw"])
    func filmBody(verb: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        house.transport.lay(200, Array("\0\0\0\u{10}ftypisom\0\0\0\0\0\0\0\u{8}moov\0\0\0\u{8}mdat".utf8))
        await house.run("fetch j1 -o \(house.folder.file("a.mp4"))")
        let shown = await house.run("\(verb) r7")
        let said = "r7 brought a film, which the journal does not keep; saved as \(house.folder.file("a.mp4"))"
        #expect((shown.results + shown.remarks).contains(said), "\(shown)")
    }

    @Test("Where nothing was answered yet, that is said")
    func nothingAnswered() async throws {
        let house = try ShellHouse()
        try await house.keep([], call: .content)
        #expect(await house.run("drift").results == "there is no answer to check\n")
        #expect(await (try ShellHouse()).run("explain").code == .usage)
    }

    @Test("After a film trace shows the ids of its job, since the download has none")
    func tracesJob() async throws {
        let shown = await (try await house()).run("trace").results
        #expect(shown.contains("ti_submit") && shown.contains("ti_done"))
    }

    @Test("In a pipe the path stands before the value, so that a long link moves nothing")
    func pathFirst() async throws {
        let house = try await house()
        let line = try #require(await house.run("explain r6").lines.first { $0.hasPrefix("word") })
        #expect(line.contains("<- .status") && line.utf8.count < 140)
    }

    @Test("After a film get takes the last answer, too, and Tab offers its keys")
    func getsAnswer() async throws {
        let house = try await house()
        let shown = await house.run("get .status")
        #expect(shown.results == "\"Succeed\"\n" && shown.remarks.contains("r6 is taken"))
        await house.run("headers r7")
        await house.session.board.refresh(house.session)
        await house.session.replies.refresh(house.session)
        #expect(house.session.completionSources.jsonKeys(".", nil).map(\.text) == ["status", "reason", "results"])
        #expect(house.session.completionSources.jsonKeys(".", "r7").isEmpty)
    }

    @Test("Tab behind get offers the keys of the answer that get reads, whatever was answered since")
    func completesWhatIsRead() async throws {
        let house = try await house()
        try await house.keep(Array(#"{"requestId":"task-2"}"#.utf8))
        await house.session.refreshCompletion()
        #expect(house.session.completionSources.jsonKeys(".", nil).map(\.text) == ["status", "reason", "results"])
        #expect(await house.run("get .requestId").remarks.contains("r6 has nothing at .requestId"))
    }

    @Test("Tab behind get knows the answer that a notice has just named")
    func completesAfterNotice() async throws {
        let house = try ShellHouse()
        let inbox = try TerminalInbox()
        let following = Task { await house.session.followEvents(inbox: inbox) }
        defer { following.cancel() }
        await house.finishedJob()
        let limit = ContinuousClock.now + .seconds(20)
        var keys: [String] = []
        while keys.first != "status", ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(20))
            keys = house.session.completionSources.jsonKeys(".", nil).map(\.text)
        }
        #expect(keys == ["status", "reason", "results"])
    }

    @Test(
        "What is nowhere in a list is told as what is nowhere, with the keys that are there",
        arguments: [
            (".a[].b", "the keys at . are status"), (".results[].b", "the keys at .results are videos"),
            (".results.videos[].b", "the keys at .results.videos[0] are url"),
        ]
    )
    func nowhere(path: String, keys: String) async throws {
        let house = try await house()
        let shown = await house.run("get \(path) r6 --all")
        #expect(shown.code == .usage && shown.results.isEmpty)
        #expect(shown.remarks.contains("r6 has nothing at \(path)") && shown.remarks.contains(keys), "\(shown.remarks)")
        #expect(await house.run("get .results.videos[].url r6 --all").code == .ok)
    }
}
