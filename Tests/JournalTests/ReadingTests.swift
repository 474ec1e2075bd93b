import GRDB
import Journal
import Testing
import VideoProviderKit

@Suite("Reading the journal")
struct ReadingTests {
    @Test("Exchanges are listed oldest first, the newest of them, without bodies")
    func listing() async throws {
        let journal = try JobJournal.inMemory()
        for index in 0..<30 { _ = try await journal.append(.sample(body: "\(index)")) }
        let listed = try await journal.exchanges()
        #expect(listed.map(\.number) == Array(11...30))
        #expect(listed.allSatisfy { $0.replyBody == nil })
    }

    @Test("Exchanges are found by job, call, failure and time")
    func filters() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        var failed = ExchangeRecord.sample(.status, job: job.id)
        failed.fault = Fault(.server, "x")
        failed.startedAt = UpstreamTime(milliseconds: 9_000)
        let number = try await journal.append(failed)
        _ = try await journal.append(.sample(.models))
        var filter = ExchangeFilter()
        filter.job = job.id
        #expect(try await journal.exchanges(filter).map(\.number) == [number - 1, number])
        filter.onlyErrors = true
        #expect(try await journal.exchanges(filter).map(\.number) == [number])
        filter = ExchangeFilter()
        filter.calls = [.models, .submit]
        #expect(try await journal.exchanges(filter).map(\.call) == [.submit, .models])
        filter = ExchangeFilter()
        filter.since = UpstreamTime(milliseconds: 9_000)
        #expect(try await journal.exchanges(filter).map(\.number) == [number])
        #expect(try await journal.lastExchange(job: job.id) == number)
    }

    @Test("A trace id finds its exchanges, by an index")
    func trace() async throws {
        let journal = try JobJournal.inMemory()
        for index in 0..<50 {
            var record = ExchangeRecord.sample()
            record.traceIDs = [TraceID(name: "x-trace", value: "t\(index % 25)")]
            _ = try await journal.append(record)
        }
        #expect(try await journal.exchanges(trace: "t7") == [8, 33])
        #expect(try await journal.exchanges(trace: "t").isEmpty)
        let plan = try await journal.read { db in
            try Row.fetchAll(
                db,
                sql: "EXPLAIN QUERY PLAN SELECT exchange FROM trace WHERE value = 'x' ORDER BY exchange"
            )
            .map { $0["detail"] as String }
        }
        #expect(plan.allSatisfy { $0.contains("SEARCH") })
    }

    @Test("Among ten thousand exchanges the newest and a job's own are found without a scan or a sort")
    func tenThousand() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        _ = try await journal.write { db in
            for index in 0..<10_000 {
                _ = try journal.insert(.sample(job: index % 500 == 0 ? job.id : nil, body: "\(index % 10)"), db)
            }
        }
        var filter = ExchangeFilter()
        filter.job = job.id
        #expect(try await journal.exchanges(filter).count == 20)
        #expect(try await journal.exchanges().last?.number == 10_001)
        for sql in [
            "SELECT * FROM exchange WHERE 1 ORDER BY id DESC LIMIT 20",
            "SELECT * FROM exchange WHERE 1 AND job = 1 ORDER BY id DESC LIMIT 20",
        ] {
            let plan = try await journal.read { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
            }
            #expect(plan.allSatisfy { !$0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test("Jobs are listed by state, provider and model, the newest of them oldest first")
    func jobs() async throws {
        let journal = try JobJournal.inMemory()
        for _ in 0..<3 { try await journal.submit() }
        let unknown = try await journal.submit(.unknown(Fault(.unconfirmed, "x")))
        var filter = JobFilter()
        filter.limit = 2
        #expect(try await journal.jobs(filter).map(\.number) == [3, 4])
        filter = JobFilter()
        filter.states = [.submitUnknown]
        #expect(try await journal.jobs(filter).map(\.id) == [unknown.id])
        filter = JobFilter()
        filter.provider = "xiexus"
        #expect(try await journal.jobs(filter).isEmpty)
        filter.provider = "siliconflow"
        filter.model = "wan"
        #expect(try await journal.jobs(filter).count == 4)
    }

    @Test("How long jobs took is known from those that succeeded")
    func durations() async throws {
        let journal = try JobJournal.inMemory()
        for seconds in [30, 60] {
            let job = try await journal.submit(at: 10_000)
            try await journal.update(
                job.id,
                PollResult(state: .succeeded),
                at: UpstreamTime(milliseconds: 10_000 + Int64(seconds) * 1_000)
            )
        }
        try await journal.submit()
        #expect(try await journal.durations(provider: "siliconflow", model: "wan") == [.seconds(60), .seconds(30)])
        #expect(try await journal.durations(provider: "siliconflow", model: nil).isEmpty)
    }

    @Test("A film whose link is dead is not fetched unasked")
    func deadLinks() async throws {
        let journal = try JobJournal.inMemory()
        let snapshot = Snapshot(phase: .succeeded, assets: [Asset(kind: .video, source: .remote("https://a.test/1"))])
        let job = try await journal.submit()
        _ = try await journal.record(
            PollResult(snapshot: snapshot, state: .succeeded),
            for: job.id,
            exchange: .sample(),
            lifetime: .seconds(600),
            at: UpstreamTime(milliseconds: 0)
        )
        #expect(try await journal.unfetchedJobs(at: UpstreamTime(milliseconds: 599_999)).count == 1)
        #expect(try await journal.unfetchedJobs(at: UpstreamTime(milliseconds: 600_000)).isEmpty)
    }
}
