import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit
import Xiexus

@Suite("Polling")
struct EnginePollTests {
    @Test("From the submit to the film, each step told once and stored")
    func wholeLife() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script(
            "/status",
            Sample.status("InQueue"),
            Sample.status("InProgress"),
            Sample.status("InProgress"),
            Sample.status("Succeed", link: Sample.link)
        )
        try await shop.running { events in
            let job = try await shop.submitted()
            try await events.state(.running)
            let end = try await events.state(.succeeded)
            #expect(end.job.id == job.id)
            #expect(shop.network.sent(to: "/status").count == 4)
            #expect(shop.network.sent(to: "/status").allSatisfy { $0.body == Array(#"{"requestId":"task-1"}"#.utf8) })
            let asset = try #require(try await shop.journal.assets(job: job.id).first)
            #expect(asset.asset.source == .remote(Sample.link))
            #expect(end.exchange == 5)
        }
    }

    @Test("case 31: an unknown word is told once and polled on")
    func unknownWord() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script(
            "/status",
            Sample.status("Pondering"),
            Sample.status("Pondering"),
            .json(#"{"status":null}"#),
            .json(#"{"results":{}}"#),
            Sample.status("Succeed", link: Sample.link)
        )
        try await shop.running { events in
            try await shop.submitted()
            try await events.state(.succeeded)
            let words = events.seen.compactMap { event -> String? in
                if case .unmapped(let word) = event.kind { word } else { nil }
            }
            #expect(words == ["Pondering", ""])
        }
    }

    @Test("case 32: success without a film is asked again, and taken when the film is there")
    func lateFilm() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("Succeed"), Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            try await shop.submitted()
            try await events.state(.succeeded)
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        #expect(times == [.seconds(5), .seconds(7)])
    }

    @Test("case 32: success that never names a film is noOutput, with the raw reply kept")
    func noOutput() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", Sample.status("Succeed"))
        try await shop.running { events in
            let job = try await shop.submitted()
            try await events.state(.failed)
            #expect(try await shop.job(job.id).fault?.kind == .noOutput)
        }
        #expect(shop.network.sent(to: "/status").map(\.time) == [5, 7, 12, 22].map { .seconds($0) })
        let exchange = try await shop.journal.exchange(5)
        #expect(exchange?.replyBody?.isEmpty == false)
    }

    @Test("case 32: a vendor that calls a task done in the answer to the submit is asked for the film")
    func doneAtOnce() async throws {
        let shop = try Workshop(.jumping, Sample.instance(XiexusProvider(), "https://vendor.test"))
        shop.network.script(
            "/generations",
            .json(#"{"task_id":"t1","status":"completed"}"#),
            .json(#"{"task_id":"t1","status":"completed","url":"\#(Sample.link)"}"#)
        )
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("a cat")
        try await shop.running { events in
            let job = try await shop.submitted(draft)
            #expect(job.state == .submitted)
            try await events.state(.succeeded)
            #expect(try await shop.journal.assets(job: job.id).count == 1)
        }
    }

    @Test("case 33: running that goes back to queued is shown")
    func backwards() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", Sample.status("InProgress"), Sample.status("InQueue"), Sample.status("Failed"))
        try await shop.running { events in
            try await shop.submitted()
            try await events.state(.running)
            try await events.state(.queued)
            try await events.state(.failed)
        }
    }

    @Test("case 38: failing polls say nothing about the task")
    func failingPolls() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        for _ in 0..<10 {
            shop.network.script("/status", .json("oops", status: 500), Sample.status("InProgress"))
            shop.network.script("/status", .failure(.connect, .refused), .cut(Array("{".utf8)), .json("<html>"))
        }
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let job = try await shop.submitted()
            try await events.state(.succeeded)
            #expect(try await shop.job(job.id).polling == .active)
        }
        #expect(shop.network.sent(to: "/status").count == 41)
    }

    @Test("case 38: a job that gets no answer is told once when polls are furthest apart, and again after an answer")
    func unanswered() async throws {
        let shop = try Workshop()
        for _ in 0..<2 {
            for _ in 0..<9 { shop.network.script("/status", .json("{}", status: 500)) }
            shop.network.script("/status", Sample.status("InProgress"))
        }
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.submitted(answer: "t")
        try await shop.running { events in
            try await events.state(.succeeded)
            let failures = events.seen.filter { if case .retry = $0.kind { true } else { false } }
            let told = events.seen.filter { if case .unanswered = $0.kind { true } else { false } }
            #expect(failures.count == 18)
            #expect(told.count == 2)
        }
    }

    @Test("case 34, 35: not visible at first, then seen, then gone for good")
    func notFound() async throws {
        let missing = Answer.json(#"{"code":"task_not_exist","message":"gone"}"#, status: 400)
        let xiexus = try Sample.instance(XiexusProvider(), "https://vendor.test")
        let relay = try Workshop(.jumping, xiexus)
        relay.network.script("/generations", .json(#"{"task_id":"t1","status":"queued"}"#), missing, missing)
        relay.network.script("/generations", .json(#"{"task_id":"t1","status":"in_progress"}"#))
        relay.network.always("/generations", missing)
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("a cat")
        try await relay.running { events in
            let job = try await relay.submitted(draft)
            try await events.state(.running)
            try await events.state(.expired)
            let stored = try await relay.job(job.id)
            #expect(stored.receipt?.taskID == "t1")
            #expect(stored.fault?.kind == .taskNotFound)
        }
        let last = relay.network.sent.suffix(2).map(\.time)
        #expect(last[1] - last[0] >= .seconds(10))
    }

    @Test("case 36: a bare 404 for five minutes pauses the job and ends nothing")
    func bareNotFound() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", .json("404 page not found", status: 404))
        try await shop.running { events in
            let job = try await shop.submitted()
            let event = try await events.next { if case .paused = $0.kind { true } else { false } }
            #expect(event.job.polling == .paused(.repeatedFault))
            #expect(!event.job.state.isTerminal)
            #expect(try await shop.job(job.id).receipt != nil)
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        #expect(times.count > 3)
        #expect(try #require(times.last) - times[0] >= .seconds(300))
    }

    @Test("A firewall's 403 pauses nothing as long as it does not last")
    func firewall() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let blocked = Answer.json("request blocked by firewall", status: 403)
        shop.network.script("/status", blocked, blocked, blocked, Sample.status("InProgress"))
        try await shop.running { events in
            let job = try await shop.submitted()
            try await events.state(.running)
            #expect(try await shop.job(job.id).polling == .active)
        }
    }

    @Test("All films at once: a job that rests is asked about once, but for one that the user stopped")
    func askResting() async throws {
        let shop = try Workshop()
        let done = try await shop.submitted(Sample.draft("one"), answer: "a")
        let stopped = try await shop.submitted(Sample.draft("two"), answer: "b")
        _ = try await shop.engine.stop(stopped)
        try await shop.journal.update(
            done.id,
            PollResult(polling: .paused(.repeatedFault)),
            at: shop.clock.wall
        )
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        let answers = try await shop.engine.askResting()
        #expect(answers.map(\.job.id) == [done.id])
        #expect(answers.first?.job.state == .succeeded)
        #expect(shop.network.sent(to: "/status").count == 1)
    }

    @Test("case 37: a refused key pauses all jobs of its account, each is told, and a new key resumes them")
    func refusedKey() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", Sample.submitted("a"), Sample.submitted("b"))
        shop.network.script("/status", .json(#""Invalid token""#, status: 401))
        try await shop.running { events in
            let first = try await shop.submitted(Sample.draft("one"))
            let second = try await shop.submitted(Sample.draft("two"))
            shop.clock.advance(by: .seconds(5))
            var paused: Set<Int64> = []
            while paused.count < 2 {
                let event = try await events.next { if case .paused(.credentials, _) = $0.kind { true } else { false } }
                paused.insert(event.job.id)
            }
            for job in [first, second] { #expect(try await shop.job(job.id).polling == .paused(.credentials)) }
            shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
            await shop.engine.forgetSecret(of: shop.instance.name)
            for job in [first, second] {
                _ = try await shop.engine.resume(try await shop.job(job.id))
                try await events.state(.succeeded)
            }
        }
    }

    @Test("A stopped job is not asked about; resumed it goes on")
    func stopAndResume() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let job = try await shop.submitted()
            let stopped = try await shop.engine.stop(job)
            #expect(stopped.polling == .paused(.user))
            #expect(stopped.state == .queued)
            shop.clock.advance(by: .seconds(600))
            #expect(shop.network.sent(to: "/status").isEmpty)
            let resumed = try await shop.engine.resume(stopped)
            #expect(resumed.polling == .active)
            try await events.state(.succeeded)
        }
    }

    @Test("Stopping an unconfirmed job writes it off")
    func lost() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true))
        let report = await shop.engine.submit(Sample.draft, to: shop.instance)
        let job = try #require(report.end.job)
        #expect(try await shop.engine.stop(job).state == .lost)
    }

    @Test("A job that a poll by hand finds over is not asked about again")
    func polledByHand() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", Sample.submitted())
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let job = try await shop.submitted()
            let polled = try await shop.engine.pollNow(job)
            #expect(polled.job.state == .succeeded)
            #expect(polled.exchange == 2)
            shop.clock.advance(by: .seconds(60))
            let second = try await shop.submitted(Sample.draft("another"), answer: "task-2")
            shop.clock.advance(by: .seconds(60))
            try await events.next { $0.job.id == second.id && $0.job.state == .succeeded }
        }
        #expect(shop.network.sent(to: "/status").count == 2)
    }

    @Test("An end that cannot be stored is asked for again, and not forgotten")
    func endNotStored() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        var second = Sample.status("Succeed", link: Sample.link)
        let journal = shop.journal
        second.afterGate = { try? await journal.write { try $0.execute(sql: "DROP TRIGGER full") } }
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link), second)
        let job = try await shop.submitted()
        try await journal.write { db in
            try db.execute(
                sql: "CREATE TEMP TRIGGER full BEFORE INSERT ON exchange BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        }
        try await shop.running { events in
            try await events.state(.succeeded)
            #expect(try await shop.job(job.id).state == .succeeded)
        }
        #expect(shop.network.sent(to: "/status").count == 2)
    }

    @Test("An older answer that comes late does not reopen a finished job")
    func lateAnswer() async throws {
        let shop = try Workshop(.manual)
        let arrived = Signal()
        let goesOn = Signal()
        var old = Sample.status("InProgress")
        old.afterGate = {
            arrived.give()
            await goesOn.wait()
        }
        shop.network.script("/submit", Sample.submitted())
        shop.network.script("/status", old, Sample.status("Succeed", link: Sample.link))
        let job = try await shop.submitted()
        async let first = shop.engine.pollNow(job)
        await arrived.wait()
        #expect(try await shop.engine.pollNow(job).job.state == .succeeded)
        goesOn.give()
        _ = try await first
        #expect(try await shop.job(job.id).state == .succeeded)
    }

    @Test("case 44: two vendors with equal ids do not cross")
    func equalIDs() async throws {
        let shop = try Workshop()
        var other = try Sample.instance(XiexusProvider(), "https://other.test", "sk-other-key-12345")
        other.polling = PollAdvice(first: .seconds(5))
        await shop.engine.add(other)
        shop.network.script("vendor.test/v1/video/submit", Sample.submitted("same"))
        shop.network.script("vendor.test/v1/video/status", Sample.status("Failed"))
        shop.network.script(
            "other.test",
            .json(#"{"task_id":"same","status":"queued"}"#),
            .json(#"{"task_id":"same","status":"completed","url":"\#(Sample.link)"}"#)
        )
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("a cat")
        try await shop.running { events in
            let first = try await shop.submitted()
            guard case .submitted(let second, _) = await shop.engine.submit(draft, to: other).end else {
                throw Workshop.Unexpected()
            }
            for _ in 0..<2 {
                try await events.next { event in
                    if case .state = event.kind { event.job.state.isTerminal } else { false }
                }
            }
            #expect(try await shop.job(first.id).state == .failed)
            #expect(try await shop.job(second.id).state == .succeeded)
        }
        for sent in shop.network.sent {
            let key = sent.url.contains("other.test") ? "sk-other-key-12345" : Sample.key
            #expect(sent.header("Authorization") == "Bearer \(key)")
        }
    }
}
