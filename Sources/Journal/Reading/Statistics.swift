import GRDB
package import VideoProviderKit

/// How the calls of one kind went, for one instance and model.
package struct CallStatistics: Sendable, Hashable {
    /// The instance.
    package var instance: String
    /// The model of the jobs they belong to; nil for calls beside any job.
    package var model: String?
    /// What the calls were for.
    package var call: UpstreamCall
    /// How long each took, shortest first.
    package var durations: [Duration]
    /// How many failed.
    package var errors: Int

    /// The duration that the share `quantile` of the calls did not exceed (nearest rank).
    package func quantile(_ quantile: Double) -> Duration {
        guard !durations.isEmpty else { return .zero }
        let rank = Int((quantile * Double(durations.count)).rounded(.up))
        return durations[min(max(rank, 1), durations.count) - 1]
    }
}

/// A vendor's word with how often it was heard.
package struct WordStatistics: Sendable, Hashable {
    /// The instance.
    package var instance: String
    /// The model.
    package var model: String?
    /// The word as sent; nil when there was none.
    package var word: String?
    /// What it was taken for.
    package var phase: String
    /// In how many replies it stood.
    package var count: Int
    /// In how many jobs.
    package var jobs: Int
}

extension JobJournal {
    /// How the calls went, by instance, model and purpose; of `filter` the limit is not looked at.
    package func callStatistics(_ filter: ExchangeFilter) async throws(JournalError) -> [CallStatistics] {
        try await read { db in
            let (condition, arguments) = filter.condition
            let sql = """
                SELECT picked.*, job.model AS model FROM (
                    SELECT job AS jobRow, instance, call, total,
                        \(ExchangeFilter.isError) AS failed
                    FROM exchange WHERE \(condition)
                ) AS picked LEFT JOIN job ON job.id = picked.jobRow
                """
            var groups: [CallStatistics.Key: CallStatistics] = [:]
            let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
            while let row = try rows.next() {
                guard let call = UpstreamCall(rawValue: try row.value("call")) else { continue }
                let key = CallStatistics.Key(
                    instance: try row.value("instance"),
                    model: try row.value("model"),
                    call: call
                )
                groups[key, default: CallStatistics(key)].durations.append(
                    .microseconds(try row.value("total") as Int64)
                )
                if try row.value("failed") as Bool { groups[key]?.errors += 1 }
            }
            return groups.values.map { group in
                var group = group
                group.durations.sort()
                return group
            }.sorted {
                ($0.instance, $0.model ?? "", $0.call.rawValue) < ($1.instance, $1.model ?? "", $1.call.rawValue)
            }
        }
    }

    /// The words heard, by instance and model, the most frequent first.
    package func wordStatistics(
        instance: String? = nil,
        since: UpstreamTime? = nil
    ) async throws(JournalError)
        -> [WordStatistics]
    {
        try await read { db in
            var condition = "1"
            var arguments = StatementArguments()
            if let instance {
                condition += " AND (job.instance = ? OR substr(job.instance, 1, ?) = ?)"
                arguments += [instance, instance.count + 1, "\(instance)@"]
            }
            if let since {
                condition += " AND lastAt >= ?"
                arguments += [since.milliseconds]
            }
            let sql = """
                SELECT job.instance AS instance, job.model AS model, snapshot.word AS word, phase,
                    SUM(count) AS times, COUNT(DISTINCT job) AS jobs
                FROM snapshot JOIN job ON job.id = snapshot.job WHERE \(condition)
                GROUP BY job.instance, job.model, snapshot.word, phase ORDER BY 1, 2, times DESC
                """
            return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                WordStatistics(
                    instance: try row.value("instance"),
                    model: try row.value("model"),
                    word: try row.value("word"),
                    phase: try row.value("phase"),
                    count: try row.value("times"),
                    jobs: try row.value("jobs")
                )
            }
        }
    }
}

extension CallStatistics {
    fileprivate struct Key: Hashable {
        var instance: String
        var model: String?
        var call: UpstreamCall
    }

    fileprivate init(_ key: Key) {
        self.init(instance: key.instance, model: key.model, call: key.call, durations: [], errors: 0)
    }
}
