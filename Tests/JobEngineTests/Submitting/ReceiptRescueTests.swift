import GRDB
import JobEngine
import Journal
import Synchronization
import Testing
import VideoProviderKit

@Suite("Receipts and a disk that takes nothing")
struct ReceiptRescueTests {
    private func refuse(_ journal: JobJournal) async throws {
        try await journal.write { db in
            try db.execute(sql: "CREATE TEMP TRIGGER no BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'no'); END")
        }
    }

    @Test("Case 27: the id is told at once, storing is tried for half a minute, then given up")
    func givenUp() async throws {
        let shop = try Workshop()
        shop.network.script("/submit", Sample.submitted("task-9"))
        try await refuse(shop.journal)
        let told = Mutex<[Duration: String]>([:])
        var options = SubmitOptions()
        let clock = shop.clock
        options.onUnstored = { receipt, _ in told.withLock { $0[clock.now] = receipt.taskID } }
        let report = await shop.engine.submit(Sample.draft, to: shop.instance, options: options)
        guard case .receiptNotStored(let receipt, _) = report.end else { throw Workshop.Unexpected() }
        #expect(receipt.taskID == "task-9")
        #expect(told.withLock(\.self) == [.zero: "task-9"])
        #expect(shop.clock.now >= .seconds(30))
        #expect(shop.network.sent.count == 1)
        // What a restart finds says that it may be billed.
        #expect(try await shop.job(1).state == .sending)
    }

    @Test("Case 27: a receipt that can be stored within half a minute is an ordinary one")
    func storedLater() async throws {
        let shop = try Workshop(.manual)
        shop.network.script("/submit", Sample.submitted("task-9"))
        try await refuse(shop.journal)
        async let report = shop.engine.submit(Sample.draft, to: shop.instance)
        await shop.clock.untilSomebodySleeps()
        try await shop.journal.write { try $0.execute(sql: "DROP TRIGGER no") }
        shop.clock.advance(by: .seconds(1))
        #expect(await report.end.name == "submitted")
        #expect(try await shop.job(1).receipt?.taskID == "task-9")
        let exchanges = try await shop.journal.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM exchange") }
        #expect(exchanges == 1)
    }

    @Test("Case 26: under 32 MiB of free space nothing is stored or sent")
    func noSpace() async throws {
        let free = Mutex(33 << 20)
        let shop = try Workshop(space: DiskSpace { _ in free.withLock(\.self) })
        shop.network.script("/submit", Sample.submitted("a"), Sample.submitted("b"))
        #expect(await shop.engine.submit(Sample.draft("one"), to: shop.instance).end.name == "submitted")
        free.withLock { $0 = 31 << 20 }
        let report = await shop.engine.submit(Sample.draft("two"), to: shop.instance)
        #expect(report.end.name == "unsent")
        #expect(report.end.fault?.kind == .local)
        #expect(report.end.fault?.message.contains("31 MiB") == true)
        #expect(shop.network.sent.count == 1)
        #expect(try await shop.journal.job(id: 2) == nil)
    }
}
