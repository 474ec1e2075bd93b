import TerminalOutput

extension OutputStyle {
    /// What `--color` came to.
    var mode: ColorMode { isColored ? .sixteen : .plain }

    /// `text` in a style, where colour is used.
    func paint(_ text: String, _ style: TextStyle) -> String { style.apply(to: text, mode) }

    /// Foreign text on one line: made harmless for a terminal, and as it is for a program.
    func name(_ text: String) -> String { TerminalText.sanitized(text, for: .name) }

    /// A value that would fill the screen as its beginning and its length; elsewhere as it is.
    func elided(_ text: String) -> String {
        guard isTerminal, text.utf8.count > 200, DisplayWidth.columns(of: text) > 200 else { return text }
        return "\"\(DisplayWidth.prefix(text, columns: 160))...\" (\(text.unicodeScalars.count) chars)"
    }

    /// One line of foreign text cut to `columns` on a terminal.
    func clipped(_ text: String, _ columns: Int) -> String {
        // What cannot be seen need not be made harmless: a line may be a hundred megabytes long.
        let head = isTerminal ? String(text.unicodeScalars.prefix(max(columns, 1) + 1)) : text
        let safe = name(head)
        return isTerminal ? elide(safe, maxColumns: max(columns, 1)) : safe
    }
}
