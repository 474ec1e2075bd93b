import GRDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A database as it could be opened, with what there is to say about it.
struct OpenedDatabase {
    var queue: DatabaseQueue
    /// Why it can only be read; nil when it can be written.
    var readOnly: JournalError.Code?
    /// What was found and done on the way, for the person.
    var notice: String?
    /// A folder that goes when the journal is closed.
    var temporary: String?
}

/// Opens the journal whatever state its file is in: read-only where writing is impossible or wrong, and anew where the
/// old file is damaged.
enum Opening {
    static func open(_ directory: String, lock: ProcessLock?, now: Int64) throws -> OpenedDatabase {
        let path = "\(directory)/journal.sqlite"
        guard lock != nil else { return try openReadOnly(path, .readOnly) }
        let isDamaged = access("\(directory)/damaged", F_OK) == 0 || isEmptied(directory)
        if isDamaged || DamagedJournal.hasBrokenLog(directory, lock) {
            return try replace(directory, lock, now)
        }
        do { return try openWritable(path, directory) } catch is RowDecodingError {
            return try replace(directory, lock, now)
        } catch let error as DatabaseError {
            switch error.resultCode {
            // Of an undamaged file no statement of the migrations is in error.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR: return try replace(directory, lock, now)
            case .SQLITE_READONLY, .SQLITE_CANTOPEN: return try openReadOnly(path, .readOnly)
            case .SQLITE_FULL, .SQLITE_IOERR:
                // What is kept for receipts lets at least the jobs that there are be followed.
                if DiskReserve.spend("\(directory)/reserve"), let opened = try? openWritable(path, directory) {
                    return opened
                }
                let opened = try openReadOnly(path, .diskFull)
                // Tables of an older version, whose change the disk has no room for, would be misread.
                guard try opened.queue.read(Schema.migrator.hasCompletedMigrations) else { throw error }
                return opened
            default: throw error
            }
        }
    }

    /// A file without even a header beside a reserve, which is made when the first journal is whole: somebody has cut it.
    private static func isEmptied(_ directory: String) -> Bool {
        var info = stat()
        guard stat("\(directory)/journal.sqlite", &info) == 0, info.st_size < 512 else { return false }
        return access("\(directory)/reserve", F_OK) == 0
    }

    private static func openWritable(_ path: String, _ directory: String) throws -> OpenedDatabase {
        let queue = try Self.queue(path)
        guard try !isNewer(queue) else {
            try queue.close()
            return try openReadOnly(path, .newerSchema)
        }
        try migrate(queue, directory)
        return OpenedDatabase(queue: queue)
    }

    /// A connection for reading and writing.
    static func queue(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.label = "reel.journal"
        // Not `journalMode = .wal`: GRDB would then set `synchronous` to NORMAL, which syncs at checkpoints only, and a
        // receipt could be lost with the power. It also asks FileManager about the log, at several milliseconds a start.
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=1; PRAGMA foreign_keys=ON"
            )
        }
        if path == ":memory:" { return try DatabaseQueue(configuration: configuration) }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Brings the file up to date, after a copy of what it was.
    static func migrate(_ queue: DatabaseQueue, _ directory: String?) throws {
        let migrator = Schema.migrator
        // Checked first, since a migration takes a write lock even when there is nothing to do.
        let (isCurrent, isEmpty) = try queue.read { db in
            (try migrator.hasCompletedMigrations(db), try migrator.appliedMigrations(db).isEmpty)
        }
        guard !isCurrent else { return }
        if !isEmpty, let directory { try copy(queue, to: "\(directory)/journal.before-\(Schema.version)") }
        try migrator.migrate(queue)
    }

    private static let largestCopy = 256 << 20

    private static func copy(_ queue: DatabaseQueue, to path: String) throws {
        let size = try queue.read { db in
            try (Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) * (Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
        }
        guard size < largestCopy else { return }
        unlink(path)
        try PrivateFiles.makeFile(path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }

    private static func isNewer(_ queue: DatabaseQueue) throws -> Bool {
        try queue.read { db in
            let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let applied = try Schema.migrator.appliedIdentifiers(db)
            if version > Schema.version
                || applied.contains(where: { (Int($0) ?? 0) > Schema.migrator.migrations.count })
            {
                return true
            }
            // A name that no reel gives to a migration is damage, and no sign of a newer one.
            guard applied.isSubset(of: Schema.migrator.migrations) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the list of migrations is damaged")
            }
            return try Schema.migrator.hasBeenSuperseded(db)
        }
    }

    /// Opens for reading alone; a write-ahead log that cannot be used where it is is read from a copy.
    private static func openReadOnly(_ path: String, _ reason: JournalError.Code) throws -> OpenedDatabase {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let why =
            switch reason {
            case .newerSchema:
                "a newer reel has written the journal; it can only be read here, so nothing is submitted or polled"
            case .diskFull: "the disk of the journal is full; it can only be read, so nothing is submitted or polled"
            default: "the journal can only be read, so nothing is submitted or polled"
            }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_schema") }
            return OpenedDatabase(queue: queue, readOnly: reason, notice: why)
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_FULL].contains(error.resultCode)
        {
            return try openCopy(path, reason, why)
        }
    }

    private static func openCopy(_ path: String, _ reason: JournalError.Code, _ why: String) throws -> OpenedDatabase {
        let folder = try PrivateFiles.makeTemporaryDirectory()
        for suffix in ["", "-wal"] { PrivateFiles.copy(path + suffix, to: "\(folder)/journal.sqlite\(suffix)") }
        let queue = try Self.queue("\(folder)/journal.sqlite")
        return OpenedDatabase(queue: queue, readOnly: reason, notice: why, temporary: folder)
    }

    /// Sets a damaged file aside and goes on with what can be read of it.
    private static func replace(_ directory: String, _ lock: ProcessLock?, _ now: Int64) throws -> OpenedDatabase {
        let aside = try DamagedJournal.setAside(directory, lock, now)
        let path = "\(directory)/journal.sqlite"
        try PrivateFiles.makeFile(path)
        let queue = try Self.queue(path)
        try migrate(queue, nil)
        let saved = DamagedJournal.salvage(aside, into: queue, now: now)
        if !saved.isWhole { LostJobs.note(directory) }
        let adopting = "Tasks may run at the vendor; try: adopt ID, with the id from the vendor's page"
        let known = "\(saved.jobs) jobs, \(saved.receipts) with their ids, were saved"
        let salvaged =
            saved.jobs == 0
            ? "nothing in it can be read. \(adopting)"
            : saved.isWhole ? known : "\(known); there may be more. \(adopting)"
        return OpenedDatabase(queue: queue, notice: "the journal was damaged: it is set aside as \(aside); \(salvaged)")
    }
}
