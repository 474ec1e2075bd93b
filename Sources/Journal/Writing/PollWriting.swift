import GRDB
package import VideoProviderKit

/// What a poll changed.
package struct PollResult: Sendable, Hashable {
    /// What the reply said; nil when the poll itself failed.
    package var snapshot: Snapshot?
    /// The state it leads to; nil leaves it.
    package var state: JobState?
    /// Whether the job is asked about from now on; nil leaves it.
    package var polling: Polling?
    /// Why the job ended badly.
    package var fault: Fault?
    /// The state in which the job was asked about.
    ///
    /// When that was not over and the job is by now, the answer came too late and changes nothing.
    package var asked: JobState?
    /// The epoch in which this process holds the job; nil for what the user asks for, which needs no lease.
    ///
    /// When the job has changed hands since, nothing is stored.
    package var lease: Int?

    /// Makes a result.
    package init(
        snapshot: Snapshot? = nil,
        state: JobState? = nil,
        polling: Polling? = nil,
        fault: Fault? = nil,
    ) {
        self.snapshot = snapshot
        self.state = state
        self.polling = polling
        self.fault = fault
    }
}

extension JobJournal {
    /// Stores a poll's exchange and what it changed in one commit.
    package func record(
        _ result: PollResult,
        for job: Int64,
        exchange: ExchangeRecord,
        lifetime: Duration?,
        at now: UpstreamTime,
    ) async throws(JournalError) -> Int {
        try await write { db in
            let number = try self.insert(exchange, db)
            try self.apply(result, to: job, exchange: number, lifetime: lifetime, at: now, db)
            return number
        }
    }

    /// Changes a job without an exchange: `stop`, `resume`, a horizon passed.
    ///
    /// With `takes` the job becomes this process' own first, so that another that polls it notices.
    package func update(
        _ job: Int64,
        _ result: PollResult,
        takes: Bool = false,
        at now: UpstreamTime
    ) async throws(JournalError) {
        try await write { db in
            if takes { try self.take(job, db) }
            try self.apply(result, to: job, exchange: 0, lifetime: nil, at: now, db)
        }
    }

    /// Has a job asked about again, by this process.
    package func resume(_ job: Int64, at now: UpstreamTime) async throws(JournalError) {
        try await write { db in
            try self.take(job, db)
            try db.execute(
                sql: "UPDATE job SET polling = 'active', resumedAt = ? WHERE id = ?",
                arguments: [now.milliseconds, job]
            )
        }
    }

    func apply(
        _ result: PollResult,
        to job: Int64,
        exchange: Int,
        lifetime: Duration?,
        at now: UpstreamTime,
        _ db: Database,
    ) throws {
        if result.lease != nil || result.asked?.isTerminal == false {
            let (state, owner, epoch) = try Self.standing(job, db)
            if let lease = result.lease, owner != processID || epoch != lease {
                throw JournalError(code: .takenOver, path: "", underlying: "")
            }
            if let asked = result.asked, !asked.isTerminal, state?.isTerminal == true { return }
        }
        if let snapshot = result.snapshot {
            try note(snapshot, job, exchange, now, db)
            try carry(snapshot.carry, job, db)
            for (index, asset) in zip(try places(of: snapshot.assets, job, db), snapshot.assets) {
                try note(asset, index, job, lifetime, snapshot.facts.expiresAt, now, db)
            }
        }
        if let polling = result.polling {
            try db.execute(sql: "UPDATE job SET polling = ? WHERE id = ?", arguments: [polling.rawValue, job])
        }
        if let state = result.state {
            try setState(state, result.fault ?? result.snapshot?.fault, job, now, db)
            if state == .running {
                try db.execute(
                    sql: "UPDATE job SET startedAt = COALESCE(startedAt, ?) WHERE id = ?",
                    arguments: [now.milliseconds, job]
                )
            }
        }
    }

    // Asked for each poll, so the statement is kept and only what is needed is read.
    private static func standing(_ job: Int64, _ db: Database) throws -> (JobState?, owner: Int64?, epoch: Int?) {
        let statement = try db.cachedStatement(sql: "SELECT state, owner, epoch FROM job WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job]) else { return (nil, nil, nil) }
        return (JobState(rawValue: row[0]), row[1], row[2])
    }

    private func note(_ snapshot: Snapshot, _ job: Int64, _ exchange: Int, _ now: UpstreamTime, _ db: Database) throws {
        let word = snapshot.word.map(scrubbed)
        let (fraction, progress) = (snapshot.progress?.fraction, snapshot.progress.map { scrubbed($0.asWritten) })
        let extend = try db.cachedStatement(
            sql: """
                UPDATE snapshot SET count = count + 1, lastExchange = ?1, lastAt = ?2
                WHERE id = (SELECT MAX(id) FROM snapshot WHERE job = ?3)
                    AND phase = ?4 AND word IS ?5 AND progressText IS ?6
                """
        )
        try extend.execute(arguments: [
            exchange, now.milliseconds, job, snapshot.phase.name, word, progress,
        ])
        guard db.changesCount == 0 else { return }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO snapshot (job, phase, word, progress, progressText, count, firstExchange, lastExchange,
                    firstAt, lastAt) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
                """
        )
        try insert.execute(arguments: [
            job, snapshot.phase.name, word, fraction, progress, exchange, exchange,
            now.milliseconds, now.milliseconds,
        ])
        let update = try db.cachedStatement(
            sql: """
                UPDATE job SET word = ?, progress = ?, progressText = ?, queuePosition = ?, facts = ? WHERE id = ?
                """
        )
        try update.execute(arguments: [
            word, fraction, progress, snapshot.queuePosition,
            scrubbed(try StoredJSON.encode(snapshot.facts)), job,
        ])
    }

    private func carry(_ values: [String: String], _ job: Int64, _ db: Database) throws {
        guard !values.isEmpty else { return }
        let text = try String.fetchOne(db, sql: "SELECT value FROM receipt WHERE job = ?", arguments: [job])
        guard var receipt: Receipt = StoredJSON.decode(text) else { return }
        receipt.values.merge(values) { _, new in new }
        try db.execute(
            sql: "UPDATE receipt SET value = ? WHERE job = ?",
            arguments: [scrubbed(try StoredJSON.encode(receipt)), job]
        )
    }

    /// The numbers of assets: those they had when they were last named, and else by their order.
    ///
    /// A vendor may list the same films in another order when it signs their links anew.
    private func places(of assets: [Asset], _ job: Int64, _ db: Database) throws -> [Int] {
        guard !assets.isEmpty else { return [] }
        var known: [String: Int] = [:]
        for row in try Row.fetchAll(
            db,
            sql: "SELECT n, source FROM asset WHERE job = ? ORDER BY n DESC",
            arguments: [job]
        ) {
            let asset: Asset? = StoredJSON.decode(try row.value("source"))
            if let file = asset?.unsignedLink { known[file] = try row.value("n") }
        }
        var places = assets.map { asset in asset.unsignedLink.flatMap { known.removeValue(forKey: $0) } }
        for index in places.indices where places[index] == nil {
            let isFree = { (place: Int) in !places.contains(place) }
            places[index] = isFree(index) ? index : (0...).first(where: isFree)
        }
        return places.compactMap(\.self)
    }

    private func note(
        _ asset: Asset,
        _ index: Int,
        _ job: Int64,
        _ lifetime: Duration?,
        _ expiry: UpstreamTime?,
        _ now: UpstreamTime,
        _ db: Database,
    ) throws {
        let source = scrubbed(try StoredJSON.encode(asset))
        let promised = lifetime.map { now.milliseconds + $0.microseconds / 1000 }
        let expiresAt = [promised, expiry?.milliseconds].compactMap(\.self).min()
        // A link that was seen before keeps the life it was given then; a fresh link starts a new one.
        try db.execute(
            sql: """
                INSERT INTO asset (job, n, kind, source, seenAt, expiresAt, state) VALUES (?, ?, ?, ?, ?, ?, 'known')
                ON CONFLICT (job, n) DO UPDATE SET source = excluded.source, seenAt = excluded.seenAt,
                    expiresAt = excluded.expiresAt,
                    state = CASE state WHEN 'expired' THEN 'known' ELSE state END
                WHERE source != excluded.source
                """,
            arguments: [job, index, asset.kind.rawValue, source, now.milliseconds, expiresAt]
        )
    }
}

extension Asset {
    /// The link without what signs it; nil for what has none.
    fileprivate var unsignedLink: String? {
        guard case .remote(let link) = source else { return nil }
        return link.split(separator: "?", maxSplits: 1).first.map(String.init)
    }
}
