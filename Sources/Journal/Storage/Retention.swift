import Foundation
import GRDB
package import VideoProviderKit

/// What a round of making room achieved.
package struct Sweep: Sendable, Hashable {
    /// Bytes in use before.
    package var before: Int
    /// Bytes in use after.
    package var after: Int
    /// Whether the journal is over its cap with nothing left that may go.
    package var isStuck: Bool
}

extension JobJournal {
    private static let batch = 500
    private static let chunk = 5000

    /// What may go, oldest first, in this order.
    ///
    /// Unfinished, unconfirmed and unfetched jobs are never among it.
    private enum Stage: CaseIterable {
        /// Replies of polls that said the same as the one before, of jobs that ended over a week ago.
        case unchangedPolls
        /// The other bodies, after a month.
        case bodies
        /// The rows, after a year.
        case rows

        var days: Int64 {
            switch self {
            case .unchangedPolls: 7
            case .bodies: 30
            case .rows: 365
            }
        }
    }

    /// Makes room until the journal is within `limit`, a little at a time, so that nothing waits for it.
    package func sweep(limit: Int, at now: UpstreamTime) async throws(JournalError) -> Sweep {
        if let directory { ProcessLock.removeStale(in: "\(directory)/procs", at: now.milliseconds / 1000) }
        let before = try await usedBytes()
        var used = before
        for stage in Stage.allCases where used > limit {
            let border = now.milliseconds - stage.days * 86_400_000
            while used > limit, try await free(stage, before: border) { used = try await usedBytes() }
        }
        let isStuck = used > limit
        keepsPollBodies.store(!isStuck)
        return Sweep(before: before, after: used, isStuck: isStuck)
    }

    /// Bytes of the file that hold something.
    package func usedBytes() async throws(JournalError) -> Int {
        try await read { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            return try (pages - free) * (Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
        }
    }

    /// Frees a batch; false when there was nothing to free.
    private func free(_ stage: Stage, before border: Int64) async throws(JournalError) -> Bool {
        let found: Int
        switch stage {
        case .unchangedPolls, .bodies: found = try await dropBodies(stage == .unchangedPolls, before: border)
        case .rows: found = try await dropRows(before: border)
        }
        guard found > 0 else { return false }
        try await dropUnusedBodies()
        return true
    }

    // A job that ended and owes nothing: its film is saved or beyond reach.
    private static let finished = """
        job.state IN ('unsent', 'rejected', 'succeeded', 'failed', 'cancelled', 'expired', 'lost')
        AND COALESCE(job.finishedAt, job.createdAt) < ?1 AND NOT EXISTS (
            SELECT 1 FROM asset WHERE asset.job = job.id AND asset.kind = 'video'
                AND asset.state NOT IN ('saved', 'expired'))
        """

    private func dropBodies(_ onlyUnchanged: Bool, before border: Int64) async throws(JournalError) -> Int {
        let unchanged = """
            AND exchange.call = 'status' AND NOT EXISTS (SELECT 1 FROM snapshot WHERE snapshot.job = exchange.job
                AND exchange.id IN (snapshot.firstExchange, snapshot.lastExchange))
            """
        let sql = """
            SELECT exchange.id, exchange.replyBody, exchange.requestBody FROM exchange
            LEFT JOIN job ON job.id = exchange.job
            WHERE (exchange.replyBody IS NOT NULL OR exchange.requestBody != '') AND exchange.startedAt < ?1
                AND (exchange.job IS NULL OR (\(Self.finished))) \(onlyUnchanged ? unchanged : "")
            ORDER BY exchange.id LIMIT \(Self.batch)
            """
        return try await write { db in
            try Self.prepareDying(db)
            let rows = try Row.fetchAll(db, sql: sql, arguments: [border])
            for row in rows {
                try Self.noteDying(row, db)
                try db.execute(
                    sql: "UPDATE exchange SET replyBody = NULL, requestBody = '' WHERE id = ?",
                    arguments: [try row.value("id") as Int64]
                )
            }
            return rows.count
        }
    }

    private func dropRows(before border: Int64) async throws(JournalError) -> Int {
        try await write { db in
            try Self.prepareDying(db)
            let loose = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, replyBody, requestBody FROM exchange WHERE job IS NULL AND startedAt < ?
                    ORDER BY id LIMIT \(Self.batch)
                    """,
                arguments: [border]
            )
            for row in loose { try Self.drop(exchange: row, db) }
            let jobs = try Int64.fetchAll(
                db,
                sql: "SELECT id FROM job WHERE \(Self.finished) ORDER BY id LIMIT 20",
                arguments: [border]
            )
            for job in jobs {
                let sql = "SELECT id, replyBody, requestBody FROM exchange WHERE job = ?"
                for row in try Row.fetchAll(db, sql: sql, arguments: [job]) { try Self.drop(exchange: row, db) }
                for table in ["snapshot", "asset", "receipt", "attempt"] {
                    try db.execute(sql: "DELETE FROM \(table) WHERE job = ?", arguments: [job])
                }
                try db.execute(sql: "DELETE FROM job WHERE id = ?", arguments: [job])
            }
            return loose.count + jobs.count
        }
    }

    private static func drop(exchange row: Row, _ db: Database) throws {
        try noteDying(row, db)
        let id: Int64 = try row.value("id")
        try db.execute(sql: "DELETE FROM trace WHERE exchange = ?", arguments: [id])
        try db.execute(sql: "DELETE FROM exchange WHERE id = ?", arguments: [id])
    }

    /// Bodies are kept once for all exchanges that share them: those of freed exchanges go when nobody else has them.
    private static func prepareDying(_ db: Database) throws {
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS dying (hash BLOB PRIMARY KEY) WITHOUT ROWID")
    }

    private static func noteDying(_ row: Row, _ db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO temp.dying VALUES (?)")
        if let hash: Data = try row.value("replyBody") { try insert.execute(arguments: [hash]) }
        for hash in hashes(try row.value("requestBody")) { try insert.execute(arguments: [hash]) }
    }

    private static func hashes(_ pieces: String) -> [Data] {
        pieces.split(separator: " ").compactMap { Hex.decode($0.prefix { $0 != ":" }).map { Data($0) } }
    }

    /// Spares what another exchange still has, looking through them in chunks, and drops the rest in the same commit as
    /// the last chunk: nothing can begin to share a body in between.
    private func dropUnusedBodies() async throws(JournalError) {
        var next: Int64 = 0
        while true {
            let start = next
            let reached: Int64? = try await write { db in
                let rows = try Row.fetchAll(
                    db,
                    sql: "SELECT id, replyBody, requestBody FROM exchange WHERE id > ? ORDER BY id LIMIT \(Self.chunk)",
                    arguments: [start]
                )
                let spare = try db.cachedStatement(sql: "DELETE FROM temp.dying WHERE hash = ?")
                for row in rows {
                    if let hash: Data = try row.value("replyBody") { try spare.execute(arguments: [hash]) }
                    for hash in Self.hashes(try row.value("requestBody")) { try spare.execute(arguments: [hash]) }
                }
                if rows.count == Self.chunk { return rows.last?["id"] }
                try db.execute(sql: "DELETE FROM body WHERE hash IN (SELECT hash FROM temp.dying)")
                try db.execute(sql: "DELETE FROM temp.dying")
                return nil
            }
            guard let reached else { return }
            next = reached
        }
    }
}
