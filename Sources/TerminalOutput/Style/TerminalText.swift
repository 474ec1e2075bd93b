/// Makes foreign text safe to put on a terminal: what could move the cursor, change its state or reverse the
/// reading order is written out.
package enum TerminalText {
    /// Which characters are written out besides controls, bidi controls and bad UTF-8.
    package enum Purpose: Sendable {
        /// Bodies and messages: newline and tab stay.
        case body
        /// Ids, names, words, header values: one line, and nothing that takes no column, for two ids that look
        /// the same must be the same.
        case name
    }

    /// Escapes C0 (in bodies all but newline and tab), DEL, C1 and bidi controls as `\u001b`.
    package static func sanitized(_ text: String, for purpose: Purpose = .body) -> String {
        guard text.unicodeScalars.contains(where: { mustEscape($0, purpose) }) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if mustEscape(scalar, purpose) {
                safe.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// A name on one line, or its beginning and its length where it is as long as nobody reads.
    package static func words(_ text: String, limit: Int = 400) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return sanitized(text, for: .name) }
        return "\(sanitized(String(scalars[..<end]), for: .name))... (\(scalars.count) chars)"
    }

    /// As for text; bytes that are no UTF-8 become `\xff`.
    package static func sanitized(bytes: some Collection<UInt8>, for purpose: Purpose = .body) -> String {
        String(decoding: safe(Array(bytes), for: purpose), as: UTF8.self)
    }

    /// As ``sanitized(bytes:for:)``, without a text in between: a reply may be a hundred megabytes long.
    package static func safe(_ bytes: [UInt8], for purpose: Purpose = .body) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let first = bytes[index]
            if (0x20..<0x7F).contains(first) || (purpose == .body && (first == 0x0A || first == 0x09)) {
                // Nearly everything is printable ASCII, and goes along in one piece.
                var end = index + 1
                while end < bytes.count, (0x20..<0x7F).contains(bytes[end]) { end += 1 }
                out.append(contentsOf: bytes[index..<end])
                index = end
                continue
            }
            let sequence = bytes[index..<min(index + sequenceLength(first), bytes.count)]
            guard sequence.count == sequenceLength(first), let decoded = String(validating: sequence, as: UTF8.self)
            else {
                out.append(contentsOf: "\\x\(hexadecimal(UInt32(first), digits: 2))".utf8)
                index += 1
                continue
            }
            if let scalar = decoded.unicodeScalars.first, mustEscape(scalar, purpose) {
                out.append(contentsOf: escape(scalar).utf8)
            } else {
                out.append(contentsOf: sequence)
            }
            index = sequence.endIndex
        }
        return out
    }

    private static func mustEscape(_ scalar: Unicode.Scalar, _ purpose: Purpose) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F:
            false
        case 0x0A, 0x09:
            purpose == .name
        case 0..<0x20, 0x7F..<0xA0:
            true
        // Marks, embeddings, overrides and isolates (Unicode Standard Annex 9).
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
            true
        case 0x2028, 0x2029:
            true
        case 0..<0xAD:
            false
        default:
            purpose == .name && (scalar.value == 0xAD || DisplayWidth.columns(of: scalar) == 0)
        }
    }

    /// JSON's form, with a surrogate pair beyond U+FFFF.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        UTF16.encode(scalar).map { units in
            units.map { "\\u\(hexadecimal(UInt32($0), digits: 4))" }.joined()
        } ?? ""
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
