/// Text in pieces of one style each, measured without its colours.
package struct StyledText: Sendable, Equatable, ExpressibleByStringLiteral {
    package struct Run: Sendable, Equatable {
        package var text: String
        package var style: TextStyle?
    }

    package private(set) var runs: [Run] = []

    package init(_ text: String = "", _ style: TextStyle? = nil) {
        append(text, style)
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    package mutating func append(_ text: String, _ style: TextStyle? = nil) {
        guard !text.isEmpty else { return }
        runs.append(Run(text: text, style: style))
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.runs += right.runs
        return sum
    }

    /// The text alone.
    package var plain: String { runs.map(\.text).joined() }

    package var columns: Int { runs.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) } }

    /// With the sequences that `mode` allows.
    package func rendered(_ mode: ColorMode) -> String {
        runs.map { run in run.style.map { $0.apply(to: run.text, mode) } ?? run.text }.joined()
    }

    /// Cut to `maxColumns`, the last three being `...` when something is missing.
    package func elided(maxColumns: Int) -> StyledText {
        guard columns > maxColumns else { return self }
        let mark = maxColumns > 3 ? "..." : ""
        var room = max(0, maxColumns - mark.count)
        var cut = StyledText()
        for run in runs {
            let piece = String(DisplayWidth.prefix(run.text, columns: room))
            room -= DisplayWidth.columns(of: piece)
            cut.append(piece, run.style)
            guard piece == run.text else {
                cut.append(mark, run.style)
                return cut
            }
        }
        cut.append(mark, cut.runs.last?.style)
        return cut
    }

    /// Cut to `maxColumns` with `...` in place of its middle; in the style of its beginning.
    package func elidedInMiddle(maxColumns: Int) -> StyledText {
        guard columns > maxColumns, maxColumns > 6 else { return elided(maxColumns: maxColumns) }
        let room = maxColumns - 3
        let head = DisplayWidth.prefix(plain, columns: room - room / 2)
        let tail = DisplayWidth.suffix(plain, columns: room / 2)
        return StyledText("\(head)...\(tail)", runs.first?.style)
    }
}
