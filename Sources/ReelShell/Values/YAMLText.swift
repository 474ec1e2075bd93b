import VideoProviderKit

/// Writes YAML so that every reader gives the same text back.
enum YAMLText {
    /// `key: value`, or a block over several lines.
    static func member(_ key: String, _ text: String) -> [String] {
        if let block = block(text) { return ["\(scalar(key)): |-"] + block.map { $0.isEmpty ? "" : "  \($0)" } }
        return ["\(scalar(key)): \(scalar(text))"]
    }

    /// A text on one line: plain where no reader can take it for anything else.
    static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        if text.unicodeScalars.allSatisfy(isPrintable) {
            return "'\(text.replacing("'", with: "''"))'"
        }
        return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// The lines of a literal block; nil for texts that a block would change.
    private static func block(_ text: String) -> [Substring]? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty,
            first.first != " ", lines.allSatisfy({ $0.unicodeScalars.allSatisfy(isPrintable) }),
            // A line of blanks would be taken for an empty one by some readers.
            lines.allSatisfy({ $0.isEmpty || !$0.allSatisfy { $0 == " " } })
        else { return nil }
        return lines
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        // Of what begins with a digit only sizes are text to every reader.
        if ("0"..."9").contains(first) { return PixelSize(text)?.description == text && first != "0" }
        // Words that readers of one YAML version or another take for something else than text are quoted.
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        guard first.isASCIILetter, !words.contains(text.lowercased()) else { return false }
        return text.unicodeScalars.allSatisfy { $0.isNamePart || $0 == "/" }
    }

    /// What YAML takes as it is within a line.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        case _ where isPrintable(scalar): return String(scalar)
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }
}
