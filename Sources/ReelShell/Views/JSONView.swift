import LosslessJSON
import TerminalOutput

/// JSON laid out for a terminal: tokens unchanged but for long strings, which are cut, and characters that could act on
/// the terminal, which become escapes.
enum JSONView {
    private static let widest = 200
    private static let kept = 160

    /// The layout, or nil when `bytes` are not JSON.
    static func forTerminal(_ bytes: [UInt8], _ style: OutputStyle, isFull: Bool) -> [UInt8]? {
        // Laid out first, so that what is made harmless stands inside strings only and the result is JSON again.
        guard let plain = try? JSONFormatter.format(bytes) else { return nil }
        let harmless = Array(TerminalText.sanitized(bytes: plain).utf8)
        var layout = JSONFormatter.Style.pretty
        if !isFull { layout.elision = elision }
        if style.isColored { layout.colors = colors }
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
