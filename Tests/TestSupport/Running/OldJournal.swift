/// A journal as an older program leaves it.
package enum OldJournal {
    /// Makes the tables of today those of the first schema again.
    package static let sql = """
        DROP INDEX jobByOwner;
        ALTER TABLE process DROP COLUMN beat;
        ALTER TABLE job DROP COLUMN resumedAt;
        DELETE FROM grdb_migrations WHERE identifier = '2';
        PRAGMA user_version = 0;
        """
}
