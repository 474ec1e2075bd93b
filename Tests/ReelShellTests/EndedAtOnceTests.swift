import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite("A task that ends in the answer to its submit") struct EndedAtOnceTests {
    private static let failed =
        #"{"id":"ff1","status":"failed","request_id":"t-77","error":{"code":"x","message":"refused at once"}}"#

    private func house(_ answers: String...) throws -> ShellHouse {
        let house = try ShellHouse(provider: "sorarelay")
        for answer in answers { house.transport.lay(200, answer) }
        return house
    }

    private let submit = "submit model=sora-2 --yes prompt='a cat'"

    @Test(
        "is an error with the vendor's words, the place and the trace id, and ends with 7",
        arguments: ["", " --wait"]
    )
    func plain(flag: String) async throws {
        let shown = await (try house(Self.failed)).run(submit + flag)
        #expect(shown.code == .taskEnded)
        #expect(shown.results.contains("j1 submitted, task ff1"))
        for words in ["error: j1 failed: sorarelay says", "refused at once", "POST /v1/videos, 200, r1, trace t-77"] {
            #expect(shown.remarks.contains(words), "\(words): \(shown.remarks)")
        }
        #expect(shown.remarks.contains("try: body r1, trace j1"))
    }

    @Test("has its fault in the events of --json")
    func json() async throws {
        let lines = await (try house(Self.failed)).run(submit + " --json").lines
        #expect(lines[0].contains(#""event":"submitted""#) && lines[0].contains(#""fault":{"kind":"taskFailed""#))
        #expect(lines[0].contains(#""code":"x","message":"refused at once""#))
        let cancelled = await (try house(#"{"id":"a","status":"cancelled"}"#)).run(submit)
        #expect(cancelled.code == .taskEnded && cancelled.remarks.contains("error: j1 is cancelled"))
    }

    @Test("A task that is cancelled while it is waited for is an error, too", arguments: ["", " --json"])
    func cancelledLater(flag: String) async throws {
        let house = try house(#"{"id":"a","status":"queued"}"#, #"{"id":"a","status":"cancelled"}"#)
        let running = Task { await house.engine.run() }
        defer { running.cancel() }
        let shown = await house.run(submit + " --wait" + flag)
        #expect(shown.code == .taskEnded)
        #expect(shown.remarks.contains("error: j1 is cancelled"), "\(shown)")
    }

    @Test(
        "ends a set: the rest is not sent",
        arguments: [
            "submit model=sora-2 --yes prompt='a cat' -n 3", "submit model=sora-2 --yes prompt='a cat' -n 3 --wait",
            "grid model=sora-2 --yes prompt='a cat' seconds=4,8,12",
        ]
    )
    func set(entry: String) async throws {
        let house = try house(Self.failed, Self.failed, Self.failed)
        let shown = await house.run(entry)
        #expect(shown.code == .taskEnded)
        #expect(house.transport.sent.count == 1)
        #expect(shown.remarks.contains("1 of 3 were accepted; the rest was not sent"))
        #expect(shown.remarks.contains("refused at once"))
    }

    @Test("A refusal in a set says how many were accepted before it")
    func refusedLater() async throws {
        let house = try house(#"{"id":"a","status":"queued"}"#)
        house.transport.lay(402, #"{"error":{"message":"pay first"}}"#)
        let shown = await house.run(submit + " -n 3")
        #expect(shown.remarks.contains("pay first"))
        #expect(shown.remarks.contains("1 of 3 were accepted; the rest was not sent"))
        #expect(house.transport.sent.count == 2)
    }

    @Test("lets the others of a race go on, which does not end well")
    func race() async throws {
        let house = try house(Self.failed, #"{"id":"b","status":"completed","video_url":"https://h.test/a.mp4"}"#)
        await house.run("config fetch.auto off")
        let shown = await house.run("race sorarelay:sora-2 sorarelay:sora-2-pro prompt=x --yes")
        #expect(house.transport.sent.filter { $0.method == "POST" }.count == 2)
        #expect(shown.code == .taskEnded)
        #expect(shown.remarks.contains("j1 failed") && shown.remarks.contains("refused at once"))
    }

    @Test("The id of a receipt that cannot be stored is an event at once")
    func unstored() async throws {
        let house = try ShellHouse()
        house.transport.lay(200, #"{"requestId":"task-9"}"#)
        await house.compose()
        try await house.journal.write { db in
            try db.execute(sql: "CREATE TEMP TRIGGER no BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'no'); END")
        }
        async let ending = house.run("submit --yes --json")
        while !house.shown.results.contains("warning") { try await Task.sleep(for: .milliseconds(5)) }
        let line = try #require(house.shown.results.split(separator: "\n").first)
        for words in [#""event":"warning""#, #""task":"task-9""#, #""kind":"local""#, #""why":""#] {
            #expect(line.contains(words), "\(line)")
        }
        try await house.journal.write { try $0.execute(sql: "DROP TRIGGER no") }
        #expect(await ending.code == .ok)
    }

    @Test("adopt takes no empty id", arguments: ["adopt ''", "adopt '   '"])
    func adopt(entry: String) async throws {
        let house = try ShellHouse()
        let shown = await house.run(entry)
        #expect(shown.code == .usage && shown.remarks.contains("adopt needs the vendor's id"))
        #expect(house.transport.sent.isEmpty)
        #expect(try await house.journal.job(number: 1) == nil)
    }
}
