import Journal
import Testing
import VideoProviderKit

@Suite struct InspectionTests {
    private func journal() async throws -> JobJournal {
        let journal = try JobJournal.inMemory()
        for index in 1...10 {
            var record = ExchangeRecord.sample(index % 5 == 0 ? .submit : .status, body: "body \(index)")
            record.status = index == 7 ? 503 : index == 8 ? nil : 200
            record.startedAt = UpstreamTime(milliseconds: Int64(index) * 1000)
            record.instance = index > 6 ? "xiexus" : "siliconflow@work"
            record.timing.total = .milliseconds(index)
            record.traceIDs = [TraceID(name: "x", value: "trace-\(index)")]
            if index == 8 { record.failurePhase = "waiting" }
            _ = try await journal.append(record)
        }
        return journal
    }

    private func numbers(_ change: (inout ExchangeFilter) -> Void) async throws -> [Int] {
        var filter = ExchangeFilter()
        change(&filter)
        return try await journal().exchanges(filter).map(\.number)
    }

    @Test("Exchanges are chosen by instance, status, time, trace id and number")
    func filters() async throws {
        #expect(try await numbers { $0.instance = "siliconflow" } == [1, 2, 3, 4, 5, 6])
        #expect(try await numbers { $0.instance = "siliconflow@work" } == [1, 2, 3, 4, 5, 6])
        #expect(try await numbers { $0.statuses = [500...599, nil] } == [7, 8])
        #expect(
            try await numbers {
                ($0.since, $0.until) = (UpstreamTime(milliseconds: 3000), UpstreamTime(milliseconds: 5000))
            } == [3, 4]
        )
        #expect(try await numbers { $0.trace = "trace-1" } == [1, 10])
        #expect(try await numbers { ($0.first, $0.last) = (4, 6) } == [4, 5, 6])
        #expect(try await numbers { $0.onlyErrors = true } == [8])
    }

    @Test(
        "A scan visits newest first, page by page, up to its limit or until it is told enough",
        arguments: [1, 3, 100]
    )
    func scans(page: Int) async throws {
        let journal = try await journal()
        var seen: [Int] = []
        var filter = ExchangeFilter()
        filter.limit = 7
        try await journal.scan(filter, page: page) { record in
            #expect(record.replyBody == Array("body \(record.number)".utf8))
            seen.append(record.number)
            return true
        }
        #expect(seen == [10, 9, 8, 7, 6, 5, 4])
        seen = []
        filter.limit = .max
        try await journal.scan(filter, page: page) { record in
            seen.append(record.number)
            return record.number > 8
        }
        #expect(seen == [10, 9, 8])
    }

    @Test("A trace id is found in full first, and by its beginning where that is asked for")
    func findsTraces() async throws {
        let journal = try await journal()
        #expect(try await journal.exchanges(trace: "trace-1", allowsPrefix: true) == [1])
        #expect(try await journal.exchanges(trace: "trace-", allowsPrefix: true).count == 10)
        #expect(try await journal.exchanges(trace: "trace-") == [])
        #expect(try await journal.exchanges(trace: "", allowsPrefix: true) == [])
    }

    @Test("Statistics give quantiles by nearest rank, and errors")
    func statistics() async throws {
        let groups = try await journal().callStatistics(ExchangeFilter())
        let own = try #require(groups.first { $0.instance == "siliconflow@work" && $0.call == .status })
        #expect(own.durations.count == 5)
        #expect(
            own.quantile(0.5) == .milliseconds(3) && own.quantile(1) == .milliseconds(6)
                && own.quantile(0) == .milliseconds(1)
        )
        #expect(groups.first { $0.instance == "xiexus" && $0.call == .status }?.errors == 1)
    }

    @Test("The words heard are counted by replies and jobs")
    func words() async throws {
        let journal = try JobJournal.inMemory()
        let job = try await journal.submit()
        for word in ["InQueue", "InQueue", "Odd"] {
            let snapshot = Snapshot(phase: word == "Odd" ? .unknown(word) : .queued, word: word)
            _ = try await journal.record(
                PollResult(snapshot: snapshot),
                for: job.id,
                exchange: .sample(job: job.id),
                lifetime: nil,
                at: noon
            )
        }
        let words = try await journal.wordStatistics()
        #expect(words.first { $0.word == "InQueue" }?.count == 2)
        #expect(words.first { $0.word == "Odd" }?.phase == "unknown")
        #expect(try await journal.wordStatistics(instance: "nobody").isEmpty)
    }
}
