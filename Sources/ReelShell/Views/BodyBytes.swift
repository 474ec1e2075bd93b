import JobEngine
import Journal
import VideoProviderKit

/// The bodies of an exchange as they were on the wire.
enum BodyBytes {
    /// The request's body, media in the coding they were sent in.
    static func request(_ exchange: ExchangeRecord) -> [UInt8] {
        // Most requests are one piece, which then needs no copy.
        if exchange.requestBody.count == 1, let only = exchange.requestBody.first, only.coding == .identity {
            return only.bytes
        }
        return exchange.requestBody.flatMap { piece in
            piece.coding == .base64 ? Base64.encode(piece.bytes) : piece.bytes
        }
    }

    /// The reply's body after decoding.
    static func reply(_ exchange: ExchangeRecord) -> [UInt8] { exchange.replyBody ?? [] }
}
