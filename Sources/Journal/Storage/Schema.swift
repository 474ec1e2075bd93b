import GRDB

/// The tables, as numbered forward migrations.
///
/// Each is additive; an older reel refuses a file it does not know.
enum Schema {
    /// The number of the newest migration, kept in `user_version`.
    static let version = 3

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in try db.execute(sql: version1) }
        migrator.registerMigration("2") { db in
            try db.execute(sql: version2)
            KillPoint.migrating.reached()
        }
        migrator.registerMigration("3") { db in try db.execute(sql: version3) }
        return migrator
    }

    // Times are milliseconds since 1970 UTC, durations microseconds, hashes SHA-256 as blobs, structured values JSON.
    private static let version1 = """
        CREATE TABLE process (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lockFile TEXT NOT NULL,
            startedAt INTEGER NOT NULL
        );
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number INTEGER UNIQUE,
            state TEXT NOT NULL,
            polling TEXT NOT NULL DEFAULT 'active',
            provider TEXT NOT NULL,
            instance TEXT NOT NULL,
            baseURL TEXT NOT NULL,
            account TEXT NOT NULL,
            model TEXT,
            draft TEXT NOT NULL,
            draftHash BLOB NOT NULL,
            tag TEXT NOT NULL,
            note TEXT,
            createdAt INTEGER NOT NULL,
            submittedAt INTEGER,
            startedAt INTEGER,
            finishedAt INTEGER,
            word TEXT,
            progress REAL,
            progressText TEXT,
            queuePosition INTEGER,
            taskID TEXT,
            facts TEXT,
            fault TEXT,
            owner INTEGER,
            epoch INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX jobByState ON job(state);
        CREATE INDEX jobByDraft ON job(draftHash, createdAt);
        CREATE INDEX jobByTask ON job(taskID);
        CREATE TABLE attempt (
            job INTEGER NOT NULL REFERENCES job(id),
            n INTEGER NOT NULL,
            sentAt INTEGER NOT NULL,
            verdict TEXT,
            exchange INTEGER,
            PRIMARY KEY (job, n)
        ) WITHOUT ROWID;
        CREATE TABLE receipt (
            job INTEGER PRIMARY KEY REFERENCES job(id),
            version INTEGER NOT NULL,
            value TEXT NOT NULL,
            exchange INTEGER
        );
        CREATE TABLE body (
            hash BLOB PRIMARY KEY,
            bytes BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE exchange (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER REFERENCES job(id),
            call TEXT NOT NULL,
            instance TEXT NOT NULL,
            method TEXT NOT NULL,
            url TEXT NOT NULL,
            startedAt INTEGER NOT NULL,
            requestHead BLOB NOT NULL,
            requestBody TEXT NOT NULL,
            status INTEGER,
            httpVersion TEXT,
            replyHead BLOB NOT NULL,
            replyBody BLOB,
            dns INTEGER NOT NULL,
            connect INTEGER NOT NULL,
            tls INTEGER NOT NULL,
            send INTEGER NOT NULL,
            ttfb INTEGER NOT NULL,
            receive INTEGER NOT NULL,
            total INTEGER NOT NULL,
            remote TEXT,
            reused INTEGER NOT NULL,
            tlsVersion TEXT,
            bytesSent INTEGER NOT NULL,
            bytesReceived INTEGER NOT NULL,
            failurePhase TEXT,
            failureText TEXT,
            fault TEXT
        );
        CREATE INDEX exchangeByJob ON exchange(job, id);
        CREATE INDEX exchangeByTime ON exchange(startedAt);
        CREATE TABLE trace (
            value TEXT NOT NULL,
            exchange INTEGER NOT NULL REFERENCES exchange(id),
            name TEXT NOT NULL,
            PRIMARY KEY (value, exchange)
        ) WITHOUT ROWID;
        CREATE INDEX traceByExchange ON trace(exchange);
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES job(id),
            phase TEXT NOT NULL,
            word TEXT,
            progress REAL,
            progressText TEXT,
            count INTEGER NOT NULL,
            firstExchange INTEGER NOT NULL,
            lastExchange INTEGER NOT NULL,
            firstAt INTEGER NOT NULL,
            lastAt INTEGER NOT NULL
        );
        CREATE INDEX snapshotByJob ON snapshot(job, id);
        CREATE TABLE asset (
            job INTEGER NOT NULL REFERENCES job(id),
            n INTEGER NOT NULL,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            seenAt INTEGER NOT NULL,
            expiresAt INTEGER,
            state TEXT NOT NULL,
            path TEXT,
            part TEXT,
            validator TEXT,
            size INTEGER,
            sha256 BLOB,
            PRIMARY KEY (job, n)
        ) WITHOUT ROWID;
        """

    // A beat that goes on shows that its process is awake. The index holds unfinished jobs alone, so that those of one
    // owner, or of none, are found without reading the rest.
    private static let version2 = """
        ALTER TABLE process ADD COLUMN beat INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE job ADD COLUMN resumedAt INTEGER;
        CREATE INDEX jobByOwner ON job(owner) WHERE state IN \(unfinished);
        PRAGMA user_version = 2;
        """

    // Where an exchange is from that was not made with the network: an archive, a cassette.
    private static let version3 = """
        ALTER TABLE exchange ADD COLUMN source TEXT;
        PRAGMA user_version = 3;
        """

    /// The states in which something is still to happen, as a list of SQL.
    static let unfinished = "('intended', 'sending', 'held', 'submitUnknown', 'submitted', 'queued', 'running')"
}
