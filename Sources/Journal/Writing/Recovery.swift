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

    /// Finds nothing.
    package init() {}
}

extension JobJournal {
    /// Takes over the jobs of processes that are gone: intended and held ones become unsent, sending ones unconfirmed,
    /// the rest is polled on.
    ///
    /// Jobs of living processes are left alone. A process that will not poll, such as one command, passes false for
    /// `takesOver`: it settles what cannot be told from the state alone and leaves the rest to others.
    package func recover(at now: UpstreamTime, takesOver: Bool = true) async throws(JournalError) -> Recovery {
        let ownID = processID
        return try await write { db in
            let foreign = try Self.livingOwners(besides: ownID, db)
            var recovery = Recovery()
            for job in try JobRecord.fetchAll(db, "WHERE state IN ('intended', 'held', 'sending') ORDER BY job.id") {
                if let owner = job.owner, foreign.contains(owner) {
                    recovery.foreign.append(job)
                } else if let unsent = try self.settle(job, now, db) {
                    recovery.unsent.append(unsent)
                }
            }
            guard takesOver else { return recovery }
            // One statement for all of them: a start with a thousand unfinished jobs is a start like any other.
            let list = foreign.map(String.init).joined(separator: ",")
            try db.execute(
                sql: """
                    UPDATE job SET owner = ?, epoch = epoch + 1, polling = \(Self.withoutCassette)
                    WHERE state IN (\(Self.unfinished)) AND (owner IS NULL OR owner NOT IN (\(list)))
                    """,
                arguments: [ownID]
            )
            for job in try JobRecord.fetchAll(db, "WHERE state IN (\(Self.unfinished)) ORDER BY job.id") {
                if let owner = job.owner, foreign.contains(owner) {
                    recovery.foreign.append(job)
                } else if job.state == .submitUnknown {
                    recovery.unconfirmed.append(job)
                } else {
                    recovery.resumed.append(job)
                }
            }
            recovery.foreign.sort { $0.id < $1.id }
            return recovery
        }
    }

    private static let unfinished = "'submitUnknown', 'submitted', 'queued', 'running'"

    // A cassette ends with the process that plays it, and so does the rest of jobs it has no answer for.
    private static let withoutCassette =
        "CASE polling WHEN '\(Polling.paused(.notRecorded).rawValue)' THEN 'active' ELSE polling END"

    // Intended and held submits provably did not leave; a sending one may have.
    private func settle(_ job: JobRecord, _ now: UpstreamTime, _ db: Database) throws -> JobRecord? {
        if job.state == .sending {
            var fault = Fault(.unconfirmed, "The program ended while the request was being sent.")
            fault.sent = .partly
            try setState(.submitUnknown, fault, job.id, now, db)
            try number(job.id, db)
            return nil
        }
        var fault = Fault(.cancelled, "The program ended before the request was sent.")
        fault.accepted = .no
        try setState(.unsent, fault, job.id, now, db)
        try freeNumber(of: job.id, db)
        return try Self.job(job.id, db)
    }

    // Forgets processes that are gone.
    private static func livingOwners(besides ownID: Int64, _ db: Database) throws -> Set<Int64> {
        let others = try Row.fetchAll(db, sql: "SELECT id, lockFile FROM process WHERE id != ?", arguments: [ownID])
        var living: Set<Int64> = []
        for other in others {
            let (id, lockFile): (Int64, String) = (try other.value("id"), try other.value("lockFile"))
            if !lockFile.isEmpty, ProcessLock.isHeld(lockFile) {
                living.insert(id)
            } else {
                try db.execute(sql: "DELETE FROM process WHERE id = ?", arguments: [id])
            }
        }
        return living
    }
}

extension JobJournal {
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
            let left = "WHERE state IN \(Schema.unfinished) AND (owner IN (\(owners)) OR owner IS NULL) ORDER BY job.id"
            for job in try JobRecord.fetchAll(db, left) {
                if job.state == .sending, let owner = job.owner, silent.contains(owner) { continue }
                try self.take(job.id, db)
                switch job.state {
                case .intended, .held:
                    if let unsent = try self.settle(job, now, db) { recovery.unsent.append(unsent) }
                case .sending:
                    _ = try self.settle(job, now, db)
                    recovery.unconfirmed.append(try Self.job(job.id, db))
                default: recovery.resumed.append(try Self.job(job.id, db))
                }
            }
            for owner in dead { try db.execute(sql: "DELETE FROM process WHERE id = ?", arguments: [owner]) }
            return recovery
        }
    }

    /// Makes the job this process' own, if it is not.
    func take(_ job: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE job SET owner = ?1, epoch = epoch + 1, polling = \(Self.withoutCassette)
                WHERE id = ?2 AND owner IS NOT ?1
                """
        )
        try statement.execute(arguments: [processID, job])
    }
}
