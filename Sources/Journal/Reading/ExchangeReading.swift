import Foundation
import GRDB
package import VideoProviderKit

/// Which exchanges to list.
package struct ExchangeFilter: Sendable, Hashable {
    /// Only this job's.
    package var job: Int64?
    /// Only those that failed.
    package var onlyErrors = false
    /// Only for these calls; all when empty.
    package var calls: [UpstreamCall] = []
    /// Only from this time on.
    package var since: UpstreamTime?
    /// At most so many, the newest.
    package var limit = 20

    /// Lists the newest twenty.
    package init() {}
}

extension JobJournal {
    /// The exchange with a local number, bodies included.
    package func exchange(_ number: Int) async throws(JournalError) -> ExchangeRecord? {
        try await read { db in
            try Row.fetchOne(db, sql: "\(Self.selection) WHERE id = ?", arguments: [number])
                .map { try Self.exchange($0, withBodies: true, db) }
        }
    }

    /// The exchanges that fit `filter`, oldest first, without bodies.
    package func exchanges(_ filter: ExchangeFilter = ExchangeFilter()) async throws(JournalError) -> [ExchangeRecord] {
        try await read { db in
            var conditions = ["1"]
            var arguments = StatementArguments()
            if let job = filter.job {
                conditions.append("job = ?")
                arguments += [job]
            }
            if filter.onlyErrors { conditions.append("(fault IS NOT NULL OR failurePhase IS NOT NULL)") }
            if !filter.calls.isEmpty {
                conditions.append("call IN (\(filter.calls.map { "'\($0.rawValue)'" }.joined(separator: ",")))")
            }
            if let since = filter.since {
                conditions.append("startedAt >= ?")
                arguments += [since.milliseconds]
            }
            let sql = """
                \(Self.selection) WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT \(filter.limit)
                """
            return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                try Self.exchange(row, withBodies: false, db)
            }.reversed()
        }
    }

    /// The number of the newest exchange.
    package func lastExchange() async throws(JournalError) -> Int? {
        try await read { db in try Int.fetchOne(db, sql: "SELECT MAX(id) FROM exchange") }
    }

    /// The exchanges that carry a trace id, oldest first.
    package func exchanges(trace: String) async throws(JournalError) -> [Int] {
        try await read { db in
            try Int.fetchAll(
                db,
                sql: "SELECT exchange FROM trace WHERE value = ? ORDER BY exchange",
                arguments: [trace]
            )
        }
    }

    /// The sizes of an exchange's request and reply bodies, without reading them.
    package func bodySizes(_ numbers: [Int]) async throws(JournalError) -> [Int: Int] {
        try await read { db in
            let list = numbers.map(String.init).joined(separator: ",")
            let sql = """
                SELECT exchange.id AS number, length(body.bytes) AS size FROM exchange
                JOIN body ON body.hash = exchange.replyBody WHERE exchange.id IN (\(list))
                """
            var sizes: [Int: Int] = [:]
            for row in try Row.fetchAll(db, sql: sql) { sizes[row["number"]] = row["size"] }
            return sizes
        }
    }

    // In the order `exchange(_:withBodies:_:)` reads them.
    private static let selection = """
        SELECT id, job, call, instance, method, url, startedAt, requestHead, requestBody, status, httpVersion,
            replyHead, replyBody, dns, connect, tls, send, ttfb, receive, total, remote, reused, tlsVersion,
            bytesSent, bytesReceived, failurePhase, failureText, fault
        FROM exchange
        """

    private static func exchange(_ row: Row, withBodies: Bool, _ db: Database) throws -> ExchangeRecord {
        var columns = ColumnReader(row)
        let number: Int = columns.next()
        var record = ExchangeRecord(
            job: columns.next(),
            call: UpstreamCall(rawValue: columns.next()) ?? .status,
            instance: columns.next(),
            method: columns.next(),
            url: columns.next(),
            startedAt: UpstreamTime(milliseconds: columns.next()),
            requestHead: Array(columns.next() as Data),
            requestBody: [],
        )
        record.number = number
        let segments: String = columns.next()
        record.status = columns.next()
        record.httpVersion = columns.next()
        record.replyHead = Array(columns.next() as Data)
        let replyBody: Data? = columns.next()
        record.timing.dns = .microseconds(columns.next() as Int64)
        record.timing.connect = .microseconds(columns.next() as Int64)
        record.timing.tls = .microseconds(columns.next() as Int64)
        record.timing.send = .microseconds(columns.next() as Int64)
        record.timing.ttfb = .microseconds(columns.next() as Int64)
        record.timing.receive = .microseconds(columns.next() as Int64)
        record.timing.total = .microseconds(columns.next() as Int64)
        record.remote = columns.next()
        record.isReused = columns.next()
        record.tlsVersion = columns.next()
        record.bytesSent = columns.next()
        record.bytesReceived = columns.next()
        record.failurePhase = columns.next()
        record.failureText = columns.next()
        record.fault = StoredJSON.decode(columns.next())
        if withBodies {
            record.requestBody = try Self.segments(segments, db)
            record.replyBody = try replyBody.flatMap { try body($0, db) }
        }
        let traces = try db.cachedStatement(sql: "SELECT name, value FROM trace WHERE exchange = ? ORDER BY name")
        record.traceIDs = try Row.fetchAll(traces, arguments: [number]).map { TraceID(name: $0[0], value: $0[1]) }
        return record
    }

    private static func segments(_ text: String, _ db: Database) throws -> [StoredSegment] {
        try text.split(separator: " ").compactMap { piece in
            let parts = piece.split(separator: ":")
            guard parts.count == 2, let hash = Hex.decode(parts[0]), let bytes = try body(Data(hash), db),
                let coding = BodySegment.MediaCoding(rawValue: String(parts[1]))
            else { return nil }
            return StoredSegment(bytes: bytes, coding: coding)
        }
    }

    private static func body(_ hash: Data, _ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT bytes FROM body WHERE hash = ?", arguments: [hash]).map(Array.init)
    }
}

extension JobJournal {
    /// The number of a job's newest exchange.
    package func lastExchange(job: Int64) async throws(JournalError) -> Int? {
        try await read { db in
            try Int.fetchOne(db, sql: "SELECT MAX(id) FROM exchange WHERE job = ?", arguments: [job])
        }
    }
}
