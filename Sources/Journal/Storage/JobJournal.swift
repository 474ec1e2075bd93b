import Dispatch
package import GRDB
import Synchronization

/// Removes secrets from bytes on their way to the disk.
package protocol SecretScrubber: Sendable {
    /// `bytes` with every known secret replaced by a marker.
    func scrub(_ bytes: [UInt8]) -> [UInt8]
    /// `text` with every known secret replaced by a marker.
    func scrub(_ text: String) -> String
}

extension SecretScrubber {
    package func scrub(_ text: String) -> String { String(decoding: scrub(Array(text.utf8)), as: UTF8.self) }
}

/// What happened, durably: jobs, attempts, exchanges, receipts, snapshots, assets.
///
/// Every write is on the disk (WAL, `synchronous=FULL`) before the call returns. Writes that are waiting at the same
/// moment share one commit, so thousands of polls a second cost one fsync a group while a single one never waits.
package final class JobJournal: Sendable {
    /// The database file, or `:memory:`.
    package let path: String
    /// The owner of the jobs that this process polls: its row in `process`, which comes with its first write.
    package let processID: Int64

    let queue: DatabaseQueue
    /// The folder; nil in memory.
    let directory: String?
    let space: DiskSpace
    /// What was found and done when it was opened, for the person.
    package let notice: String?
    /// Why nothing is written; nil when it is.
    private let refusal: Mutex<JournalError.Code?>
    /// Whether the replies of polls are kept, which a journal over its cap has no room for.
    let keepsPollBodies = AtomicFlag(true)
    private let temporary: String?
    /// The file that was opened, which a folder deleted meanwhile no longer leads to.
    private let files: OpenFiles?
    private let scrubber: any SecretScrubber
    let lock: ProcessLock?
    private let startedAt: Int64
    /// Whether `process` has a row of this process.
    private let isRegistered = AtomicFlag(false)
    private let pending = Mutex<[PendingWrite]>([])
    private let holder: LockHolder?

    /// Opens the journal in `directory`, making it 0700 and the file 0600, and migrates it.
    ///
    /// - Throws: ``JournalError``; nothing is changed then.
    package init(
        directory: String?,
        scrubber: any SecretScrubber,
        now: Int64,
        space: DiskSpace = .system
    ) throws(JournalError) {
        self.scrubber = scrubber
        self.directory = directory
        self.space = space
        path = directory.map { "\($0)/journal.sqlite" } ?? ":memory:"
        let holder = directory.map(LockHolder.init)
        self.holder = holder
        do {
            if let directory { try PrivateFiles.makeDirectory(directory) }
            let opening = directory.map(FolderLock.init)
            defer { opening?.release() }
            let held = try directory.flatMap { try Self.prepare($0) }
            let opened = try directory.map { try Opening.open($0, lock: held, now: now) } ?? Self.openInMemory()
            lock = held
            queue = opened.queue
            if let directory, opened.readOnly == nil { DiskReserve.make("\(directory)/reserve") }
            files = directory == nil || opened.readOnly != nil ? nil : OpenFiles(path)
            notice = opened.notice
            temporary = opened.temporary
            refusal = Mutex(opened.readOnly)
            startedAt = now
            processID = opened.readOnly == nil ? .random(in: 1 << 32...1 << 53) : 0
        } catch {
            throw Self.error(error, path).naming(holder)
        }
    }

    /// Whether nothing can or may be written: then nothing is submitted or polled.
    package var isReadOnly: Bool { refusal.withLock { $0 != nil } }

    /// Makes the folders and files of the journal; nil where they can only be read.
    private static func prepare(_ directory: String) throws(JournalError) -> ProcessLock? {
        do throws(JournalError) {
            try PrivateFiles.makeDirectory("\(directory)/procs")
            try PrivateFiles.makeFile("\(directory)/journal.sqlite")
            return try ProcessLock(directory: "\(directory)/procs")
        } catch {
            guard error.code == .readOnly else { throw error }
            return nil
        }
    }

    private static func openInMemory() throws -> OpenedDatabase {
        let queue = try Opening.queue(":memory:")
        try Opening.migrate(queue, nil)
        return OpenedDatabase(queue: queue)
    }

    /// Whether a newer reel has changed the file since it was opened; from then on it is only read.
    package func noticeNewerSchema() async throws(JournalError) -> Bool {
        let version = try await read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
        guard version > Schema.version else { return false }
        refusal.withLock { $0 = .newerSchema }
        return true
    }

    /// Runs `work` in a transaction of the current group and returns after its commit.
    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        if let reason = refusal.withLock(\.self) { throw JournalError(code: reason, path: path, underlying: "") }
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
        case .failure(let error): throw noted(Self.error(error, path))
        }
    }

    /// Runs `work` on the committed state.
    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalError) -> Value {
        do { return try await queue.read(work) } catch { throw noted(Self.error(error, path)) }
    }

    /// Leaves a mark for the next start, which sets a damaged file aside before anything else touches it.
    private func noted(_ error: JournalError) -> JournalError {
        var error = error.naming(holder)
        guard error.code == .corrupt, let directory else { return error }
        try? PrivateFiles.makeFile("\(directory)/damaged")
        error.underlying += "; start reel again, which sets it aside and saves what can be read"
        return error
    }

    /// Runs `work` while this process has no transaction under way: were it stopped in one, no other could write.
    package func withoutWrites(_ work: () -> Void) {
        queue.writeWithoutTransaction { _ in work() }
    }

    /// Lets others have the jobs, and folds the write-ahead log into the file; called when the program ends.
    package func close() {
        // To fold a log that has lost its name into the file would undo what others have written since.
        guard files?.areInPlace != false else { return }
        if let temporary {
            try? queue.close()
            PrivateFiles.remove(temporary)
            return
        }
        guard !isReadOnly, isRegistered.load() else {
            try? queue.close()
            return
        }
        let ownID = processID
        try? queue.write { db in
            try db.execute(
                sql: """
                    UPDATE job SET owner = NULL WHERE owner = ? AND state IN ('submitUnknown', 'submitted', 'queued', 'running')
                    """,
                arguments: [ownID]
            )
            try db.execute(sql: "DELETE FROM process WHERE id = ?", arguments: [ownID])
        }
        KillPoint.beforeCheckpoint.reached()
        try? queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? queue.close()
    }

    func scrubbed(_ bytes: [UInt8]) -> [UInt8] { scrubber.scrub(bytes) }

    func scrubbed(_ text: String) -> String { scrubber.scrub(text) }

    private func commitGroup(_ db: Database) {
        let group = pending.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        do {
            try commit(db) { for entry in group { try entry.perform(db) } }
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
            try commit(db) { try entry.perform(db) }
            entry.succeed()
        } catch {
            entry.fail(error)
        }
    }

    /// Runs `work` in a transaction, with the row of this process beside its first change.
    ///
    /// Before that it owns nothing, so nobody has to know of it; a command that only reads writes and syncs nothing.
    private func commit(_ db: Database, _ work: () throws -> Void) throws {
        // GRDB asks SQLite for this count even when the connection is gone, which ends the process.
        guard db.sqliteConnection != nil else {
            throw JournalError(code: .failed, path: path, underlying: "the journal is closed")
        }
        // What is written into a file without a name is gone with this process.
        guard files?.areInPlace != false else {
            throw JournalError(code: .movedAway, path: path, underlying: files?.rescue(db) ?? "")
        }
        let changes = db.totalChangesCount
        var registers = false
        try db.inTransaction(.immediate) {
            try work()
            registers = !isRegistered.load() && db.totalChangesCount != changes
            if registers {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO process (id, lockFile, startedAt) VALUES (?, ?, ?)",
                    arguments: [processID, lock?.path ?? "", startedAt]
                )
            }
            return .commit
        }
        if registers { isRegistered.store(true) }
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

/// A flag that several threads may set and read.
final class AtomicFlag: Sendable {
    private let value: Mutex<Bool>

    init(_ value: Bool) { self.value = Mutex(value) }

    func store(_ new: Bool) { value.withLock { $0 = new } }

    func load() -> Bool { value.withLock(\.self) }
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
