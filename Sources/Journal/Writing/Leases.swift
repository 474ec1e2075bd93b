import GRDB

/// Another process that uses this journal.
package struct Neighbour: Sendable, Hashable {
    /// Its row, the owner of its jobs.
    package var id: Int64
    /// Counts on for as long as it is awake and owns jobs.
    package var beat: Int
    /// Whether its lock is held, which only a living process does.
    package var isAlive: Bool
    /// Whether there are unfinished jobs of its own.
    package var ownsJobs: Bool

    /// Makes a neighbour.
    package init(id: Int64, beat: Int, isAlive: Bool, ownsJobs: Bool) {
        self.id = id
        self.beat = beat
        self.isAlive = isAlive
        self.ownsJobs = ownsJobs
    }
}

/// What the other processes are doing.
package struct Neighbourhood: Sendable, Hashable {
    /// The others.
    package var processes: [Neighbour]
    /// Whether there are unfinished jobs that nobody owns.
    package var hasOrphans: Bool
}

extension JobJournal {
    /// Shows the others that this process is awake.
    package func beat() async throws(JournalError) {
        let (id, path) = (processID, lock?.path ?? "")
        try await write { db in
            try db.execute(sql: "UPDATE process SET beat = beat + 1 WHERE id = ?", arguments: [id])
            guard db.changesCount == 0 else { return }
            // Somebody took this process for dead; it is not.
            try db.execute(
                sql: "INSERT INTO process (id, lockFile, startedAt, beat) VALUES (?, ?, 0, 1)",
                arguments: [id, path]
            )
        }
    }

    /// Looks at the other processes.
    package func neighbourhood() async throws(JournalError) -> Neighbourhood {
        let ownID = processID
        let (rows, hasOrphans) = try await read { db in
            let processes = try db.cachedStatement(
                sql: """
                    SELECT id, lockFile, beat, EXISTS (
                        SELECT 1 FROM job WHERE owner = process.id AND state IN \(Schema.unfinished))
                    FROM process WHERE id != ?
                    """
            )
            let orphans = try db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM job WHERE owner IS NULL AND state IN \(Schema.unfinished))"
            )
            let rows = try Row.fetchAll(processes, arguments: [ownID])
                .map { (id: $0[0] as Int64, path: $0[1] as String, beat: $0[2] as Int, ownsJobs: $0[3] as Bool) }
            return (rows, try Bool.fetchOne(orphans) ?? false)
        }
        let processes = rows.map { row in
            Neighbour(
                id: row.id,
                beat: row.beat,
                isAlive: !row.path.isEmpty && ProcessLock.isHeld(row.path),
                ownsJobs: row.ownsJobs
            )
        }
        return Neighbourhood(processes: processes, hasOrphans: hasOrphans)
    }

    /// Gives up the jobs this process polls, so that another may take them at once.
    ///
    /// What is being sent stays: its answer is still to come here.
    ///
    /// - Returns: the rows that were given up.
    @discardableResult
    package func giveBack() async throws(JournalError) -> [Int64] {
        let ownID = processID
        return try await write { db in
            try Int64.fetchAll(
                db,
                sql: """
                    UPDATE job SET owner = NULL WHERE owner = ? AND state IN ('submitUnknown', 'submitted', 'queued', 'running')
                    RETURNING id
                    """,
                arguments: [ownID]
            )
        }
    }

    /// The unfinished jobs this process owns.
    package func ownedJobs() async throws(JournalError) -> Set<Int64> {
        let ownID = processID
        return try await read { db in
            let sql = "SELECT id FROM job WHERE owner = ? AND state IN \(Schema.unfinished)"
            return try Set(Int64.fetchAll(db, sql: sql, arguments: [ownID]))
        }
    }

    /// A number that changes whenever another process has written.
    package func outsideVersion() async throws(JournalError) -> Int {
        try await read { db in try Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
    }

    /// The jobs of these rows.
    package func jobs(ids: Set<Int64>) async throws(JournalError) -> [JobRecord] {
        try await read { db in
            let list = ids.map(String.init).joined(separator: ",")
            return try Row.fetchAll(db, sql: "\(JobRecord.selection) WHERE job.id IN (\(list)) ORDER BY job.id")
                .map(JobRecord.init(row:))
        }
    }

    /// Changes whether many jobs are asked about, in one commit.
    ///
    /// - Returns: those that were changed.
    package func setPolling(
        _ polling: Polling,
        of jobs: some Sequence<Int64> & Sendable,
        from old: Polling? = nil
    )
        async throws(JournalError) -> [JobRecord]
    {
        try await write { db in
            let sql = "UPDATE job SET polling = ?1 WHERE id = ?2 AND (?3 IS NULL OR polling = ?3) AND owner = ?4"
            let statement = try db.cachedStatement(sql: sql)
            var changed: [JobRecord] = []
            for job in jobs {
                try statement.execute(arguments: [polling.rawValue, job, old?.rawValue, self.processID])
                if db.changesCount > 0 { changed.append(try Self.job(job, db)) }
            }
            return changed
        }
    }
}
