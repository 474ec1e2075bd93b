/// A journal as an older program leaves it.
package enum OldJournal {
    /// Makes the tables of today those of the first schema again.
    package static let sql = """
        DROP INDEX jobByOwner;
        ALTER TABLE process DROP COLUMN beat;
        ALTER TABLE job DROP COLUMN resumedAt;
        ALTER TABLE exchange DROP COLUMN source;
        DELETE FROM grdb_migrations WHERE identifier IN ('2', '3');
        PRAGMA user_version = 0;
        """
}
