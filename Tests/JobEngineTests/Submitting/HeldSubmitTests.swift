import Foundation
import GRDB
import JobEngine
import Journal
import Synchronization
import Testing
import Transport
import VideoProviderKit

@Suite("Submits that wait, and submits that ask first")
struct HeldSubmitTests {
    private let busy = Answer.json(
        #"{"code":50505,"message":"overloaded"}"#,
        status: 503,
        ["Retry-After": "20"]
    )

    @Test("A held submit delays the others of its account until it is through")
    func othersWait() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", busy, Sample.submitted("first"), Sample.submitted("second"))
        async let first = shop.engine.submit(Sample.draft("one"), to: shop.instance)
        await shop.clock.untilSomebodySleeps()
        async let second = shop.engine.submit(Sample.draft("two"), to: shop.instance)
        let moving = Task {
            while !Task.isCancelled {
                shop.clock.advance(by: .milliseconds(50))
                await Task.yield()
            }
        }
        let reports = await (first, second)
        moving.cancel()
        #expect(reports.0.end.job?.receipt?.taskID == "first")
        #expect(reports.1.end.job?.receipt?.taskID == "second")
        let times = shop.network.sent.map(\.time)
        #expect(times.count == 3)
        #expect(times[1] >= .seconds(20))
    }

    @Test("A submit that waits for another can be stopped, and nothing was sent")
    func stoppedWhileWaiting() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", busy)
        let (one, two) = (SubmitControl(), SubmitControl())
        async let first = shop.engine.submit(Sample.draft("one"), to: shop.instance, control: one)
        await shop.clock.untilSomebodySleeps()
        async let second = shop.engine.submit(Sample.draft("two"), to: shop.instance, control: two)
        await until { (try? await shop.journal.job(id: 2)) != nil }
        two.stop()
        one.stop()
        let moving = Task {
            while !Task.isCancelled {
                shop.clock.advance(by: .milliseconds(50))
                await Task.yield()
            }
        }
        #expect(await second.end.name == "unsent")
        _ = await first
        moving.cancel()
        #expect(shop.network.sent.count == 1)
    }

    @Test(
        "Case 21: after a refusal for want of money or quota the account's next submits ask, until one is accepted",
        arguments: [
            Answer.json(#"{"message":"Details:RPD limit reached."}"#, status: 429),
            .json(#"{"code":30001,"message":"balance"}"#, status: 403),
            .json(#"{"message":"pay first"}"#, status: 402),
        ]
    )
    func asksNext(_ refusal: Answer) async throws {
        let folder = try TemporaryFolder()
        let shop = try Workshop(folder: folder)
        shop.network.script("/submit", refusal, Sample.submitted("a"), Sample.submitted("b"))
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "rejected")
        // The next command of a script is a process of its own.
        let next = try Workshop(folder: folder)
        guard case .doubtful(let doubts) = await next.engine.submit(Sample.draft, to: next.instance).end,
            case .refused(let fault, _) = doubts.first
        else { throw Workshop.Unexpected() }
        #expect(!fault.message.isEmpty)
        #expect(next.network.sent.isEmpty)
        var options = SubmitOptions()
        options.allowsDoubts = true
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance, options: options).end.name == "submitted")
        #expect(await shop.engine.submit(Sample.draft("other"), to: shop.instance).end.name == "submitted")
    }

    @Test("Other refusals, other accounts and yesterday make no submit ask")
    func asksNoMore() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json(#"{"code":20012,"message":"bad"}"#, status: 400), Sample.submitted("a"))
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "rejected")
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance).end.name == "submitted")
        shop.network.script(
            "/submit",
            .json(#"{"code":30001,"message":"balance"}"#, status: 403),
            Sample.submitted("b"),
            Sample.submitted("c")
        )
        #expect(await shop.engine.submit(Sample.draft("two"), to: shop.instance).end.name == "rejected")
        let other = try Sample.siliconFlow("https://elsewhere.test/v1", key: "sk-another-key-123456")
        #expect(await shop.engine.submit(Sample.draft("three"), to: other).end.name == "submitted")
        shop.clock.advance(by: .seconds(90_000))
        #expect(await shop.engine.submit(Sample.draft("four"), to: shop.instance).end.name == "submitted")
    }

    @Test("Where a damaged journal may have taken jobs along, a submit asks for an hour")
    func jobsLost() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted("a"), Sample.submitted("b"))
        let mark = shop.folder.file("state/lost")
        _ = FileManager.default.createFile(atPath: mark, contents: nil)
        func found(before seconds: Int64) throws -> UpstreamTime {
            let time = shop.clock.wall.milliseconds / 1000 - seconds
            let date = Date(timeIntervalSince1970: TimeInterval(time))
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: mark)
            return UpstreamTime(milliseconds: time * 1000)
        }
        let time = try found(before: 3500)
        guard case .doubtful(let doubts) = await shop.engine.submit(Sample.draft, to: shop.instance).end else {
            throw Workshop.Unexpected()
        }
        #expect(doubts == [.jobsLost(at: time)])
        var options = SubmitOptions()
        options.allowsDoubts = true
        #expect(await shop.engine.submit(Sample.draft, to: shop.instance, options: options).end.name == "submitted")
        _ = try found(before: 3700)
        #expect(await shop.engine.submit(Sample.draft("two"), to: shop.instance).end.name == "submitted")
    }

    @Test("So many jobs that their films could be lost make a submit ask")
    func tooManyJobs() async throws {
        let shop = try Workshop()
        try await insertJobs(3001, shop) { _ in nil }
        let account = try #require(Secret(Sample.key)).fingerprint
        try await shop.journal.write { db in
            try db.execute(sql: "UPDATE job SET account = ?", arguments: [account])
        }
        _ = try await shop.engine.recover(schedules: true)
        guard case .doubtful(let doubts) = await shop.engine.submit(Sample.draft, to: shop.instance).end,
            case .tooMany(let jobs, let interval, let life) = doubts.first
        else { throw Workshop.Unexpected() }
        #expect(jobs == 3002)
        #expect(interval > .seconds(150))
        #expect(life == .seconds(600))
    }

    @Test("A key that a command makes is fetched anew once when it is refused")
    func refreshed() async throws {
        var instance = try Sample.siliconFlow()
        instance.credentials = [.command("make a key")]
        let calls = Mutex(0)
        let reader = CredentialReader(environment: [:]) { _ in
            calls.withLock { calls in
                calls += 1
                return "sk-command-key-number-\(calls)"
            }
        }
        let shop = try Workshop(.jumping, instance, reader: reader)
        shop.network.script("/submit", .json(#""Invalid token""#, status: 401), Sample.submitted())
        #expect(await shop.engine.submit(Sample.draft, to: instance).end.name == "submitted")
        let keys = shop.network.sent.map { $0.header("Authorization") }
        #expect(keys == ["Bearer sk-command-key-number-1", "Bearer sk-command-key-number-2"])
        #expect(Set(shop.network.sent.map(\.body)).count == 1)
    }

    @Test("A key that is refused twice is refused")
    func refusedTwice() async throws {
        var instance = try Sample.siliconFlow()
        instance.credentials = [.command("make a key")]
        let reader = CredentialReader(environment: [:]) { _ in "sk-command-key-number-1" }
        let shop = try Workshop(.jumping, instance, reader: reader)
        shop.network.always("/submit", .json(#""Invalid token""#, status: 401))
        #expect(await shop.engine.submit(Sample.draft, to: instance).end.name == "rejected")
        #expect(shop.network.sent.count == 2)
    }

    @Test("Case 10: a 417 to a large body is refused after one request, on a connection of its own")
    func expectationFailed() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json("", status: 417), Sample.submitted())
        let report = await shop.engine.submit(
            Sample.draft(String(repeating: "rain ", count: 400_000)),
            to: shop.instance
        )
        #expect(report.end.name == "rejected")
        #expect(shop.network.sent.count == 1)
    }

    @Test("Case 9: submits never ride on a connection that was used before")
    func freshConnection() async throws {
        let shop = try Workshop()
        shop.network.always("/status", Sample.status("InProgress"))
        for index in 0..<3 {
            let job = try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)")
            _ = try await shop.engine.pollNow(job)
        }
        #expect(shop.network.sent(to: "/submit").allSatisfy { $0.isFresh })
        #expect(shop.network.sent(to: "/status").allSatisfy { !$0.isFresh })
    }

    @Test("Case 22: a redirect names where it points to")
    func redirectTarget() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .json("", status: 307, ["Location": "https://evil.test/submit"]))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        #expect(report.end.fault?.kind == .redirected)
        #expect(report.end.fault?.message.contains("https://evil.test") == true)
    }
}
