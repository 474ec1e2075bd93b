import GRDB
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A journal whose file is damaged: kept, and read row by row for its jobs and receipts.
enum DamagedJournal {
    private static let mostRows: Int64 = 1_000_000

    /// Renames the files of the journal, so that a new one can be begun.
    ///
    /// - Throws: ``JournalError`` while another process is inside.
    /// - Returns: the new name.
    static func setAside(_ directory: String, _ lock: ProcessLock?, _ now: Int64) throws(JournalError) -> String {
        let path = "\(directory)/journal.sqlite"
        for other in PrivateFiles.names(in: "\(directory)/procs").map({ "\(directory)/procs/\($0)" })
        where other != lock?.path && ProcessLock.isHeld(other) {
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

    /// Copies what can be read of jobs, attempts, receipts and films.
    static func salvage(_ path: String, into queue: DatabaseQueue) -> (jobs: Int, receipts: Int) {
        let repaired = "\(path).repaired"
        defer { remove(repaired) }
        guard let damaged = readable(path, repaired) else { return (0, 0) }
        let last = lastRow("job", damaged)
        var jobs = 0
        for id in stride(from: 1, through: last, by: 1) {
            guard let job = row("SELECT * FROM job WHERE id = ?", [id], damaged).first else { continue }
            guard insert(job, into: "job", without: ["owner"], queue) else { continue }
            jobs += 1
            for table in ["receipt", "attempt", "asset"] {
                for row in row("SELECT * FROM \(table) WHERE job = ?", [id], damaged) {
                    _ = insert(row, into: table, without: [], queue)
                }
            }
        }
        keepNumbers(lastRow("exchange", damaged), queue)
        try? damaged.close()
        return (jobs, rebuildReceipts(queue))
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

    private static func lastRow(_ table: String, _ queue: DatabaseQueue) -> Int64 {
        let asked = ["SELECT seq FROM sqlite_sequence WHERE name = '\(table)'", "SELECT MAX(id) FROM \(table)"]
        let known = asked.lazy.compactMap { row($0, [], queue).first?[0] as Int64? }.first
        return min(known ?? mostRows, mostRows)
    }

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
            return true
        }
        return done ?? false
    }

    /// Exchanges are not copied, but their numbers are not used again.
    private static func keepNumbers(_ last: Int64, _ queue: DatabaseQueue) {
        guard last < mostRows else { return }
        try? queue.write { db in
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
