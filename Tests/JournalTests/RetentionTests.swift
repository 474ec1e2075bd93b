import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("Making room in the journal")
struct RetentionTests {
    private let day: Int64 = 86_400_000

    /// A job with polls that each said the same in other bytes, ended so many days before noon.
    private func job(
        _ journal: JobJournal,
        ended days: Int64,
        _ phase: Phase = .failed,
        polls: Int = 20,
        film: AssetRecord.State? = nil
    ) async throws -> Int64 {
        let time = UpstreamTime(milliseconds: noon.milliseconds - days * day)
        let job = try await journal.submit(
            .accepted(Receipt(taskID: "t\(days)"), Snapshot(phase: .running)),
            .sample(hash: [UInt8(days & 255)]),
            at: time.milliseconds
        )
        for index in 0..<polls {
            var exchange = ExchangeRecord.sample(job: job.id, body: body(days, index))
            exchange.startedAt = time
            let isLast = index == polls - 1
            var snapshot = Snapshot(phase: isLast ? phase : .running, word: isLast ? "over" : "running")
            if film != nil, isLast { snapshot.assets = [Asset(kind: .video, source: .remote("https://a.test/f"))] }
            let state = isLast ? JobState(phase) : nil
            _ = try await journal.record(
                PollResult(snapshot: snapshot, state: state),
                for: job.id,
                exchange: exchange,
                lifetime: nil,
                at: time
            )
        }
        if let film {
            try await journal.write { db in
                try db.execute(sql: "UPDATE asset SET state = ? WHERE job = ?", arguments: [film.rawValue, job.id])
            }
        }
        return job.id
    }

    private func body(_ days: Int64, _ index: Int) -> String {
        "{\"status\":\"running\",\"at\":\"\(days)-\(index)\",\"pad\":\"\(String(repeating: "x", count: 3000))\"}"
    }

    private func bodies(_ journal: JobJournal, _ job: Int64) async throws -> Int {
        try await journal.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) FROM exchange JOIN body ON body.hash = exchange.replyBody
                    WHERE job = ? AND call = 'status'
                    """,
                arguments: [job]
            ) ?? 0
        }
    }

    @Test("Within its cap nothing goes, however old")
    func withinCap() async throws {
        let journal = try JobJournal.inMemory()
        let old = try await job(journal, ended: 1000)
        let sweep = try await journal.sweep(limit: 1 << 30, at: noon)
        #expect(sweep.before == sweep.after)
        #expect(try await bodies(journal, old) == 20)
    }

    @Test(
        "Case 74: first go the unchanged polls of jobs that ended over a week ago; the first and last of each word stay"
    )
    func unchangedFirst() async throws {
        let journal = try JobJournal.inMemory()
        let recent = try await job(journal, ended: 3)
        let old = try await job(journal, ended: 10)
        let used = try await journal.usedBytes()
        let sweep = try await journal.sweep(limit: used - 20_000, at: noon)
        #expect(!sweep.isStuck)
        #expect(sweep.after <= used - 20_000)
        #expect(try await bodies(journal, recent) == 20)
        #expect(try await bodies(journal, old) == 3)
    }

    @Test("Case 74: a cap that is reached leaves unfinished, unconfirmed and unfetched jobs whole, and says so")
    func whole() async throws {
        let journal = try JobJournal.inMemory()
        let running = try await job(journal, ended: 400, .running)
        let unfetched = try await job(journal, ended: 401, .succeeded, film: .known)
        let saved = try await job(journal, ended: 402, .succeeded, film: .saved)
        let unconfirmed = try await journal.submit(
            .unknown(Fault(.unconfirmed, "x")),
            .sample(hash: [9]),
            at: noon.milliseconds - 400 * day
        )
        let sweep = try await journal.sweep(limit: 0, at: noon)
        #expect(sweep.isStuck)
        for job in [running, unfetched] { #expect(try await bodies(journal, job) == 20) }
        #expect(try await journal.job(id: unconfirmed.id)?.state == .submitUnknown)
        #expect(try await journal.exchanges(ExchangeFilter()).contains { $0.job == unconfirmed.id })
        #expect(try await journal.job(id: saved) == nil)
        let left = try await journal.read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM trace WHERE exchange NOT IN (SELECT id FROM exchange)")
        }
        #expect(left == 0)
    }

    @Test("Case 74: with nothing left to free new replies of polls are not kept, until there is room")
    func notKept() async throws {
        let journal = try JobJournal.inMemory()
        let running = try await job(journal, ended: 0, .running, polls: 2)
        #expect(try await journal.sweep(limit: 0, at: noon).isStuck)
        _ = try await journal.append(.sample(job: running, body: "new"))
        #expect(try await bodies(journal, running) == 2)
        #expect(try await !journal.sweep(limit: 1 << 30, at: noon).isStuck)
        _ = try await journal.append(.sample(job: running, body: "newer"))
        #expect(try await bodies(journal, running) == 3)
    }

    @Test("Case 74: a body that another job still shows is kept")
    func shared() async throws {
        let journal = try JobJournal.inMemory()
        let old = try await job(journal, ended: 40, polls: 3)
        let recent = try await journal.submit(
            .accepted(Receipt(taskID: "t"), Snapshot(phase: .running)),
            .sample(hash: [7])
        )
        _ = try await journal.append(.sample(job: recent.id, body: body(40, 0)))
        _ = try await journal.sweep(limit: 0, at: noon)
        #expect(try await bodies(journal, old) == 0)
        #expect(try await bodies(journal, recent.id) == 1)
    }
}
