import Foundation
import GRDB
import VideoProviderKit

extension JobJournal {
    /// The exchange with a local number, bodies included.
    package func exchange(_ number: Int) async throws(JournalError) -> ExchangeRecord? {
        try await read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM exchange WHERE id = ?", arguments: [number]) else {
                return nil
            }
            return try Self.exchange(row, withBodies: true, db)
        }
    }

    /// The exchanges that fit `filter`, oldest first, without bodies.
    package func exchanges(_ filter: ExchangeFilter = ExchangeFilter()) async throws(JournalError) -> [ExchangeRecord] {
        try await read { db in
            let (condition, arguments) = filter.condition
            let sql = "SELECT * FROM exchange WHERE \(condition) ORDER BY id DESC LIMIT \(filter.limit)"
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
            for row in try Row.fetchAll(db, sql: sql) { sizes[row["number"]] = row["size"] }
            return sizes
        }
    }

    static func exchange(_ row: Row, withBodies: Bool, _ db: Database) throws -> ExchangeRecord {
        var record = ExchangeRecord(
            job: row["job"],
            call: UpstreamCall(rawValue: row["call"]) ?? .status,
            instance: row["instance"],
            method: row["method"],
            url: row["url"],
            startedAt: UpstreamTime(milliseconds: row["startedAt"]),
            requestHead: Array(row["requestHead"] as Data),
            requestBody: withBodies ? try segments(row["requestBody"], db) : [],
        )
        record.number = row["id"]
        record.status = row["status"]
        record.httpVersion = row["httpVersion"]
        record.replyHead = Array(row["replyHead"] as Data)
        if withBodies { record.replyBody = try (row["replyBody"] as Data?).flatMap { try body($0, db) } }
        record.timing.dns = .microseconds(row["dns"] as Int64)
        record.timing.connect = .microseconds(row["connect"] as Int64)
        record.timing.tls = .microseconds(row["tls"] as Int64)
        record.timing.send = .microseconds(row["send"] as Int64)
        record.timing.ttfb = .microseconds(row["ttfb"] as Int64)
        record.timing.receive = .microseconds(row["receive"] as Int64)
        record.timing.total = .microseconds(row["total"] as Int64)
        record.remote = row["remote"]
        record.isReused = row["reused"]
        record.tlsVersion = row["tlsVersion"]
        record.bytesSent = row["bytesSent"]
        record.bytesReceived = row["bytesReceived"]
        record.failurePhase = row["failurePhase"]
        record.failureText = row["failureText"]
        record.fault = StoredJSON.decode(row["fault"])
        record.traceIDs = try Row.fetchAll(
            db,
            sql: "SELECT name, value FROM trace WHERE exchange = ? ORDER BY name",
            arguments: [record.number]
        ).map { TraceID(name: $0["name"], value: $0["value"]) }
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
