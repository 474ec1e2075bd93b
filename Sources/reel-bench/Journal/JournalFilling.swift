import JobEngine
import Journal
import VideoProviderKit

/// `fill FOLDER PROVIDER URL JOBS EXCHANGES [running|succeeded]`: a journal to measure with.
enum JournalFilling {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count >= 5, let jobs = Int(arguments[3]), let exchanges = Int(arguments[4]) else {
            throw BenchFailure("fill needs FOLDER, PROVIDER, URL, JOBS and EXCHANGES")
        }
        let house = try BenchHouse(provider: arguments[1], url: arguments[2], folder: arguments[0])
        let state = arguments.count > 5 ? arguments[5] : "succeeded"
        let time = try await ContinuousClock().measure {
            try await house.fill(jobs: jobs, exchanges: exchanges, state: state)
        }
        house.engine.journal.close()
        Files.print("  filled: \(jobs) jobs, \(jobs * exchanges) exchanges in \(Samples.text(time.seconds)) s")
    }
}

/// `trace FOLDER EXCHANGES ROUNDS`: random ids of a filled journal, each looked up and its exchange read whole.
enum TraceBench {
    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 3, let exchanges = Int(arguments[1]), let rounds = Int(arguments[2]) else {
            throw BenchFailure("trace needs FOLDER, EXCHANGES and ROUNDS")
        }
        var samples = Samples()
        var opening = Samples()
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let journal = try JobJournal(
                directory: arguments[0],
                scrubber: Redactor(),
                now: SystemClock().wall.milliseconds
            )
            opening.add((ContinuousClock.now - start).milliseconds)
            for _ in 0..<(rounds / 5) {
                let trace = "trace-\(Int.random(in: 1...exchanges))"
                let begin = ContinuousClock.now
                let numbers = try await journal.exchanges(trace: trace)
                guard let number = numbers.first, let exchange = try await journal.exchange(number),
                    exchange.traceIDs.contains(where: { $0.value == trace })
                else { throw BenchFailure("\(trace) was not found") }
                samples.add((ContinuousClock.now - begin).milliseconds)
            }
            journal.close()
        }
        let rows = [
            ("trace id to exchange", samples, ", p95 \(Samples.text(samples.quantile(0.95)))"),
            ("opening the journal", opening, ""),
        ]
        for row in rows { Rows.show([row], unit: "ms") }
    }
}
