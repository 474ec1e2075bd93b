import Dispatch
package import GRDB
import Synchronization

/// Removes secrets from bytes on their way to the disk.
package protocol SecretScrubber: Sendable {
    /// `bytes` with every known secret replaced by a marker.
    func scrub(_ bytes: [UInt8]) -> [UInt8]
}

/// What happened, durably: jobs, attempts, exchanges, receipts, snapshots, assets.
///
/// Every write is on the disk (WAL, `synchronous=FULL`) before the call returns. Writes that are waiting at the same
/// moment share one commit, so thousands of polls a second cost one fsync a group while a single one never waits.
package final class JobJournal: Sendable {
    /// How the journal is used.
    package enum Mode: Sendable, Hashable {
        /// Reading and writing.
        case readWrite
        /// A private journal in memory, for tests and throw-away sessions.
        case inMemory
    }

    /// The database file, or `:memory:`.
    package let path: String
    /// This process' row in `process`, the owner of the jobs it polls.
    package let processID: Int64

    let queue: DatabaseQueue
    private let scrubber: any SecretScrubber
    let lock: ProcessLock?
    private let pending = Mutex<[PendingWrite]>([])

    /// Opens the journal in `directory`, making it 0700 and the file 0600, and migrates it.
    ///
    /// - Throws: ``JournalError``; nothing is changed then.
    package init(directory: String?, scrubber: any SecretScrubber, now: Int64) throws(JournalError) {
        self.scrubber = scrubber
        path = directory.map { "\($0)/journal.sqlite" } ?? ":memory:"
        if let directory {
            try PrivateFiles.makeDirectory(directory)
            try PrivateFiles.makeDirectory("\(directory)/procs")
            try PrivateFiles.makeFile(path)
        }
        do {
            queue = try Self.open(path)
            try Self.migrate(queue)
            lock = try directory.map { try ProcessLock(directory: "\($0)/procs") }
            let lockFile = lock?.path ?? ""
            processID = try queue.write { db in
                try db.execute(
                    sql: "INSERT INTO process (lockFile, startedAt) VALUES (?, ?)",
                    arguments: [lockFile, now]
                )
                return db.lastInsertedRowID
            }
        } catch {
            throw Self.error(error, path)
        }
    }

    /// Runs `work` in a transaction of the current group and returns after its commit.
    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            let entry = PendingWrite(work) { continuation.resume(returning: $0) }
            let isFirst = pending.withLock { waiting in
                waiting.append(entry)
                return waiting.count == 1
            }
            // The first of a group schedules its commit; those that arrive until it starts ride along.
            if isFirst { queue.asyncWriteWithoutTransaction { self.commitGroup($0) } }
        }
        switch result {
        case .success(let value): return value
        case .failure(let error): throw Self.error(error, path)
        }
    }

    /// Runs `work` on the committed state.
    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        do { return try await queue.read(work) } catch { throw Self.error(error, path) }
    }

    /// Folds the write-ahead log into the file; called when the program ends.
    package func close() {
        try? queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? queue.close()
    }

    func scrubbed(_ bytes: [UInt8]) -> [UInt8] { scrubber.scrub(bytes) }

    func scrubbed(_ text: String) -> String { String(decoding: scrubber.scrub(Array(text.utf8)), as: UTF8.self) }

    private func commitGroup(_ db: Database) {
        let group = pending.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        do {
            try db.inTransaction(.immediate) {
                for entry in group { try entry.perform(db) }
                return .commit
            }
            for entry in group { entry.succeed() }
        } catch {
            // One bad write must not take its neighbours along: each gets a commit of its own.
            for entry in group {
                if group.count > 1 { commitAlone(entry, db) } else { entry.fail(error) }
            }
        }
    }

    private func commitAlone(_ entry: PendingWrite, _ db: Database) {
        do {
            try db.inTransaction(.immediate) {
                try entry.perform(db)
                return .commit
            }
            entry.succeed()
        } catch {
            entry.fail(error)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
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

    private static func migrate(_ queue: DatabaseQueue) throws {
        let migrator = Schema.migrator
        let isNewer = try queue.read { db in try migrator.hasBeenSuperseded(db) }
        guard !isNewer else { throw JournalError(code: .newerSchema, path: "", underlying: "") }
        // Checked first, since a migration takes a write lock even when there is nothing to do.
        let isCurrent = try queue.read { db in try migrator.hasCompletedMigrations(db) }
        if !isCurrent { try migrator.migrate(queue) }
    }

    private static func error(_ error: any Error, _ path: String) -> JournalError {
        if var known = error as? JournalError {
            if known.path.isEmpty { known.path = path }
            return known
        }
        guard let database = error as? DatabaseError else {
            return JournalError(code: .failed, path: path, underlying: "\(error)")
        }
        let code: JournalError.Code =
            switch database.resultCode {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_READONLY: .readOnly
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_CANTOPEN: .cannotOpen
            default: .failed
            }
        return JournalError(code: code, path: path, underlying: database.message ?? "\(database.resultCode)")
    }
}

/// A write that waits for its group's commit.
private struct PendingWrite: Sendable {
    let perform: @Sendable (Database) throws -> Void
    let succeed: @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value,
        finish: @escaping @Sendable (Result<Value, any Error>) -> Void,
    ) {
        let value = ValueBox<Value>()
        perform = { db in value.store(try work(db)) }
        succeed = { value.take().map { finish(.success($0)) } }
        fail = { finish(.failure($0)) }
    }
}

/// Carries a result from the transaction to the commit.
private final class ValueBox<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func store(_ new: Value) { value.withLock { $0 = new } }

    func take() -> Value? { value.withLock(\.self) }
}
