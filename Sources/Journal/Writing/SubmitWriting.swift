import Foundation
import GRDB
package import VideoProviderKit

/// What is stored before the first byte of a submit leaves.
package struct SubmitIntent: Sendable {
    /// The provider's id.
    package var provider: ProviderID
    /// The instance, account and address it goes to.
    package var origin: Receipt.Origin
    /// The draft as JSON.
    package var draft: String
    /// The hash of account, model and values by which equal drafts are known.
    package var draftHash: [UInt8]
    /// The client tag.
    package var tag: String
    /// The user's note.
    package var note: String?

    /// Makes an intent.
    package init(
        provider: ProviderID,
        origin: Receipt.Origin,
        draft: String,
        draftHash: [UInt8],
        tag: String,
        note: String?,
    ) {
        self.provider = provider
        self.origin = origin
        self.draft = draft
        self.draftHash = draftHash
        self.tag = tag
        self.note = note
    }
}

/// What became of an intent.
package enum IntentOutcome: Sendable, Hashable {
    /// It is on the disk as this job.
    case stored(Int64)
    /// An equal draft is under way or was just accepted; nothing was stored.
    case equal(JobRecord)
}

/// How an attempt to submit ended, as it is stored.
package enum SubmitEnd: Sendable, Hashable {
    /// A task exists.
    case accepted(Receipt, Snapshot)
    /// Refused.
    case rejected(Fault)
    /// Nothing was accepted and a repeat is due.
    case held(Fault)
    /// Nothing was accepted and no repeat will be made.
    case unsent(Fault)
    /// No clear answer.
    case unknown(Fault)

    var verdict: String {
        switch self {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .held: "held"
        case .unsent: "unsent"
        case .unknown: "unknown"
        }
    }
}

extension JobJournal {
    /// Stores the intent unless an equal draft is intended, sending, held or unconfirmed, or was accepted since
    /// `recent`.
    ///
    /// One transaction, so of two processes only one gets through.
    package func store(
        _ intent: SubmitIntent,
        allowEqual: Bool,
        recent: UpstreamTime,
        at now: UpstreamTime
    )
        async throws(JournalError) -> IntentOutcome
    {
        let draft = scrubbed(intent.draft)
        return try await write { db in
            if !allowEqual, let equal = try Self.equalJob(intent, recent, db) { return .equal(equal) }
            try db.execute(
                sql: """
                    INSERT INTO job (state, provider, instance, baseURL, account, model, draft, draftHash, tag, note,
                        createdAt, owner)
                    VALUES ('intended', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    intent.provider.rawValue, intent.origin.instance, intent.origin.baseURL, intent.origin.account,
                    intent.origin.model.map(self.scrubbed), draft, Data(intent.draftHash), intent.tag,
                    intent.note.map(self.scrubbed), now.milliseconds,
                    self.processID,
                ]
            )
            let job = db.lastInsertedRowID
            // Others see it at once, and have to be able to name it.
            try self.number(job, db)
            return .stored(job)
        }
    }

    private static func equalJob(_ intent: SubmitIntent, _ recent: UpstreamTime, _ db: Database) throws -> JobRecord? {
        try Row.fetchOne(
            db,
            sql: """
                \(JobRecord.selection) WHERE draftHash = ? AND (
                    state IN ('intended', 'sending', 'held', 'submitUnknown') OR submittedAt >= ?)
                ORDER BY job.id DESC
                """,
            arguments: [Data(intent.draftHash), recent.milliseconds]
        ).map(JobRecord.init(row:))
    }

    /// Moves the job from intended or held to sending; whoever loses this race must not send.
    ///
    /// With `replaying` an unconfirmed job too: its vendor knows a repeated request by its key.
    ///
    /// - Returns: the number of the attempt, or nil when the job is not there to be sent.
    package func beginSending(
        _ job: Int64,
        replaying: Bool = false,
        at now: UpstreamTime
    ) async throws(JournalError) -> Int? {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE job SET state = 'sending' WHERE id = ? AND owner = ?
                        AND state IN ('intended', 'held', \(replaying ? "'submitUnknown'" : "'held'"))
                    """,
                arguments: [job, self.processID]
            )
            guard db.changesCount == 1 else { return nil }
            let attempt = try Int.fetchOne(db, sql: "SELECT COUNT(*) + 1 FROM attempt WHERE job = ?", arguments: [job])
            try db.execute(
                sql: "INSERT INTO attempt (job, n, sentAt) VALUES (?, ?, ?)",
                arguments: [job, attempt, now.milliseconds]
            )
            return attempt
        }
    }

    /// Stores how an attempt ended: exchange, verdict, receipt and number in one commit.
    package func finishAttempt(
        _ job: Int64,
        attempt: Int,
        exchange: ExchangeRecord?,
        end: SubmitEnd,
        lifetime: Duration?,
        at now: UpstreamTime,
    ) async throws(JournalError) -> JobRecord {
        try await write { db in
            let number = try exchange.map { try self.insert($0, db) }
            try db.execute(
                sql: "UPDATE attempt SET verdict = ?, exchange = ? WHERE job = ? AND n = ?",
                arguments: [end.verdict, number, job, attempt]
            )
            try self.apply(end, to: job, exchange: number, lifetime: lifetime, at: now, db)
            return try Self.job(job, db)
        }
    }

    /// Keeps the ids of tasks that an unconfirmed job may be.
    package func suggest(_ tasks: [String], for job: Int64) async throws(JournalError) -> JobRecord {
        try await write { db in
            let record = try Self.job(job, db)
            guard record.state == .submitUnknown else { return record }
            var fault = record.fault ?? Fault(.unconfirmed, "")
            fault.candidates = tasks
            let text = self.scrubbed(try StoredJSON.encode(fault))
            try db.execute(sql: "UPDATE job SET fault = ? WHERE id = ?", arguments: [text, job])
            return try Self.job(job, db)
        }
    }

    /// Ends a job whose attempt never began: nothing was sent.
    package func giveUp(_ job: Int64, _ fault: Fault, at now: UpstreamTime) async throws(JournalError) {
        _ = try await write { db in try self.apply(.unsent(fault), to: job, exchange: nil, lifetime: nil, at: now, db) }
    }

    /// Attaches a receipt to a new or an unconfirmed job: a task made elsewhere, or found again.
    package func adopt(
        _ intent: SubmitIntent,
        as job: Int64?,
        receipt: Receipt,
        snapshot: Snapshot,
        exchange: ExchangeRecord,
        lifetime: Duration?,
        at now: UpstreamTime,
    ) async throws(JournalError) -> (job: JobRecord, exchange: Int) {
        let draft = scrubbed(intent.draft)
        return try await write { db in
            var row = job
            if row == nil {
                try db.execute(
                    sql: """
                        INSERT INTO job (state, provider, instance, baseURL, account, model, draft, draftHash, tag,
                            note, createdAt, owner)
                        VALUES ('submitUnknown', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        intent.provider.rawValue, intent.origin.instance, intent.origin.baseURL,
                        intent.origin.account, intent.origin.model.map(self.scrubbed), draft, Data(intent.draftHash),
                        intent.tag,
                        intent.note.map(self.scrubbed), now.milliseconds, self.processID,
                    ]
                )
                row = db.lastInsertedRowID
            }
            guard let row else { throw JournalError(code: .failed, path: "", underlying: "no row was made") }
            var exchange = exchange
            exchange.job = row
            let number = try self.insert(exchange, db)
            try self.apply(.accepted(receipt, snapshot), to: row, exchange: number, lifetime: lifetime, at: now, db)
            return (try Self.job(row, db), number)
        }
    }

    private func apply(
        _ end: SubmitEnd,
        to job: Int64,
        exchange: Int?,
        lifetime: Duration?,
        at now: UpstreamTime,
        _ db: Database,
    ) throws {
        switch end {
        case .accepted(let receipt, let snapshot):
            try db.execute(
                sql: "INSERT OR REPLACE INTO receipt (job, version, value, exchange) VALUES (?, ?, ?, ?)",
                arguments: [job, receipt.version, scrubbed(try StoredJSON.encode(receipt)), exchange]
            )
            try db.execute(
                sql: """
                    UPDATE job SET state = 'submitted', polling = 'active', taskID = ?, submittedAt = ?, fault = NULL
                        WHERE id = ?
                    """,
                arguments: [scrubbed(receipt.taskID), now.milliseconds, job]
            )
            try take(job, db)
            try number(job, db)
            // A vendor may call a task done in its answer to the submit; without a film that ends nothing.
            let namesNoFilm = snapshot.phase == .succeeded && snapshot.assets.isEmpty
            try apply(
                PollResult(snapshot: snapshot, state: namesNoFilm ? nil : JobState(snapshot.phase)),
                to: job,
                exchange: exchange ?? 0,
                lifetime: lifetime,
                at: now,
                db
            )
        case .unknown(let fault):
            try setState(.submitUnknown, fault, job, now, db)
            try number(job, db)
        case .held(let fault): try setState(.held, fault, job, now, db)
        case .unsent(let fault):
            try setState(.unsent, fault, job, now, db)
            try freeNumber(of: job, db)
        case .rejected(let fault):
            try setState(.rejected, fault, job, now, db)
            try freeNumber(of: job, db)
        }
    }

    /// Takes the number back from a submit of which nothing was accepted: there is no job.
    func freeNumber(of job: Int64, _ db: Database) throws {
        try db.execute(sql: "UPDATE job SET number = NULL WHERE id = ?", arguments: [job])
    }

    func number(_ job: Int64, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE job SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM job) WHERE id = ? AND number IS NULL
                """,
            arguments: [job]
        )
    }

    func setState(_ state: JobState, _ fault: Fault?, _ job: Int64, _ now: UpstreamTime, _ db: Database) throws {
        try db.execute(
            sql:
                "UPDATE job SET state = ?, fault = ?, finishedAt = CASE WHEN ? THEN ? ELSE finishedAt END WHERE id = ?",
            arguments: [
                state.rawValue, try fault.map { scrubbed(try StoredJSON.encode($0)) }, state.isTerminal,
                now.milliseconds, job,
            ]
        )
    }

    static func job(_ id: Int64, _ db: Database) throws -> JobRecord {
        let statement = try db.cachedStatement(sql: "\(JobRecord.selection) WHERE job.id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            throw JournalError(code: .failed, path: "", underlying: "job row \(id) is missing")
        }
        return try JobRecord(row: row)
    }
}
