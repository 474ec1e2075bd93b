/// Rows in aligned columns, wide characters included.
package struct TextTable: Sendable {
    package struct Column: Sendable {
        package var heading: String
        package var alignment: Alignment
        /// A column that may be cut when the table is wider than the terminal.
        package var isFlexible: Bool
        /// Of the flexible columns those with a lower rank are cut first, as far as they can be.
        package var rank: Int
        /// What is left of it at least: below that the rest would say nothing.
        package var narrowest: Int
        /// Whether its middle is cut out, where the end says as much as the beginning: ids, paths.
        package var isCutInMiddle: Bool

        package init(
            _ heading: String = "",
            alignment: Alignment = .left,
            isFlexible: Bool = false,
            rank: Int = 0,
            narrowest: Int = 8,
            isCutInMiddle: Bool = false
        ) {
            self.heading = heading
            self.alignment = alignment
            self.isFlexible = isFlexible
            self.rank = rank
            self.narrowest = narrowest
            self.isCutInMiddle = isCutInMiddle
        }
    }

    private static let gap = "  "

    package let columns: [Column]
    private var rows: [[StyledText]] = []

    package init(columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; cells beyond the columns are dropped, missing ones are blank.
    package mutating func add(_ cells: [StyledText]) {
        rows.append(columns.indices.map { $0 < cells.count ? cells[$0] : "" })
    }

    package mutating func add(_ cells: [String]) {
        add(cells.map { StyledText($0) })
    }

    /// The lines, without blanks at their ends; a nil `width` means no terminal, where nothing is cut.
    package func lines(width: Int?, color: ColorMode) -> [String] {
        var table = rows
        if columns.contains(where: { !$0.heading.isEmpty }) {
            table.insert(columns.map { StyledText($0.heading, .heading) }, at: 0)
        }
        let widths = fitted(naturalWidths(of: table), to: width)
        return table.map { line(of: $0, widths: widths, isCut: width != nil, color: color) }
    }

    private func naturalWidths(of table: [[StyledText]]) -> [Int] {
        columns.indices.map { column in table.map { $0[column].columns }.max() ?? 0 }
    }

    private func fitted(_ natural: [Int], to width: Int?) -> [Int] {
        guard let width else { return natural }
        var widths = natural
        var excess = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - width
        while excess > 0 {
            let able = widths.indices.filter { columns[$0].isFlexible && widths[$0] > columns[$0].narrowest }
            let rank = able.map { columns[$0].rank }.min()
            let flexible = able.filter { columns[$0].rank == rank }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            // Down to the next widest one at most, so that two long columns share the loss.
            let narrowest = columns[widest].narrowest
            let next = flexible.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max() ?? narrowest
            let distance = widths[widest] - max(next, narrowest)
            let equals = flexible.count { widths[$0] == widths[widest] }
            let step = max(1, min(excess / equals, distance))
            widths[widest] -= step
            excess -= step
        }
        return widths
    }

    private func cut(_ cell: StyledText, to width: Int, in column: Column) -> StyledText {
        column.isCutInMiddle ? cell.elidedInMiddle(maxColumns: width) : cell.elided(maxColumns: width)
    }

    private func line(of cells: [StyledText], widths: [Int], isCut: Bool, color: ColorMode) -> String {
        var line = ""
        var pending = ""
        for (index, cell) in cells.enumerated() {
            let shown = isCut ? cut(cell, to: widths[index], in: columns[index]) : cell
            let blanks = String(repeating: " ", count: max(0, widths[index] - shown.columns))
            let before = columns[index].alignment == .right ? blanks : ""
            if shown.columns > 0 {
                line += pending + before + shown.rendered(color)
                pending = columns[index].alignment == .right ? "" : blanks
            } else {
                pending += blanks
            }
            pending += Self.gap
        }
        return line
    }
}
