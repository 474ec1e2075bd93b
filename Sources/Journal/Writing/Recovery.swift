import GRDB
package import VideoProviderKit

/// What was found left over from processes that are gone or no longer answer.
package struct Recovery: Sendable, Hashable {
    /// Submits that provably never left; their drafts can be offered again.
    package var unsent: [JobRecord] = []
    /// Submits that may have left when their process died.
    package var unconfirmed: [JobRecord] = []
    /// Jobs whose polling goes on here.
    package var resumed: [JobRecord] = []
    /// Jobs another living process polls.
    package var foreign: [JobRecord] = []

    /// Finds nothing.
    package init() {}
}

extension JobJournal {
    /// Takes over the jobs of processes that are gone: intended and held ones become unsent, sending ones unconfirmed,
    /// the rest is polled on.
    ///
    /// Jobs of living processes are left alone.
    package func recover(at now: UpstreamTime) async throws(JournalError) -> Recovery {
        let ownID = processID
        return try await write { db in
            var recovery = Recovery()
            var alive: [Int64: Bool] = [ownID: true]
            let rows = try Row.fetchAll(
                db,
                sql: "\(JobRecord.selection) WHERE state IN \(Schema.unfinished) ORDER BY job.id"
            )
            for var job in rows.map(JobRecord.init(row:)) {
                if let owner = job.owner, owner != ownID {
                    let lives = try alive[owner] ?? Self.isAlive(owner, db)
                    alive[owner] = lives
                    if lives {
                        recovery.foreign.append(job)
                        continue
                    }
                }
                try self.takeOver(&job, now, db)
                recovery.add(job)
            }
            for (owner, lives) in alive where !lives { try Self.forget(owner, db) }
            return recovery
        }
    }

    /// Takes over what the processes `dead` and `silent` left, and jobs that were given back.
    ///
    /// What a silent process is sending is left to it as long as it lives: only it knows whether bytes have left.
    package func takeOver(
        dead: Set<Int64>,
        silent: Set<Int64>,
        at now: UpstreamTime
    ) async throws(JournalError) -> Recovery {
        try await write { db in
            var recovery = Recovery()
            let owners = dead.union(silent).map(String.init).joined(separator: ",")
            let sql = """
                \(JobRecord.selection) WHERE state IN \(Schema.unfinished) AND (owner IN (\(owners)) OR owner IS NULL)
                ORDER BY job.id
                """
            for var job in try Row.fetchAll(db, sql: sql).map(JobRecord.init(row:)) {
                if job.state == .sending, let owner = job.owner, silent.contains(owner) { continue }
                try self.takeOver(&job, now, db)
                recovery.add(job)
            }
            for owner in dead { try Self.forget(owner, db) }
            return recovery
        }
    }

    /// Makes the job this process' own, if it is not.
    func take(_ job: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE job SET owner = ?1, epoch = epoch + 1 WHERE id = ?2 AND owner IS NOT ?1"
        )
        try statement.execute(arguments: [processID, job])
    }

    private func takeOver(_ job: inout JobRecord, _ now: UpstreamTime, _ db: Database) throws {
        switch job.state {
        case .intended, .held:
            var fault = Fault(.cancelled, "The program ended before the request was sent.")
            fault.accepted = .no
            try setState(.unsent, fault, job.id, now, db)
        case .sending:
            var fault = Fault(.unconfirmed, "The program ended while the request was being sent.")
            fault.sent = .partly
            try setState(.submitUnknown, fault, job.id, now, db)
            try number(job.id, db)
        default: break
        }
        let isChanged = job.state == .intended || job.state == .held || job.state == .sending
        let take = try db.cachedStatement(sql: "UPDATE job SET owner = ?, epoch = epoch + 1 WHERE id = ?")
        try take.execute(arguments: [processID, job.id])
        // A start with a thousand unfinished jobs must not read each of them twice.
        if isChanged {
            job = try Self.job(job.id, db)
        } else {
            job.owner = processID
            job.epoch += 1
        }
    }

    private static func isAlive(_ process: Int64, _ db: Database) throws -> Bool {
        let path = try String.fetchOne(db, sql: "SELECT lockFile FROM process WHERE id = ?", arguments: [process])
        guard let path, !path.isEmpty else { return false }
        return ProcessLock.isHeld(path)
    }

    private static func forget(_ process: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM process WHERE id = ?", arguments: [process])
    }
}

extension Recovery {
    fileprivate mutating func add(_ job: JobRecord) {
        switch job.state {
        case .unsent: unsent.append(job)
        case .submitUnknown: unconfirmed.append(job)
        default: resumed.append(job)
        }
    }
}
