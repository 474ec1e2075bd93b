import JobEngine
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// Text for a page: nothing in it can become markup, act on a terminal it is copied to, or reverse the reading order.
enum HTMLText {
    private static let widest = 400
    private static let kept = 240
    private static let longest = 96 << 10

    /// Text between tags or in an attribute in double quotes.
    static func escaped(_ text: String) -> String { String(decoding: escaped(Array(text.utf8)), as: UTF8.self) }

    private static func escaped(_ bytes: [UInt8], quotes: Bool = true) -> [UInt8] {
        var out: [UInt8] = []
        for byte in TerminalText.safe(bytes) {
            switch byte {
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            case UInt8(ascii: "<"): out += Array("&lt;".utf8)
            case UInt8(ascii: ">"): out += Array("&gt;".utf8)
            case UInt8(ascii: "\"") where quotes: out += Array("&quot;".utf8)
            default: out.append(byte)
            }
        }
        return out
    }

    /// A body as coloured lines: JSON laid out, anything else as text; long strings and long bodies are cut.
    static func body(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "<pre class=\"body empty\">no body</pre>" }
        return
            "<pre class=\"body\">\(laidOut(bytes) ?? cut(String(decoding: escaped(Array(bytes.prefix(longest)), quotes: false), as: UTF8.self), bytes.count))</pre>"
    }

    private static func laidOut(_ bytes: [UInt8]) -> String? {
        guard let compact = try? JSONFormatter.format(bytes, style: .compactLine) else { return nil }
        // Outside of strings JSON has none of these characters, so the escaped text is JSON still.
        let harmless = escaped(compact, quotes: false)
        var style = JSONFormatter.Style.pretty
        style.deepestIndent = 40
        style.elision = JSONFormatter.Elision(columns: widest, headColumns: kept) { long in
            Array("\"\(String(decoding: long.head, as: UTF8.self))...\" (\(humanBytes(long.byteCount)))".utf8)
        }
        for (kind, name) in [(JSONColorClass.key, "k"), (.string, "s"), (.number, "n"), (.bool, "l"), (.null, "l")] {
            style.colors[kind] = JSONFormatter.Decoration(prefix: "<b class=\(name)>", suffix: "</b>")
        }
        guard let laidOut = try? JSONFormatter.format(harmless, style: style) else { return nil }
        let text = String(decoding: laidOut, as: UTF8.self)
        guard text.utf8.count > longest else { return text }
        // Cut between lines, so that no tag stays open.
        var kept = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard kept.utf8.count + line.utf8.count < longest else { break }
            kept += line + "\n"
        }
        return cut(kept, bytes.count)
    }

    private static func cut(_ text: String, _ whole: Int) -> String {
        whole > longest ? "\(text)\n... (\(humanBytes(whole)) in all)" : text
    }
}

/// A page put together from tags.
struct HTMLWriter {
    private(set) var text = ""

    mutating func raw(_ markup: String) { text += markup + "\n" }

    /// An element with text in it.
    mutating func element(_ tag: String, _ content: String, _ attributes: String = "") {
        raw("<\(tag)\(attributes.isEmpty ? "" : " \(attributes)")>\(HTMLText.escaped(content))</\(tag)>")
    }

    /// A table with headings, which may be none.
    mutating func table(_ headings: [String], _ rows: [[Cell]], _ attributes: String = "") {
        guard !rows.isEmpty else { return }
        raw("<div class=scroll><table\(attributes.isEmpty ? "" : " \(attributes)")>")
        if !headings.isEmpty {
            raw("<thead><tr>\(headings.map(heading).joined())</tr></thead>")
        }
        raw("<tbody>")
        for row in rows { raw("<tr>\(row.map(\.markup).joined())</tr>") }
        raw("</tbody></table></div>")
    }

    /// A heading; one that begins with `>` stands to the right, as the numbers below it do.
    private func heading(_ text: String) -> String {
        text.hasPrefix(">")
            ? "<th class=num>\(HTMLText.escaped(String(text.dropFirst())))</th>" : "<th>\(HTMLText.escaped(text))</th>"
    }

    struct Cell: ExpressibleByStringLiteral {
        var markup: String

        init(stringLiteral value: String) { self.init(value) }

        init(_ text: String, class name: String = "") {
            markup = "<td\(name.isEmpty ? "" : " class=\(name)")>\(HTMLText.escaped(text))</td>"
        }

        init(markup: String, class name: String = "") {
            self.markup = "<td\(name.isEmpty ? "" : " class=\(name)")>\(markup)</td>"
        }
    }
}
