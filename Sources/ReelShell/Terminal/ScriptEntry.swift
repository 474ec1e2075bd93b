/// An entry of a script with the line it begins on.
package struct ScriptEntry: Sendable, Hashable {
    /// The line, from 1.
    package var line: Int
    /// The entry, inner newlines included.
    package var text: String

    /// Makes an entry.
    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }

    /// Splits a script into entries: a line each, continued where a quote or a backslash leaves it open.
    package static func split(_ text: String, in context: GrammarContext) -> [ScriptEntry] {
        var entries: [ScriptEntry] = []
        var open: ScriptEntry?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
            var entry = open ?? ScriptEntry(line: index + 1, text: "")
            entry.text += open == nil ? line : "\n" + line
            if EntryParser.needsMore(entry.text, in: context) {
                open = entry
                continue
            }
            open = nil
            if !entry.text.allSatisfy(\.isWhitespace) { entries.append(entry) }
        }
        if let open { entries.append(open) }
        return entries
    }
}
