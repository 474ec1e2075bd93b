import GRDB
package import VideoProviderKit

/// What a start found left over from processes that are gone.
package struct Recovery: Sendable, Hashable {
    /// Submits that provably never left; their drafts can be offered again.
    package var unsent: [JobRecord] = []
    /// Submits that may have left when their process died.
    package var unconfirmed: [JobRecord] = []
    /// Jobs whose polling goes on here.
    package var resumed: [JobRecord] = []
    /// Jobs another living process polls.
    package var foreign: [JobRecord] = []
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
                sql: """
                    \(JobRecord.selection) WHERE state IN
                        ('intended', 'sending', 'held', 'submitUnknown', 'submitted', 'queued', 'running')
                    ORDER BY job.id
                    """
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
                switch job.state {
                case .unsent: recovery.unsent.append(job)
                case .submitUnknown: recovery.unconfirmed.append(job)
                default: recovery.resumed.append(job)
                }
            }
            for (owner, lives) in alive where !lives {
                try db.execute(sql: "DELETE FROM process WHERE id = ?", arguments: [owner])
            }
            return recovery
        }
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
        if isChanged { job = try Self.job(job.id, db) } else { job.owner = processID }
    }

    private static func isAlive(_ process: Int64, _ db: Database) throws -> Bool {
        let path = try String.fetchOne(db, sql: "SELECT lockFile FROM process WHERE id = ?", arguments: [process])
        guard let path, !path.isEmpty else { return false }
        return ProcessLock.isHeld(path)
    }
}
