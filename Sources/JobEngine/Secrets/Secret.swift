import Crypto
import Journal

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A key.
///
/// It has no description and no coding, and its bytes are wiped when the last reference goes.
///
/// `@unchecked Sendable`: the buffer is written once, in `init`, and only read until `deinit`.
package final class Secret: @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<UInt8>

    /// Takes a copy of `text` without the white space a file or a command leaves at its ends; nil when nothing is left
    /// or when it holds a character that cannot stand in a header.
    package init?(_ text: some StringProtocol) {
        let trimmed = text.drop { $0.isWhitespace }
        let bytes = Array(String(trimmed.reversed().drop { $0.isWhitespace }.reversed()).utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        buffer = .allocate(capacity: bytes.count)
        _ = buffer.initialize(from: bytes)
    }

    deinit {
        for index in buffer.indices { buffer[index] = 0 }
        buffer.deallocate()
    }

    /// Runs `body` with the key's bytes.
    ///
    /// They must not be kept.
    package func withBytes<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(Array(buffer)) }

    /// The key as text, for the one place that writes it into a request.
    var exposed: String { String(decoding: buffer, as: UTF8.self) }

    /// What may be shown: `sk-...9f3c`.
    package var masked: String { Self.mask(exposed) }

    /// Eight hexadecimal digits that tell keys apart and reveal nothing.
    package var fingerprint: String {
        let salted = Array("reel account fingerprint 1\n".utf8) + Array(buffer)
        return Hex.encode(SHA256.hash(data: salted).prefix(4))
    }

    private static func mask(_ key: String) -> String {
        guard key.count >= 12 else { return "..." }
        let prefix = key.firstIndex(of: "-").map { key[...$0] }.flatMap { $0.count <= 8 ? $0 : nil } ?? ""
        return "\(prefix)...\(key.suffix(4))"
    }
}
