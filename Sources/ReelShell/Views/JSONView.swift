import LosslessJSON
import TerminalOutput

/// JSON laid out for a terminal: tokens unchanged but for long strings, which are cut, and characters that could act on
/// the terminal, which become escapes.
enum JSONView {
    private static let widest = 200
    private static let kept = 160

    /// Deeper levels are indented no further, so that a reply of brackets is not gigabytes of blanks.
    private static let deepest = 100

    /// The layout for where it goes, or nil when `bytes` are not JSON: harmless and cut on a terminal, else as it is.
    static func layout(_ bytes: [UInt8], _ style: OutputStyle, isFull: Bool) -> [UInt8]? {
        var layout = JSONFormatter.Style.pretty
        layout.deepestIndent = deepest
        if style.isColored { layout.colors = colors }
        guard style.isTerminal else { return try? JSONFormatter.format(bytes, style: layout) }
        if !isFull { layout.elision = elision }
        // Laid out first, so that what is made harmless stands inside strings only and the result is JSON again.
        var plain = JSONFormatter.Style.compact
        plain.deepestIndent = deepest
        guard let compact = try? JSONFormatter.format(bytes, style: plain) else { return nil }
        let harmless = TerminalText.safe(compact)
        return (try? JSONFormatter.format(harmless, style: layout)) ?? harmless
    }

    private static var elision: JSONFormatter.Elision {
        JSONFormatter.Elision(columns: widest, headColumns: kept) { long in
            let head = String(decoding: long.head, as: UTF8.self)
            guard head.hasPrefix("data:"), let comma = head.firstIndex(of: ",") else {
                return Array("\"\(head)...\" (\(long.characterCount) chars)".utf8)
            }
            let shown = head[...comma] + head[head.index(after: comma)...].prefix(4)
            return Array("\"\(shown)... (\(humanBytes(long.byteCount)))\"".utf8)
        }
    }

    private static var colors: [JSONColorClass: JSONFormatter.Decoration] {
        let styles: [(JSONColorClass, TextStyle)] = [
            (.key, .key), (.string, .string), (.number, .number), (.bool, .literal), (.null, .literal),
        ]
        return Dictionary(
            uniqueKeysWithValues: styles.map { kind, style in
                let parts = style.apply(to: "\u{1}", .sixteen).split(
                    separator: "\u{1}",
                    omittingEmptySubsequences: false
                )
                return (kind, JSONFormatter.Decoration(prefix: String(parts[0]), suffix: String(parts[1])))
            }
        )
    }
}
