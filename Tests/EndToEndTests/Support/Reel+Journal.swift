import GRDB
import TestSupport

extension Reel {
    /// The texts that `sql` finds in the journal, read past the program.
    func journal(_ sql: String) throws -> [String] {
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(10)
        let journal = try DatabaseQueue(path: scratch("state/reel/journal.sqlite"), configuration: reading)
        return try journal.read { try String.fetchAll($0, sql: sql) }
    }

    /// Whether the journal can be written at this moment.
    func isWritable() throws -> Bool {
        let journal = try DatabaseQueue(path: scratch("state/reel/journal.sqlite"))
        do { try journal.inDatabase { db in try db.inTransaction(.immediate) { .rollback } } } catch let error
            as DatabaseError
        {
            guard error.resultCode == .SQLITE_BUSY else { throw error }
            return false
        }
        return true
    }

    /// Runs `work` while the journal is locked, as by a process that is stopped in the middle of a commit.
    func lockingJournal(_ work: () async throws -> Void) async throws {
        var open = Configuration()
        open.allowsUnsafeTransactions = true
        let journal = try DatabaseQueue(path: scratch("state/reel/journal.sqlite"), configuration: open)
        try journal.inDatabase { try $0.beginTransaction(.immediate) }
        defer { try? journal.inDatabase { try $0.rollback() } }
        try await work()
    }

    /// The state of each job as it stands on the disk.
    func statesOnDisk() throws -> [String] { try journal("SELECT state FROM job ORDER BY id") }

    /// Makes the journal one of the first schema again, as an older program leaves it.
    func makeJournalOld() throws {
        let journal = try DatabaseQueue(path: scratch("state/reel/journal.sqlite"))
        try journal.write { db in
            try db.execute(sql: OldJournal.sql)
        }
        try journal.close()
    }
}
