import GRDB
import VideoProviderKit

extension JobJournal {
    /// Visits the exchanges that fit `filter` with their bodies, newest first, until `visit` returns false or the
    /// filter's limit of visits is reached.
    ///
    /// Reads a page at a time, so that writers are let in between and memory stays flat however long the journal is.
    package func scan(
        _ filter: ExchangeFilter,
        page: Int = 100,
        _ visit: (ExchangeRecord) throws -> Bool
    ) async throws {
        var filter = filter
        var left = filter.limit
        while left > 0, !Task.isCancelled {
            filter.limit = min(page, left)
            let wanted = filter
            let records = try await read { db in
                let (condition, arguments) = wanted.condition
                let sql = "\(Self.selection) WHERE \(condition) ORDER BY id DESC LIMIT \(wanted.limit)"
                return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                    try Self.exchange(row, withBodies: true, db)
                }
            }
            for record in records where try !visit(record) { return }
            guard records.count == wanted.limit, let oldest = records.last else { return }
            left -= records.count
            filter.last = oldest.number - 1
        }
    }
}
