import Foundation
import Journal
import Synchronization
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Replaces loaded keys by their masked form wherever bytes leave the process, by value: plain, in base64 at any
/// alignment, percent-encoded and JSON-escaped.
package final class Redactor: SecretScrubber {
    private struct Pattern: Sendable {
        var needle: [UInt8]
        var replacement: [UInt8]
    }

    private struct Known: Sendable {
        var patterns: [Pattern] = []
        var sieve = NeedleSieve([])
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
            // Longer needles first, so that the plain form does not cut a longer one in two.
            known.patterns.sort { $0.needle.count > $1.needle.count }
            known.sieve = NeedleSieve(known.patterns.map(\.needle))
        }
    }

    /// `bytes` with every known key replaced.
    package func scrub(_ bytes: [UInt8]) -> [UInt8] {
        let known = known.withLock(\.self)
        guard known.sieve.finds(in: bytes) else { return bytes }
        return known.patterns.reduce(bytes) { Self.replace($1, in: $0) }
    }

    /// `bytes` of a reply with every known key replaced by a gap that tells itself from what the server wrote.
    package func marked(_ bytes: [UInt8]) -> [UInt8] {
        let known = known.withLock(\.self)
        guard known.sieve.finds(in: bytes) else { return bytes }
        return known.patterns.reduce(bytes) { bytes, pattern in
            let gap = Array("[key ".utf8) + pattern.replacement + Array("]".utf8)
            return Self.replace(Pattern(needle: pattern.needle, replacement: gap), in: bytes)
        }
    }

    /// `text` with every known key replaced.
    package func scrub(_ text: String) -> String {
        var text = text
        let known = known.withLock(\.self)
        guard text.withUTF8({ known.sieve.finds(in: $0) }) else { return text }
        let bytes = known.patterns.reduce(Array(text.utf8)) { Self.replace($1, in: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether any known key occurs in `bytes`.
    package func findsSecret(in bytes: [UInt8]) -> Bool { known.withLock(\.sieve).finds(in: bytes) }

    private static func forms(of key: [UInt8]) -> [[UInt8]] {
        var forms = [key]
        let text = String(decoding: key, as: UTF8.self)
        let all = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        for encoded in [all, PercentEncoding.queryComponent(text), PercentEncoding.segment(text)] {
            forms.append(Array(encoded.utf8))
            forms.append(lowercasedEscapes(encoded))
        }
        let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        forms.append(Array(quoted.utf8))
        forms.append(Array(quoted.replacing("/", with: "\\/").utf8))
        for offset in 0..<3 { forms.append(base64Core(of: key, after: offset)) }
        var seen: Set<[UInt8]> = []
        return forms.filter { $0.count >= 8 && seen.insert($0).inserted }
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

    private static func replace(_ pattern: Pattern, in bytes: [UInt8]) -> [UInt8] {
        guard var hit = find(pattern.needle, in: bytes, from: 0) else { return bytes }
        var result: [UInt8] = []
        var start = 0
        while true {
            result += bytes[start..<hit]
            result += pattern.replacement
            start = hit + pattern.needle.count
            guard let next = find(pattern.needle, in: bytes, from: start) else { break }
            hit = next
        }
        return result + bytes[start...]
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first else { return nil }
        // memchr finds candidates at memory speed; memmem would do it all but is missing from the Glibc module.
        return bytes.withUnsafeBytes { haystack -> Int? in
            guard let base = haystack.baseAddress else { return nil }
            var offset = start
            while haystack.count - offset >= needle.count {
                let window = haystack.count - offset - needle.count + 1
                guard let hit = memchr(base + offset, CInt(first), window) else { return nil }
                offset = UnsafeRawPointer(hit) - base
                if memcmp(base + offset, needle, needle.count) == 0 { return offset }
                offset += 1
            }
            return nil
        }
    }
}
