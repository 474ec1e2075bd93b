import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("Several processes on one journal")
struct TakeOverTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Another process on the same journal, with a clock of its own.
    private func process(_ mode: TestClock.Mode = .manual, house: Duration? = nil) throws -> Workshop {
        try Workshop(mode, folder: folder) { $0.houseInterval = house }
    }

    /// Four looks at the others, five seconds apart.
    private func look(_ shop: Workshop, times: Int = 5) async {
        for _ in 0..<times {
            await shop.engine.keepHouse()
            shop.clock.advance(by: .seconds(5))
        }
        await shop.engine.keepHouse()
    }

    @Test("Case 46: the jobs of a killed process are polled by the next look of another, within five seconds")
    func killed() async throws {
        let shop = try process()
        shop.network.always("/status", Sample.status("Succeed", link: Sample.link))
        do {
            let before = try process()
            before.network.script("/submit", Sample.submitted())
            try await before.submitted()
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.foreign.map(\.number) == [1])
            await shop.engine.keepHouse()
            #expect(await shop.engine.watchedJobs.isEmpty)
        }
        try await shop.running { events in
            await shop.engine.keepHouse()
            try await events.state(.succeeded)
        }
        #expect(shop.network.sent.map(\.url) == ["https://vendor.test/v1/video/status"])
    }

    @Test("Case 46: a process silent for twenty seconds loses its jobs, and once revived its writes are refused")
    func frozen() async throws {
        let frozen = try process()
        frozen.network.script("/submit", Sample.submitted())
        frozen.network.script("/status", Sample.status("Succeed", link: Sample.link))
        let job = try await frozen.submitted()
        let shop = try process()
        _ = try await shop.engine.recover(schedules: true)
        await look(shop, times: 4)
        #expect(await shop.engine.watchedJobs == [job.id])
        #expect(try await shop.job(job.id).epoch == 1)
        frozen.clock.advance(by: .seconds(60))
        try await frozen.running { _ in
            await frozen.network.untilSent(2)
            await until { await frozen.engine.watchedJobs.isEmpty }
        }
        let stored = try await shop.job(job.id)
        #expect(stored.state == .queued)
        #expect(stored.owner == shop.journal.processID)
    }

    @Test("Case 46: a process that was away for long asks about nothing before it knows whose the jobs are")
    func leasesFirst() async throws {
        let frozen = try process(house: .seconds(5))
        frozen.network.script("/submit", Sample.submitted())
        try await frozen.running { _ in
            let job = try await frozen.submitted()
            await frozen.clock.untilSomebodySleeps()
            let shop = try process()
            _ = try await shop.engine.recover(schedules: true)
            await look(shop, times: 4)
            #expect(await shop.engine.watchedJobs == [job.id])
            frozen.clock.advance(by: .seconds(60))
            await until { await frozen.engine.watchedJobs.isEmpty }
        }
        #expect(frozen.network.sent(to: "/status").isEmpty)
    }

    @Test("A process whose heart beats keeps its jobs, however long it is")
    func awake() async throws {
        let before = try process()
        before.network.script("/submit", Sample.submitted())
        try await before.submitted()
        let shop = try process()
        _ = try await shop.engine.recover(schedules: true)
        for _ in 0..<12 {
            await before.engine.keepHouse()
            await look(shop, times: 1)
        }
        #expect(await shop.engine.watchedJobs.isEmpty)
        #expect(await before.engine.watchedJobs.count == 1)
    }

    @Test("After a night asleep nobody is silent: one look at an old heartbeat proves nothing")
    func asleep() async throws {
        let before = try process()
        before.network.script("/submit", Sample.submitted())
        try await before.submitted()
        let shop = try process()
        _ = try await shop.engine.recover(schedules: true)
        await shop.engine.keepHouse()
        shop.clock.advance(by: .seconds(8 * 3600))
        await shop.engine.keepHouse()
        #expect(await shop.engine.watchedJobs.isEmpty)
    }

    /// A job that a process is sending, which dies at the return.
    // The optimiser of Swift 6 breaks down at this function.
    @_optimize(none)
    private func leftSending(seenBy shop: Workshop) async throws -> Int64 {
        let before = try process()
        let job = try await sendingJob(before)
        await look(shop, times: 6)
        #expect(try await shop.job(job).state == .sending)
        return job
    }

    @Test("What a silent process is sending is left to it while it lives, and is unconfirmed once it is dead")
    func sending() async throws {
        let shop = try process()
        let job = try await leftSending(seenBy: shop)
        let events = EventList(shop.engine.events())
        await shop.engine.keepHouse()
        #expect(try await shop.job(job).state == .submitUnknown)
        let event = try await events.next { if case .unconfirmed = $0.kind { true } else { false } }
        #expect(event.job.name == "j1")
    }

    @Test("A submit whose intent was taken over is not sent")
    func lostRace() async throws {
        let before = try process()
        let job = try await intendedJob(before)
        let shop = try process()
        await look(shop, times: 5)
        #expect(try await shop.job(job).state == .unsent)
        #expect(try await before.journal.beginSending(job, at: before.clock.wall) == nil)
    }

    @Test("Jobs given back before a suspension or an exit are taken at the next look")
    func givenBack() async throws {
        let before = try process()
        before.network.script("/submit", Sample.submitted())
        let job = try await before.submitted()
        let shop = try process()
        _ = try await shop.engine.recover(schedules: true)
        await before.engine.giveBack()
        #expect(await before.engine.watchedJobs.isEmpty)
        await shop.engine.keepHouse()
        #expect(await shop.engine.watchedJobs == [job.id])
        // Back in the foreground, the first process finds nothing left to take.
        await before.engine.takeBack()
        #expect(await before.engine.watchedJobs.isEmpty)
    }

    @Test("Jobs given back to nobody come back to the process that resumes")
    func takenBack() async throws {
        let shop = try process()
        shop.network.script("/submit", Sample.submitted())
        let job = try await shop.submitted()
        await shop.engine.giveBack()
        await shop.engine.takeBack()
        #expect(await shop.engine.watchedJobs == [job.id])
    }

    @Test("A job stopped in another process is not polled on, and resumed there it is polled there")
    func stoppedElsewhere() async throws {
        let owner = try process()
        owner.network.script("/submit", Sample.submitted())
        owner.network.always("/status", Sample.status("InProgress"))
        let job = try await owner.submitted()
        let other = try process()
        #expect(try await other.engine.stop(try await other.job(job.id)).polling == .paused(.user))
        owner.clock.advance(by: .seconds(10))
        try await owner.running { _ in
            await owner.network.untilSent(2)
            await until { await owner.engine.watchedJobs.isEmpty }
        }
        #expect(try await other.job(job.id).state == .queued)
        _ = try await other.engine.resume(try await other.job(job.id))
        #expect(await other.engine.watchedJobs == [job.id])
    }

    @Test("Case 72: two processes and a thousand jobs: each is polled by one of them")
    func thousand() async throws {
        let (first, second) = (try process(.jumping), try process(.jumping))
        for shop in [first, second] { shop.network.always("/status", Sample.status("Failed")) }
        let owners = [first.journal.processID, second.journal.processID, nil]
        try await insertJobs(1000, first) { owners[$0 % 3] }
        for shop in [first, second] { _ = try await shop.engine.recover(schedules: true) }
        async let one: Void = finish(first)
        async let two: Void = finish(second)
        _ = try await (one, two)
        let bodies = (first.network.sent + second.network.sent).map(\.body)
        #expect(bodies.count == 1000)
        #expect(Set(bodies).count == 1000)
        let open = try await first.journal.read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM job WHERE state = 'running'")
        }
        #expect(open == 0)
    }

    private func finish(_ shop: Workshop) async throws {
        try await shop.running { _ in
            await shop.engine.keepHouse()
            await until { await shop.engine.watchedJobs.isEmpty }
        }
    }

    @Test("Case 23: two processes with an equal draft send one; the second is told which")
    func twoProcesses() async throws {
        let (first, second) = (try process(), try process())
        let (arrived, goesOn) = (Signal(), Signal())
        var answer = Sample.submitted()
        answer.afterGate = {
            arrived.give()
            await goesOn.wait()
        }
        first.network.script("/submit", answer)
        second.network.script("/submit", Sample.submitted("other"))
        async let report = first.engine.submit(Sample.draft, to: first.instance)
        await arrived.wait()
        let asked = await second.engine.submit(Sample.draft, to: second.instance)
        #expect(asked.end.name == "equal")
        #expect(asked.end.job?.state == .sending)
        goesOn.give()
        #expect(await report.end.name == "submitted")
        #expect(await second.engine.submit(Sample.draft, to: second.instance).end.name == "equal")
        #expect(second.network.sent.isEmpty)
    }

    @Test("Case 23: ten processes at the same moment with an equal draft send one")
    func tenProcesses() async throws {
        let shops = try (0..<10).map { _ in try process() }
        for shop in shops { shop.network.always("/submit", Sample.submitted()) }
        let ends = await withTaskGroup(of: String.self) { group in
            for shop in shops { group.addTask { await shop.engine.submit(Sample.draft, to: shop.instance).end.name } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count { $0 == "submitted" } == 1)
        #expect(ends.count { $0 == "equal" } == 9)
        #expect(shops.map(\.network.sent.count).reduce(0, +) == 1)
    }

    private func intendedJob(_ shop: Workshop) async throws -> Int64 {
        let intent = SubmitIntent(
            provider: "siliconflow",
            origin: Receipt.Origin(
                instance: "siliconflow",
                baseURL: "https://vendor.test/v1",
                account: "a",
                model: nil
            ),
            draft: "{}",
            draftHash: [1],
            tag: "tag",
            note: nil
        )
        let outcome = try await shop.journal.store(
            intent,
            allowEqual: true,
            recent: shop.clock.wall,
            at: shop.clock.wall
        )
        guard case .stored(let job) = outcome else { throw Workshop.Unexpected() }
        return job
    }

    private func sendingJob(_ shop: Workshop) async throws -> Int64 {
        let job = try await intendedJob(shop)
        _ = try await shop.journal.beginSending(job, at: shop.clock.wall)
        return job
    }
}

@Suite("Following the jobs of another process")
struct FollowingTests {
    @Test("What the owner stores is told to those who watch in another process, up to the saved film")
    func followed() async throws {
        let folder = try TemporaryFolder()
        let owner = try Workshop(.manual, folder: folder)
        owner.network.script("/submit", Sample.submitted())
        owner.network.script("/status", Sample.status("InProgress"), Sample.status("Succeed", link: Sample.link))
        let job = try await owner.submitted()
        let watcher = try Workshop(.manual, folder: folder)
        let events = EventList(watcher.engine.events())
        await watcher.engine.attend(try await watcher.job(job.id))
        await watcher.engine.keepHouse()
        _ = try await owner.engine.pollNow(job)
        await watcher.engine.keepHouse()
        #expect(try await events.next { _ in true }.job.state == .running)
        _ = try await owner.engine.pollNow(job)
        await watcher.engine.keepHouse()
        #expect(try await events.next { _ in true }.job.state == .succeeded)
        let asset = try #require(try await owner.journal.assets(job: job.id).first)
        try await owner.journal.assetFinalising(asset, path: "/films/j1.mp4", size: 7, sha256: [1])
        try await owner.journal.assetSaved(asset)
        await watcher.engine.keepHouse()
        guard case .saved(let film) = try await events.next(where: { _ in true }).kind else {
            throw Workshop.Unexpected()
        }
        #expect(film.path == "/films/j1.mp4")
        #expect(watcher.network.sent.isEmpty)
    }

    @Test("Somebody who watches looks each second, nobody else more often than the heartbeat")
    func pace() async throws {
        let folder = try TemporaryFolder()
        let owner = try Workshop(.manual, folder: folder)
        owner.network.script("/submit", Sample.submitted())
        owner.network.script("/status", Sample.status("InProgress"))
        let job = try await owner.submitted()
        let watcher = try Workshop(.manual, folder: folder) { $0.houseInterval = .seconds(5) }
        try await watcher.running { events in
            await watcher.engine.attend(try await watcher.job(job.id))
            await watcher.clock.untilSomebodySleeps()
            _ = try await owner.engine.pollNow(job)
            watcher.clock.advance(by: .seconds(1))
            #expect(try await events.next { _ in true }.job.state == .running)
        }
    }
}
