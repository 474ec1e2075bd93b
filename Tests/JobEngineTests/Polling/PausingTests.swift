import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("Polls that rest")
struct PausingTests {
    private let refusal = Answer.json(#""Invalid token""#, status: 401)

    private func isPaused(_ reason: Polling.Reason) -> (JobEvent) -> Bool {
        { if case .paused(reason, _) = $0.kind { true } else { false } }
    }

    @Test("Case 37: while a key is refused one job in five minutes is asked about, and all go on once it is taken")
    func probed() async throws {
        let shop = try Workshop()
        for index in 0..<5 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        for _ in 0..<8 { shop.network.script("/status", refusal) }
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            for _ in 0..<5 { try await events.next(where: isPaused(.credentials)) }
            for _ in 0..<5 { try await events.state(.succeeded) }
        }
        let times = shop.network.sent(to: "/status").map(\.time)
        let probes = times.filter { $0 > .seconds(60) }.prefix(4)
        for (probe, next) in zip(probes, probes.dropFirst()).dropLast() { #expect(next - probe >= .seconds(300)) }
        let told = try await shop.journal.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM job WHERE polling = 'active'")
        }
        #expect(told == 5)
    }

    /// Whether one event speaks for all; up to four polls are under way when the first is refused.
    private func isOneNews(_ events: [JobEvent]) -> Bool {
        let news = events.filter { $0.crowd != .further }
        guard news.count == 1, case .first(of: let count) = news[0].crowd else { return false }
        return (events.count - 3...events.count).contains(count)
    }

    @Test("Case 37: a refused key is told once for a thousand jobs of its account, and so is that they go on")
    func toldOnce() async throws {
        let shop = try Workshop(.manual) { $0.pollRate = nil }
        let count = 1000
        for index in 0..<count { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        shop.network.always("/status", refusal)
        try await shop.running { events in
            shop.clock.advance(by: .seconds(5))
            var paused: [JobEvent] = []
            for _ in 0..<count { paused.append(try await events.next(where: isPaused(.credentials))) }
            #expect(isOneNews(paused))
            #expect(Set(paused.map(\.job.id)).count == count)
            await shop.engine.renewSecret(of: shop.instance.name)
            var resumed: [JobEvent] = []
            for _ in 0..<count {
                resumed.append(try await events.next { if case .resumed = $0.kind { true } else { false } })
            }
            #expect(resumed.filter { $0.crowd != .further }.map(\.crowd) == [.first(of: count)])
        }
    }

    @Test("Case 37: with no key at all the account rests as one, too")
    func noKey() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            for index in 0..<20 { try await before.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        }
        var instance = try Sample.siliconFlow()
        instance.credentials = []
        let shop = try Workshop(.manual, instance, folder: folder)
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            shop.clock.advance(by: .seconds(30))
            var paused: [JobEvent] = []
            for _ in 0..<20 { paused.append(try await events.next(where: isPaused(.credentials))) }
            #expect(isOneNews(paused))
        }
        #expect(shop.network.sent.isEmpty)
    }

    @Test("Case 37: a new key resumes the account's jobs at once")
    func newKey() async throws {
        let shop = try Workshop(.manual) { $0.pollRate = nil }
        for index in 0..<3 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        for _ in 0..<3 { shop.network.script("/status", refusal) }
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            shop.clock.advance(by: .seconds(5))
            for _ in 0..<3 { try await events.next(where: isPaused(.credentials)) }
            await until { await shop.engine.watchedJobs.isEmpty }
            await shop.engine.renewSecret(of: shop.instance.name)
            for _ in 0..<3 { try await events.state(.succeeded) }
        }
    }

    @Test("Case 37: after a restart one job of the account is tried, and with a good key all go on")
    func restarted() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            for index in 0..<3 { try await before.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
            before.network.script("/status", refusal)
            try await before.journal.write { try $0.execute(sql: "UPDATE job SET polling = 'paused:credentials'") }
        }
        let shop = try Workshop(folder: folder)
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            for _ in 0..<2 { try await events.state(.succeeded) }
        }
    }

    @Test("A job that a cassette has no answer for rests, and goes on when the cassette is gone")
    func notRecorded() async throws {
        let shop = try Workshop()
        try await shop.submitted(answer: "t")
        shop.network.script("/status", .failure(.invalid, .notRecorded))
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let event = try await events.next(where: isPaused(.notRecorded))
            guard case .paused(_, let fault) = event.kind else { return }
            #expect(fault?.kind == .local)
            #expect(await shop.engine.watchedJobs.isEmpty)
            await shop.engine.cassetteChanged()
            try await events.state(.succeeded)
        }
    }

    @Test("A wrong certificate rests the jobs of that server until one of them is resumed")
    func certificate() async throws {
        let shop = try Workshop(.manual)
        for index in 0..<3 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        shop.network.script("/status", .failure(.certificate, .certificate))
        try await shop.running { events in
            shop.clock.advance(by: .seconds(5))
            for _ in 0..<3 { try await events.next(where: isPaused(.certificate)) }
            await until { await shop.engine.watchedJobs.isEmpty }
            shop.clock.advance(by: .seconds(3600))
            shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
            _ = try await shop.engine.resume(try await shop.job(2))
            for _ in 0..<2 { try await events.state(.succeeded) }
        }
    }

    @Test("A job unfinished after a day is paused, and resumed it is asked about for another day")
    func horizon() async throws {
        let shop = try Workshop()
        shop.network.always("/status", .json(#"{"status":"InProgress"}"#, ["Retry-After": "900"]))
        let job = try await shop.submitted(answer: "t")
        try await shop.running { events in
            try await events.next(where: isPaused(.horizon))
            let first = shop.clock.now
            #expect(first >= .seconds(86_400) && first < .seconds(87_400))
            _ = try await shop.engine.resume(try await shop.job(job.id))
            try await events.next(where: isPaused(.horizon))
            #expect(shop.clock.now >= first + .seconds(85_500))
        }
    }

    @Test("Five answers in a row that cannot be read are shown once, and the job is polled on")
    func unreadable() async throws {
        let shop = try Workshop()
        try await shop.submitted(answer: "t")
        for _ in 0..<9 { shop.network.script("/status", .json("<html>maintenance</html>")) }
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            try await events.state(.succeeded)
            let shown = events.seen.filter { if case .unreadable = $0.kind { true } else { false } }
            #expect(shown.count == 1)
            #expect(shown.first?.exchange != nil)
        }
    }
}

@Suite("Case 45: a server that fails")
struct UnreachableServerTests {
    @Test("After ten failures in a row only probes are made, and submits ask first; one answer ends that")
    func breaker() async throws {
        let shop = try Workshop()
        for index in 0..<20 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        for _ in 0..<13 { shop.network.script("/status", .failure(.connect, .timeout)) }
        let opened = Signal()
        let goesOn = Signal()
        var answer = Sample.status("Succeed", link: Sample.link)
        answer.beforeGate = {
            opened.give()
            await goesOn.wait()
        }
        shop.network.script("/status", answer)
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            await opened.wait()
            let report = await shop.engine.submit(Sample.draft("new"), to: shop.instance)
            guard case .doubtful(let doubts) = report.end else { throw Workshop.Unexpected() }
            #expect(doubts == [.unreachable("https://vendor.test")])
            var options = SubmitOptions()
            options.allowsDoubts = true
            shop.network.script("/submit", Sample.submitted("agreed"))
            #expect(
                await shop.engine.submit(Sample.draft("new"), to: shop.instance, options: options).end.name
                    == "submitted"
            )
            goesOn.give()
            for _ in 0..<20 { try await events.state(.succeeded) }
        }
    }

    @Test("The distance of probes grows from half a minute")
    func probes() async throws {
        let shop = try Workshop()
        for index in 0..<20 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        shop.network.always("/status", .json("oops", status: 502))
        try await shop.running { _ in await shop.network.untilSent(20 + 16) }
        let times = shop.network.sent(to: "/status").map(\.time)
        let waits = zip(times, times.dropFirst()).map { $1 - $0 }.suffix(3)
        #expect(waits.allSatisfy { $0 >= .seconds(30) })
        #expect(waits.last ?? .zero >= .seconds(100))
    }

    @Test("A 429 slows the whole account down and its wait is obeyed by all")
    func tooMany() async throws {
        let shop = try Workshop()
        for index in 0..<10 { try await shop.submitted(Sample.draft("film \(index)"), answer: "t\(index)") }
        shop.network.script("/status", .json("", status: 429, ["Retry-After": "60"]))
        shop.network.always("/status", Sample.status("InProgress"))
        try await shop.running { _ in await shop.network.untilSent(10 + 30) }
        let times = shop.network.sent(to: "/status").map(\.time)
        let resting = times.filter { $0 > times[0] + .seconds(1) && $0 < times[0] + .seconds(59) }
        #expect(resting.isEmpty, "polls that were under way or had a place are all that came meanwhile")
        let after = times.filter { $0 >= times[0] + .seconds(60) }.prefix(10)
        #expect((after.last ?? .zero) - (after.first ?? .zero) >= .seconds(4))
    }
}
