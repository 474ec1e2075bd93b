import GRDB
package import VideoProviderKit

/// Which jobs to list.
package struct JobFilter: Sendable, Hashable {
    /// Only these states; all when empty.
    package var states: [JobState] = []
    /// Only this provider's.
    package var provider: ProviderID?
    /// Only of this model.
    package var model: String?
    /// At most so many, the newest.
    package var limit: Int?

    /// Lists everything with a number.
    package init() {}
}

extension JobJournal {
    /// The numbered jobs that fit `filter`, oldest first.
    package func jobs(_ filter: JobFilter = JobFilter()) async throws(JournalError) -> [JobRecord] {
        try await read { db in
            var conditions = ["number IS NOT NULL"]
            var arguments = StatementArguments()
            if !filter.states.isEmpty {
                conditions.append("state IN (\(filter.states.map { "'\($0.rawValue)'" }.joined(separator: ",")))")
            }
            if let provider = filter.provider {
                conditions.append("provider = ?")
                arguments += [provider.rawValue]
            }
            if let model = filter.model {
                conditions.append("model = ?")
                arguments += [model]
            }
            let limit = filter.limit.map { " LIMIT \($0)" } ?? ""
            let sql = "WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC\(limit)"
            return try JobRecord.fetchAll(db, sql, arguments).reversed()
        }
    }

    /// The job with a local number.
    package func job(number: Int) async throws(JournalError) -> JobRecord? {
        try await firstJob("number = ?", [number])
    }

    /// The job with a row id.
    package func job(id: Int64) async throws(JournalError) -> JobRecord? {
        try await firstJob("job.id = ?", [id])
    }

    /// The jobs whose vendor's id begins with `prefix`, newest first.
    package func jobs(taskPrefix prefix: String) async throws(JournalError) -> [JobRecord] {
        try await read { db in
            let sql = "WHERE substr(taskID, 1, ?) = ? AND number IS NOT NULL ORDER BY number DESC"
            return try JobRecord.fetchAll(db, sql, [prefix.unicodeScalars.count, prefix])
        }
    }

    /// The newest numbered job that is not over, or else the newest of all.
    package func currentJob() async throws(JournalError) -> JobRecord? {
        try await firstJob(
            """
            number IS NOT NULL ORDER BY state IN ('submitUnknown', 'submitted', 'queued', 'running') DESC, number DESC
            """,
            []
        )
    }

    /// The attempts of a job, with their exchanges.
    package func snapshots(job: Int64) async throws(JournalError) -> [SnapshotRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM snapshot WHERE job = ? ORDER BY id", arguments: [job])
                .map(SnapshotRecord.init(row:))
        }
    }

    /// What a job handed out.
    package func assets(job: Int64) async throws(JournalError) -> [AssetRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM asset WHERE job = ? ORDER BY n", arguments: [job])
                .map(AssetRecord.init(row:))
        }
    }

    /// How long past jobs of a model took from receipt to success, newest first.
    package func durations(
        provider: ProviderID,
        model: String?,
        limit: Int = 20
    ) async throws(JournalError)
        -> [Duration]
    {
        try await read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT finishedAt - submittedAt FROM job WHERE provider = ? AND model IS ? AND state = 'succeeded'
                        AND finishedAt > submittedAt ORDER BY id DESC LIMIT ?
                    """,
                arguments: [provider.rawValue, model, limit]
            ).map { .milliseconds($0) }
        }
    }

    /// The jobs of which something is still to be heard, oldest first.
    package func unfinishedJobs() async throws(JournalError) -> [JobRecord] {
        try await read { db in
            let sql = "\(JobRecord.selection) WHERE state IN \(Schema.unfinished) ORDER BY job.id"
            return try Row.fetchAll(db, sql: sql).map(JobRecord.init(row:))
        }
    }

    private func firstJob(
        _ condition: String,
        _ arguments: StatementArguments
    ) async throws(JournalError)
        -> JobRecord?
    {
        try await read { db in
            let statement = try db.cachedStatement(sql: "\(JobRecord.selection) WHERE \(condition)")
            return try Row.fetchOne(statement, arguments: arguments).map(JobRecord.init(row:))
        }
    }
}

extension JobJournal {
    /// The succeeded jobs with a film that is neither saved nor known to be gone, newest first.
    package func unfetchedJobs(at now: UpstreamTime) async throws(JournalError) -> [JobRecord] {
        try await read { db in
            let sql = """
                WHERE job.state = 'succeeded' AND EXISTS (
                    SELECT 1 FROM asset WHERE asset.job = job.id AND asset.kind = 'video'
                        AND asset.state NOT IN ('saved', 'expired')
                        AND (asset.expiresAt IS NULL OR asset.expiresAt > ?))
                ORDER BY job.id DESC
                """
            return try JobRecord.fetchAll(db, sql, [now.milliseconds])
        }
    }
}
