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
