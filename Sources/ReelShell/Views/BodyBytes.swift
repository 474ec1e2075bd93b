import JobEngine
import Journal
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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

extension [UInt8] {
    /// Whether `needle` stands somewhere in these bytes.
    func contains(_ needle: [UInt8]) -> Bool { offset(of: needle) != nil }

    /// Where `needle` first stands; found at memory speed.
    func offset(of needle: [UInt8]) -> Int? {
        guard let first = needle.first else { return 0 }
        return withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var offset = 0
            while bytes.count - offset >= needle.count {
                let window = bytes.count - offset - needle.count + 1
                guard let hit = memchr(base + offset, CInt(first), window) else { return nil }
                offset = UnsafeRawPointer(hit) - base
                if memcmp(base + offset, needle, needle.count) == 0 { return offset }
                offset += 1
            }
            return nil
        }
    }
}
