import Foundation
import GRDB
import VideoProviderKit

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
            let (condition, arguments) = filter.condition
            let sql = "\(Self.selection) WHERE \(condition) ORDER BY id DESC LIMIT \(filter.limit)"
            return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                try Self.exchange(row, withBodies: false, db)
            }.reversed()
        }
    }

    /// How many exchanges fit `filter`, whose limit is not looked at.
    package func countExchanges(_ filter: ExchangeFilter) async throws(JournalError) -> Int {
        try await read { db in
            let (condition, arguments) = filter.condition
            return try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM exchange WHERE \(condition)", arguments: arguments)
                ?? 0
        }
    }

    /// The number of the newest exchange.
    package func lastExchange() async throws(JournalError) -> Int? {
        try await read { db in try Int.fetchOne(db, sql: "SELECT MAX(id) FROM exchange") }
    }

    /// The exchanges that carry a trace id, oldest first.
    ///
    /// With `allowsPrefix`, when none has it in full, those of ids that begin so.
    package func exchanges(
        trace: String,
        allowsPrefix: Bool = false,
        limit: Int = 1000
    )
        async throws(JournalError) -> [Int]
    {
        guard !trace.isEmpty else { return [] }
        return try await read { db in
            let exact = "SELECT exchange FROM trace WHERE value = ? ORDER BY exchange LIMIT ?"
            let found = try Int.fetchAll(db, sql: exact, arguments: [trace, limit])
            guard found.isEmpty, allowsPrefix else { return found }
            // A range and not LIKE, so that the index answers whatever characters the id holds.
            let prefix = """
                SELECT DISTINCT exchange FROM trace WHERE value >= ? AND value < ? ORDER BY exchange LIMIT ?
                """
            return try Int.fetchAll(db, sql: prefix, arguments: [trace, trace + "\u{10FFFF}", limit])
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
            for row in try Row.fetchAll(db, sql: sql) { sizes[try row.value("number")] = try row.value("size") as Int }
            return sizes
        }
    }

    // In the order `exchange(_:withBodies:_:)` reads them.
    static let selection = """
        SELECT id, job, call, instance, method, url, startedAt, requestHead, requestBody, status, httpVersion,
            replyHead, replyBody, dns, connect, tls, send, ttfb, receive, total, remote, reused, tlsVersion,
            bytesSent, bytesReceived, failurePhase, failureText, fault, source
        FROM exchange
        """

    static func exchange(_ row: Row, withBodies: Bool, _ db: Database) throws -> ExchangeRecord {
        var columns = ColumnReader(row)
        let number: Int = try columns.next()
        var record = ExchangeRecord(
            job: try columns.next(),
            call: UpstreamCall(rawValue: try columns.next()) ?? .status,
            instance: try columns.next(),
            method: try columns.next(),
            url: try columns.next(),
            startedAt: UpstreamTime(milliseconds: try columns.next()),
            requestHead: Array(try columns.next() as Data),
            requestBody: [],
        )
        record.number = number
        let segments: String = try columns.next()
        record.status = try columns.next()
        record.httpVersion = try columns.next()
        record.replyHead = Array(try columns.next() as Data)
        let replyBody: Data? = try columns.next()
        record.timing.dns = .microseconds(try columns.next() as Int64)
        record.timing.connect = .microseconds(try columns.next() as Int64)
        record.timing.tls = .microseconds(try columns.next() as Int64)
        record.timing.send = .microseconds(try columns.next() as Int64)
        record.timing.ttfb = .microseconds(try columns.next() as Int64)
        record.timing.receive = .microseconds(try columns.next() as Int64)
        record.timing.total = .microseconds(try columns.next() as Int64)
        record.remote = try columns.next()
        record.isReused = try columns.next()
        record.tlsVersion = try columns.next()
        record.bytesSent = try columns.next()
        record.bytesReceived = try columns.next()
        record.failurePhase = try columns.next()
        record.failureText = try columns.next()
        record.fault = StoredJSON.decode(try columns.next())
        record.source = (try columns.next() as String?).flatMap(ExchangeRecord.Source.init)
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
