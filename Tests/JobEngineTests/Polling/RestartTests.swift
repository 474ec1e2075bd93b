import GRDB
import JobEngine
import Journal
import Testing
import Transport
import VideoProviderKit

@Suite("After a restart")
struct RestartTests {
    @Test("An accepted job is polled on by the next process, at the place and with the id of its receipt")
    func resumed() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted())
            try await before.submitted()
        }
        let shop = try Workshop(folder: folder)
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.resumed.map(\.number) == [1])
            try await events.state(.succeeded)
        }
        #expect(shop.network.sent.map(\.url) == ["https://vendor.test/v1/video/status"])
        #expect(shop.network.sent.map(\.time) == [.zero])
    }

    @Test("What an earlier run was about to send is not sent by itself")
    func nothingSent() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(.manual, folder: folder)
            before.network.script("/submit", .failure(.connect, .refused))
            async let report = before.engine.submit(Sample.draft, to: before.instance)
            await before.clock.untilSomebodySleeps()
            try await before.journal.write { try $0.execute(sql: "UPDATE process SET lockFile = ''") }
            let shop = try Workshop(folder: folder)
            try await shop.running { _ in
                let recovery = try await shop.engine.recover(schedules: true)
                #expect(recovery.unsent.map(\.state) == [.unsent])
            }
            #expect(shop.network.sent.isEmpty)
            await before.engine.stop()
            before.clock.advance(by: .seconds(60))
            #expect(await report.end.name == "unsent")
        }
    }

    @Test("Paused jobs stay paused")
    func paused() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted())
            _ = try await before.engine.stop(try await before.submitted())
        }
        let shop = try Workshop(folder: folder)
        try await shop.running { _ in
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.resumed.map(\.polling) == [.paused(.user)])
        }
        #expect(shop.network.sent.isEmpty)
    }

    @Test("Jobs of another living process are not polled here")
    func foreign() async throws {
        let folder = try TemporaryFolder()
        let before = try Workshop(folder: folder)
        before.network.script("/submit", Sample.submitted())
        try await before.submitted()
        let shop = try Workshop(folder: folder)
        try await shop.running { _ in
            let recovery = try await shop.engine.recover(schedules: true)
            #expect(recovery.foreign.map(\.number) == [1])
            #expect(recovery.resumed.isEmpty)
        }
        #expect(shop.network.sent.isEmpty)
    }

    @Test("case 43: a job whose instance has moved is not asked about at either place with the new key")
    func movedInstance() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted())
            try await before.submitted()
        }
        let moved = try Sample.siliconFlow("https://elsewhere.test/v1", key: "sk-key-of-elsewhere-1")
        let shop = try Workshop(.jumping, moved, folder: folder)
        shop.network.always("test", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            try await events.next { if case .paused(.credentials, _) = $0.kind { true } else { false } }
        }
        #expect(shop.network.sent.isEmpty)
        #expect(try await shop.job(1).state == .queued)
    }

    @Test("A server on this machine may come back on another port, as the sandbox does")
    func movedPort() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(.jumping, Sample.siliconFlow("http://127.0.0.1:4001"), folder: folder)
            before.network.script("/submit", Sample.submitted())
            try await before.submitted()
        }
        let shop = try Workshop(.jumping, Sample.siliconFlow("http://127.0.0.1:4002"), folder: folder)
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            try await events.state(.succeeded)
        }
        #expect(shop.network.sent.map(\.url) == ["http://127.0.0.1:4002/v1/video/status"])
    }

    @Test("case 43: a new key at the same place is used for old jobs")
    func newKey() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted())
            try await before.submitted()
        }
        let shop = try Workshop(.jumping, Sample.siliconFlow(key: "sk-rotated-key-12345"), folder: folder)
        shop.network.script("/status", Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            _ = try await shop.engine.recover(schedules: true)
            try await events.state(.succeeded)
        }
        #expect(shop.network.sent.first?.header("Authorization") == "Bearer sk-rotated-key-12345")
    }
}

@Suite("Adopting tasks")
struct AdoptTests {
    @Test("A task made elsewhere is followed from one poll that knows it")
    func foreignTask() async throws {
        let shop = try Workshop()
        shop.network.script("/status", Sample.status("InProgress"), Sample.status("Succeed", link: Sample.link))
        try await shop.running { events in
            let adopted = try await shop.engine.adopt("task-77", at: shop.instance)
            #expect(adopted.job.number == 1)
            #expect(adopted.job.state == .running)
            #expect(adopted.job.receipt?.taskID == "task-77")
            try await events.state(.succeeded)
        }
    }

    @Test("An unconfirmed job is settled by an id the vendor knows, and polled on")
    func unconfirmed() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true))
        shop.network.script("/status", Sample.status("InProgress"))
        let job = try #require(await shop.engine.submit(Sample.draft, to: shop.instance).end.job)
        let settled = try await shop.engine.adopt("task-77", at: shop.instance, as: job)
        #expect(settled.job.id == job.id)
        #expect(settled.job.number == job.number)
        #expect(settled.job.state == .running)
        #expect(settled.job.draft == job.draft)
    }

    @Test("A job that was written off may still be settled")
    func lost() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true))
        shop.network.script("/status", Sample.status("InProgress"))
        let job = try #require(await shop.engine.submit(Sample.draft, to: shop.instance).end.job)
        let lost = try await shop.engine.stop(job)
        #expect(try await shop.engine.adopt("task-77", at: shop.instance, as: lost).job.state == .running)
    }

    @Test("An id the vendor does not know settles nothing")
    func unknownID() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", .failure(.waiting, .reset, gatePassed: true))
        shop.network.script("/status", .json("404 page not found", status: 404))
        let job = try #require(await shop.engine.submit(Sample.draft, to: shop.instance).end.job)
        let fault = await #expect(throws: Fault.self) {
            try await shop.engine.adopt("wrong", at: shop.instance, as: job)
        }
        #expect(fault?.exchange == 2)
        #expect(try await shop.job(job.id).state == .submitUnknown)
    }

    @Test("A job that is not in doubt cannot be settled")
    func clearJob() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted())
        let job = try await shop.submitted()
        await #expect(throws: Fault.self) { try await shop.engine.adopt("other", at: shop.instance, as: job) }
        #expect(shop.network.sent.count == 1)
    }

    @Test("A job whose receipt was damaged is followed by the id in its own row")
    func damagedReceipt() async throws {
        let folder = try TemporaryFolder()
        do {
            let before = try Workshop(folder: folder)
            before.network.script("/submit", Sample.submitted("task-7"))
            _ = try await before.submitted()
            try await before.journal.write { try $0.execute(sql: "UPDATE receipt SET value = '{'") }
        }
        let shop = try Workshop(folder: folder)
        shop.network.script("/status", Sample.status("InProgress"))
        try await shop.running { _ in
            _ = try await shop.engine.recover(schedules: true)
            try await until { try await shop.job(1).state == .running }
        }
        #expect(
            shop.network.sent(to: "/status").allSatisfy { String(decoding: $0.body, as: UTF8.self).contains("task-7") }
        )
    }
}
