import GRDB
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A journal whose file is damaged: kept, and read row by row for its jobs and receipts.
enum DamagedJournal {
    // More than a journal has; damaged bytes may name any.
    private static let mostRows: Int64 = 1_000_000
    private static let mostExchanges: Int64 = 1_000_000_000

    /// Renames the files of the journal, so that a new one can be begun.
    ///
    /// - Throws: ``JournalError`` while another process is inside.
    /// - Returns: the new name.
    static func setAside(_ directory: String, _ lock: ProcessLock?, _ now: Int64) throws(JournalError) -> String {
        let path = "\(directory)/journal.sqlite"
        guard !isShared(directory, lock) else {
            let reason = "the file is damaged, and another reel has it open; end that one and start again"
            throw JournalError(code: .corrupt, path: path, underlying: reason)
        }
        let aside = "\(directory)/journal.corrupt-\(now / 1000)"
        for suffix in ["-wal", ""] {
            guard rename(path + suffix, aside + suffix) != 0, errno != ENOENT else { continue }
            throw JournalError(code: .cannotOpen, path: path + suffix, underlying: String(cString: strerror(errno)))
        }
        unlink("\(path)-shm")
        unlink("\(directory)/damaged")
        return aside
    }

    /// Whether another process is inside.
    private static func isShared(_ directory: String, _ lock: ProcessLock?) -> Bool {
        PrivateFiles.names(in: "\(directory)/procs").map { "\(directory)/procs/\($0)" }
            .contains { $0 != lock?.path && ProcessLock.isHeld($0) }
    }

    /// Whether the log that a killed process left cannot be read to its end.
    ///
    /// One that is being written by another process may look so.
    static func hasBrokenLog(_ directory: String, _ lock: ProcessLock?) -> Bool {
        !isShared(directory, lock) && hasBrokenLog("\(directory)/journal.sqlite")
    }

    private static func hasBrokenLog(_ path: String) -> Bool { WriteAheadLog(PageScan.data("\(path)-wal")).isBroken }

    /// What was saved of a damaged journal.
    struct Saved {
        var jobs = 0
        var receipts = 0
        /// Whether every job that was in it is among them.
        var isWhole = false
    }

    /// Copies what can be read of jobs, attempts, receipts and films: through the tables and, where those are damaged,
    /// from the pages.
    static func salvage(_ path: String, into queue: DatabaseQueue, now: Int64) -> Saved {
        let repaired = "\(path).repaired"
        defer { remove(repaired) }
        // Of a broken log SQLite would read the beginning alone, and give old rows for the newest.
        let damaged = hasBrokenLog(path) ? nil : readable(path, repaired)
        let broken = (["job"] + tables).filter { table in damaged.map { !isWhole(table, $0) } ?? true }
        let scanned = broken.isEmpty ? nil : ScannedRows.read(path)
        if let damaged {
            let last = lastRow("job", damaged) ?? scanned?.ids.last ?? 0
            for id in stride(from: 1, through: min(last, mostRows), by: 1) { copy(id, damaged, queue) }
            keepNumbers(lastRow("exchange", damaged), queue)
        }
        if let scanned {
            let numbers = damaged.map(numbers) ?? [:]
            for id in scanned.ids where id <= mostRows { add(id, scanned, numbers[id], queue, now) }
            keepNumbers(scanned.lastExchange, queue)
        }
        try? damaged?.close()
        let receipts = rebuildReceipts(queue)
        let jobs = row("SELECT COUNT(*) FROM job", [], queue).first?[0] as Int?
        return Saved(jobs: jobs ?? 0, receipts: receipts, isWhole: !broken.contains("job"))
    }

    /// What belongs to a job.
    private static let tables = ["receipt", "attempt", "asset"]

    /// Whether every row of a table can be read and is what its indices say.
    private static func isWhole(_ table: String, _ queue: DatabaseQueue) -> Bool {
        let isWhole = try? queue.unsafeRead { db in
            let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) NOT INDEXED")
            // A copy, since what a row has in other pages is read when it is asked for.
            while let row = try cursor.next() { _ = row.copy() }
            return try String.fetchAll(db, sql: "PRAGMA integrity_check(\(table))") == ["ok"]
        }
        return isWhole ?? false
    }

    /// The numbers of jobs by their rows, which an index has besides the table.
    private static func numbers(_ queue: DatabaseQueue) -> [Int64: Int64] {
        let sql = "SELECT id, number FROM job INDEXED BY sqlite_autoindex_job_1 WHERE number > 0"
        var numbers: [Int64: Int64] = [:]
        for row in row(sql, [], queue) {
            if let id: Int64 = try? row.value(at: 0), let number: Int64 = try? row.value(at: 1) { numbers[id] = number }
        }
        return numbers
    }

    /// Copies a job that is found through its table.
    private static func copy(_ id: Int64, _ damaged: DatabaseQueue, _ queue: DatabaseQueue) {
        guard let job = row("SELECT * FROM job WHERE id = ?", [id], damaged).first else { return }
        guard insert(job, into: "job", without: ["owner"], queue) else { return }
        for table in tables {
            for row in row("SELECT * FROM \(table) WHERE job = ?", [id], damaged) {
                _ = insert(row, into: table, without: [], queue)
            }
        }
    }

    /// Adds what was found of a job in pages alone.
    private static func add(
        _ id: Int64,
        _ scanned: ScannedRows,
        _ number: Int64?,
        _ queue: DatabaseQueue,
        _ now: Int64
    ) {
        if row("SELECT 1 FROM job WHERE id = ?", [id], queue).isEmpty {
            // A row may be readable and yet none that a job can have; an old version of one, or a bad one, may have a number
            // that another job has by now.
            let found = [scanned.jobs[id].flatMap { named($0, "job", queue) }, scanned.job(id, number, now)]
            let isAdded = found.compactMap(\.self).contains { job in
                insert(job, into: "job", without: ["owner"], queue)
                    || insert(job, into: "job", without: ["owner", "number"], queue)
            }
            guard isAdded else { return }
            try? queue.write { db in
                try db.execute(
                    sql: """
                        UPDATE job SET number = (SELECT COALESCE(MAX(number), 0) + 1 FROM job)
                            WHERE id = ? AND number IS NULL AND taskID IS NOT NULL
                        """,
                    arguments: [id]
                )
            }
        }
        for (table, rows) in scanned.rows(of: id) {
            for values in rows {
                if let row = named(values, table, queue) { _ = insert(row, into: table, without: [], queue) }
            }
        }
    }

    private static func named(_ values: [DatabaseValue], _ table: String, _ queue: DatabaseQueue) -> Row? {
        guard let columns = try? queue.read({ db in try db.columns(in: table) }) else { return nil }
        return Row(Dictionary(zip(columns.map(\.name), values), uniquingKeysWith: { first, _ in first }))
    }

    /// The damaged file, or where not even its tables can be found a copy with another header.
    ///
    /// Opened for writing, since the log beside it has to be read too; nil where no table is found in either.
    private static func readable(_ path: String, _ copy: String) -> DatabaseQueue? {
        let asItIs = try? DatabaseQueue(path: path)
        if let asItIs, knowsJobs(asItIs) { return asItIs }
        for size in DatabaseHeader.pageSizes {
            remove(copy)
            for suffix in ["", "-wal"] { PrivateFiles.copy(path + suffix, to: copy + suffix) }
            guard DatabaseHeader.write(to: copy, pageSize: size) else { continue }
            if let queue = try? DatabaseQueue(path: copy), knowsJobs(queue) { return queue }
        }
        return nil
    }

    private static func knowsJobs(_ queue: DatabaseQueue) -> Bool {
        !row("SELECT 1 FROM sqlite_schema WHERE name = 'job'", [], queue).isEmpty
    }

    private static func remove(_ path: String) { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }

    private static func row(_ sql: String, _ arguments: StatementArguments, _ queue: DatabaseQueue) -> [Row] {
        let rows = try? queue.unsafeRead { db in
            // What is read before the damage counts.
            var rows: [Row] = []
            let cursor = try Row.fetchCursor(db, sql: sql, arguments: arguments)
            while let row = try? cursor.next() { rows.append(row.copy()) }
            return rows
        }
        return rows ?? []
    }

    private static func lastRow(_ table: String, _ queue: DatabaseQueue) -> Int64? {
        let asked = ["SELECT seq FROM sqlite_sequence WHERE name = '\(table)'", "SELECT MAX(id) FROM \(table)"]
        return asked.lazy.compactMap { row($0, [], queue).first?[0] as Int64? }.first
    }

    /// Adds a row; false when it is not taken, as where another has its key.
    private static func insert(_ row: Row, into table: String, without: Set<String>, _ queue: DatabaseQueue) -> Bool {
        let done: Bool? = try? queue.write { db in
            let known = try Set(db.columns(in: table).map(\.name))
            let names = row.columnNames.filter { known.contains($0) && !without.contains($0) }
            let marks = names.map { _ in "?" }.joined(separator: ", ")
            let values = names.map { row[$0] as DatabaseValue }
            try db.execute(
                sql: "INSERT OR IGNORE INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(values)
            )
            return db.changesCount > 0
        }
        return done ?? false
    }

    /// Exchanges are not copied, but their numbers are not used again.
    private static func keepNumbers(_ last: Int64?, _ queue: DatabaseQueue) {
        guard let last, last > 0, last < mostExchanges else { return }
        try? queue.write { db in
            let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'exchange'"
            guard try Int64.fetchOne(db, sql: sql) ?? 0 < last else { return }
            try db.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'exchange'")
            try db.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('exchange', ?)", arguments: [last])
        }
    }

    /// A job whose receipt is lost has the vendor's id in its own row, which most vendors need no more than.
    private static func rebuildReceipts(_ queue: DatabaseQueue) -> Int {
        let count = try? queue.write { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT job.id, taskID, instance, baseURL, account, model FROM job
                    LEFT JOIN receipt ON receipt.job = job.id WHERE taskID IS NOT NULL AND receipt.job IS NULL
                    """
            )
            for row in rows {
                var receipt = Receipt(taskID: row["taskID"])
                receipt.origin = Receipt.Origin(
                    instance: row["instance"],
                    baseURL: row["baseURL"],
                    account: row["account"],
                    model: row["model"]
                )
                try db.execute(
                    sql: "INSERT INTO receipt (job, version, value) VALUES (?, 1, ?)",
                    arguments: [row["id"] as Int64, StoredJSON.encode(receipt)]
                )
            }
            return try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM receipt") ?? 0
        }
        return count ?? 0
    }
}
