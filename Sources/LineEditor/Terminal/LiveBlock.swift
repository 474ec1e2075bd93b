/// Rows at the end of the output that are replaced from time to time, such as a table of running jobs.
///
/// The cursor stands below them, in the first column. Nothing is reserved: when the block is ended its last rows are
/// output like any other.
package struct LiveBlock {
    private var drawn: [PromptText] = []

    /// No rows yet.
    package init() {}

    /// Whether there is something to erase.
    package var isEmpty: Bool { drawn.isEmpty }

    /// What draws `rows` in place of the last ones on a terminal of `columns`.
    ///
    /// Each is written over the old one, which flickers less than erasing first.
    package mutating func replace(with rows: [String], columns: Int, rewraps: Bool = true) -> String {
        let start = backToTop(columns: columns, rewraps: rewraps)
        drawn = rows.map { Self.clipped(PromptText($0), to: columns - 1) }
        return start + drawn.map { "\($0.styled)\u{1B}[K\n" }.joined() + "\u{1B}[J"
    }

    /// What puts `text`, whole lines, above the rows.
    package func above(_ text: String, columns: Int, rewraps: Bool = true) -> String {
        guard !isEmpty else { return text }
        let rows = drawn.map { "\($0.styled)\n" }.joined()
        return backToTop(columns: columns, rewraps: rewraps) + "\u{1B}[J" + text + rows
    }

    /// What draws the rows again after the terminal got another width.
    package mutating func redraw(columns: Int, rewraps: Bool = true) -> String {
        guard !isEmpty else { return "" }
        let start = backToTop(columns: columns, rewraps: rewraps)
        drawn = drawn.map { Self.clipped($0, to: columns - 1) }
        return start + "\u{1B}[J" + drawn.map { "\($0.styled)\n" }.joined()
    }

    /// Leaves the rows as they are.
    package mutating func end() { drawn = [] }

    private func backToTop(columns: Int, rewraps: Bool) -> String {
        guard !isEmpty else { return "" }
        let taken = drawn.reduce(0) { sum, row in
            sum + (rewraps ? max(1, (row.columns + columns - 1) / max(1, columns)) : 1)
        }
        return "\r\u{1B}[\(taken)A"
    }

    /// Cut rows lose their colours: a sequence must not be torn apart.
    private static func clipped(_ row: PromptText, to columns: Int) -> PromptText {
        guard row.columns > columns else { return row }
        return PromptText(HintText.clipped(String(String.UnicodeScalarView(row.visible)), to: columns))
    }
}

extension PromptText {
    /// The columns it takes.
    var columns: Int { LineGeometry.cursor(prompt: visible, text: [], width: .max).column }

    /// The text with its sequences, as a terminal takes it.
    var styled: String { String(String.UnicodeScalarView(encoded.filter { $0 != Self.escape })) }
}
