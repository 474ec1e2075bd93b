import Foundation
import Journal
import Synchronization
import VideoProviderKit

/// Replaces loaded keys by their masked form wherever bytes leave the process, by value: plain, in base64 at any
/// alignment, percent-encoded and JSON-escaped, be it with `\u` for any of its characters.
package final class Redactor: SecretScrubber {
    private struct Pattern: Sendable {
        var needle: [UInt8]
        var replacement: [UInt8]
    }

    private struct Known: Sendable {
        var patterns: [Pattern] = []
        var sieve = NeedleSieve([])
        /// The keys as they are.
        var plain: [Pattern] = []

        /// `bytes` with every key replaced by what `replacement` makes of its masked form.
        func replacing(in bytes: [UInt8], _ replacement: ([UInt8]) -> [UInt8] = { $0 }) -> [UInt8] {
            var bytes = bytes
            if sieve.finds(in: bytes) {
                for pattern in patterns {
                    bytes = Redactor.replace(pattern.needle, by: replacement(pattern.replacement), in: bytes)
                }
            }
            guard !plain.isEmpty, let text = EscapedText(bytes) else { return bytes }
            let hits = plain.flatMap { pattern in text.ranges(of: pattern.needle).map { ($0, pattern.replacement) } }
            for (range, masked) in hits.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
                bytes.replaceSubrange(range.clamped(to: 0..<bytes.count), with: replacement(masked))
            }
            return bytes
        }

        func finds(in bytes: [UInt8]) -> Bool {
            if sieve.finds(in: bytes) { return true }
            guard !plain.isEmpty, let text = EscapedText(bytes) else { return false }
            return plain.contains { !text.ranges(of: $0.needle).isEmpty }
        }
    }

    private let known = Mutex(Known())

    /// Makes a redactor that knows no key yet.
    package init() {}

    /// Adds a key.
    ///
    /// Keys under eight bytes are too short to be told from ordinary text and are not searched for.
    package func add(_ secret: Secret) {
        let masked = Array(secret.masked.utf8)
        let needles = secret.withBytes { $0.count >= 8 ? Self.forms(of: $0) : [] }
        known.withLock { known in
            for needle in needles where !known.patterns.contains(where: { $0.needle == needle }) {
                known.patterns.append(Pattern(needle: needle, replacement: masked))
            }
            if let key = needles.first, !known.plain.contains(where: { $0.needle == key }) {
                known.plain.append(Pattern(needle: key, replacement: masked))
            }
            // Longer needles first, so that the plain form does not cut a longer one in two.
            known.patterns.sort { $0.needle.count > $1.needle.count }
            known.sieve = NeedleSieve(known.patterns.map(\.needle))
        }
    }

    /// `bytes` with every known key replaced.
    package func scrub(_ bytes: [UInt8]) -> [UInt8] { known.withLock { $0 }.replacing(in: bytes) }

    /// `bytes` of a reply with every known key replaced by a gap that tells itself from what the server wrote.
    package func marked(_ bytes: [UInt8]) -> [UInt8] {
        known.withLock { $0 }.replacing(in: bytes) { Array("[key ".utf8) + $0 + Array("]".utf8) }
    }

    /// `text` with every known key replaced.
    package func scrub(_ text: String) -> String {
        let known = known.withLock { $0 }
        let bytes = Array(text.utf8)
        guard known.finds(in: bytes) else { return text }
        return String(decoding: known.replacing(in: bytes), as: UTF8.self)
    }

    /// Whether any known key occurs in `bytes`.
    package func findsSecret(in bytes: [UInt8]) -> Bool { known.withLock { $0 }.finds(in: bytes) }

    private static func forms(of key: [UInt8]) -> [[UInt8]] {
        // Servers that say a key back leave out the prefix that all their keys have.
        let hasPrefix = key.starts(with: Array("sk-".utf8)) && key.count >= 19
        let spellings = [key] + (hasPrefix ? [Array(key.dropFirst(3))] : [])
        var seen: Set<[UInt8]> = []
        return spellings.flatMap(encodings).filter { $0.count >= 8 && seen.insert($0).inserted }
    }

    /// The key as it is, escaped for URLs and JSON, and in base64.
    private static func encodings(of key: [UInt8]) -> [[UInt8]] {
        var forms = [key]
        let text = String(decoding: key, as: UTF8.self)
        let all = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        let each = key.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        for encoded in [all, each, PercentEncoding.queryComponent(text), PercentEncoding.segment(text)] {
            forms.append(Array(encoded.utf8))
            forms.append(lowercasedEscapes(encoded))
        }
        let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        forms.append(Array(quoted.utf8))
        forms.append(Array(quoted.replacing("/", with: "\\/").utf8))
        for offset in 0..<3 {
            let digits = base64Core(of: key, after: offset)
            // The second alphabet is that for URLs (RFC 4648 section 5).
            let others: [UInt8: UInt8] = [UInt8(ascii: "+"): UInt8(ascii: "-"), UInt8(ascii: "/"): UInt8(ascii: "_")]
            forms += [digits, digits.map { others[$0] ?? $0 }]
        }
        return forms
    }

    /// `text` with the digits of its percent escapes in lower case and all else as it is.
    private static func lowercasedEscapes(_ text: String) -> [UInt8] {
        var digits = 0
        return text.utf8.map { byte in
            defer { digits = byte == UInt8(ascii: "%") ? 2 : max(digits - 1, 0) }
            return digits > 0 && (65...90).contains(byte) ? byte | 0x20 : byte
        }
    }

    /// The base64 digits that depend on the key alone when `offset` bytes stand before it in its group of three.
    private static func base64Core(of key: [UInt8], after offset: Int) -> [UInt8] {
        let padded = [UInt8](repeating: 0, count: offset) + key
        let digits = Array(Data(padded).base64EncodedData())
        let first = (offset * 8 + 5) / 6
        let last = padded.count * 8 / 6
        return first < last ? Array(digits[first..<last]) : []
    }

    fileprivate static func replace(_ needle: [UInt8], by replacement: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard var hit = bytes.offset(of: needle) else { return bytes }
        var result: [UInt8] = []
        var start = 0
        while true {
            result += bytes[start..<hit]
            result += replacement
            start = hit + needle.count
            guard let next = bytes.offset(of: needle, from: start) else { break }
            hit = next
        }
        return result + bytes[start...]
    }
}
