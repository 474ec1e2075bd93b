import Crypto
import Foundation
package import GRDB
package import VideoProviderKit

extension JobJournal {
    /// Stores `exchange` inside the current transaction and returns its number.
    ///
    /// Secrets are scrubbed on the way.
    package func insert(_ exchange: ExchangeRecord, _ db: Database) throws -> Int {
        let pieces = try exchange.requestBody.map { piece in
            "\(hex(try store(piece.coding == .identity ? scrubbed(piece.bytes) : piece.bytes, db))):\(piece.coding.rawValue)"
        }
        let keepsReply = exchange.call != .status || keepsPollBodies.load()
        let replyBody = try (keepsReply ? exchange.replyBody : nil).map { try store(scrubbed($0), db) }
        let timing = exchange.timing
        let statement = try db.cachedStatement(sql: Self.insertExchange)
        try statement.execute(arguments: [
            exchange.job, exchange.call.rawValue, exchange.instance, exchange.method, scrubbed(exchange.url),
            exchange.startedAt.milliseconds, Data(scrubbed(exchange.requestHead)), pieces.joined(separator: " "),
            exchange.status, exchange.httpVersion, Data(scrubbed(exchange.replyHead)), replyBody,
            timing.dns.microseconds, timing.connect.microseconds, timing.tls.microseconds, timing.send.microseconds,
            timing.ttfb.microseconds, timing.receive.microseconds, timing.total.microseconds, exchange.remote,
            exchange.isReused, exchange.tlsVersion, exchange.bytesSent, exchange.bytesReceived,
            exchange.failurePhase, exchange.failureText.map(scrubbed),
            try exchange.fault.map { scrubbed(try StoredJSON.encode($0)) }, exchange.source?.rawValue,
        ])
        let number = Int(db.lastInsertedRowID)
        if !exchange.traceIDs.isEmpty {
            let insert = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO trace (value, exchange, name) VALUES (?, ?, ?)"
            )
            for trace in exchange.traceIDs {
                try insert.execute(arguments: [scrubbed(trace.value), number, trace.name])
            }
        }
        return number
    }

    /// Stores an exchange by itself, such as a model list or a download's head.
    package func append(_ exchange: ExchangeRecord) async throws(JournalError) -> Int {
        try await write { db in try self.insert(exchange, db) }
    }

    /// Notes what is wrong with an exchange, where that was found out after it had been stored: a page in place of a film.
    package func blame(_ fault: Fault, on exchange: Int) async throws(JournalError) {
        try await write { db in
            let text = self.scrubbed(try StoredJSON.encode(fault))
            try db.execute(sql: "UPDATE exchange SET fault = ? WHERE id = ?", arguments: [text, exchange])
        }
    }

    private func store(_ bytes: [UInt8], _ db: Database) throws -> Data {
        let hash = Data(SHA256.hash(data: bytes))
        let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO body (hash, bytes) VALUES (?, ?)")
        try insert.execute(arguments: [hash, Data(bytes)])
        return hash
    }

    private func hex(_ hash: Data) -> String { Hex.encode(hash) }

    private static let insertExchange = """
        INSERT INTO exchange (job, call, instance, method, url, startedAt, requestHead, requestBody, status,
            httpVersion, replyHead, replyBody, dns, connect, tls, send, ttfb, receive, total, remote, reused,
            tlsVersion, bytesSent, bytesReceived, failurePhase, failureText, fault, source)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

/// Bytes as lower-case hexadecimal text and back.
package enum Hex {
    /// Two digits a byte.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            out.append(digit(byte >> 4))
            out.append(digit(byte & 15))
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    /// The bytes of `text`, or nil when it is not hexadecimal.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var out: [UInt8] = []
        var high: UInt8?
        for character in text {
            guard let digit = character.hexDigitValue.map(UInt8.init) else { return nil }
            if let first = high {
                out.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? out : nil
    }
}

extension Duration {
    /// Whole microseconds.
    package var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
