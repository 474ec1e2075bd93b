import TerminalOutput

/// Rows of cells as aligned lines.
enum Columns {
    /// Two blanks between columns, wide characters counted as two; a last cell of several lines takes as many.
    ///
    /// - Parameters:
    ///   - rows: the cells; empty columns are left out.
    ///   - width: of the terminal; the flexible columns give way to fit it. Nil where nothing is cut.
    ///   - flexible: the columns that may be cut, by default the last.
    ///   - first: those of them that are cut before the others.
    ///   - last: those of them that are cut after the others.
    ///   - middle: those of them whose end says as much as their beginning: ids, paths.
    ///   - narrowest: what is left of a column at least, where that is not the usual.
    ///   - headings: what stands above the columns, in `color`.
    ///   - color: how the headings are set off.
    /// - Returns: a line a row, without blanks at the end.
    static func aligned(
        _ rows: [[String]],
        width: Int? = nil,
        flexible: Set<Int>? = nil,
        first: Set<Int> = [],
        last: Set<Int> = [],
        middle: Set<Int> = [],
        narrowest: [Int: Int] = [:],
        headings: [String] = [],
        color: ColorMode = .plain
    ) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let used = (0..<count).filter { index in rows.contains { $0.indices.contains(index) && !$0[index].isEmpty } }
        let flexible = flexible ?? [count - 1]
        let columns = used.map { index in
            TextTable.Column(
                isFlexible: flexible.contains(index),
                rank: first.contains(index) ? 0 : last.contains(index) ? 2 : 1,
                narrowest: narrowest[index] ?? 8,
                isCutInMiddle: middle.contains(index)
            )
        }
        var table = TextTable(columns: columns)
        if !headings.isEmpty {
            table.add(used.map { StyledText(headings.indices.contains($0) ? headings[$0] : "", .muted) })
        }
        for row in rows {
            // Further lines of a text stand below its first.
            let lines = row.last?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
            for (number, line) in lines.enumerated() {
                let cells = number == 0 ? row.dropLast() + [line] : row.dropLast().map { _ in "" } + [line]
                table.add(used.map { cells.indices.contains($0) ? cells[$0] : "" })
            }
        }
        // Cut to a few letters each, columns say nothing: on a narrow screen a row takes several lines instead.
        if let width, width < narrow,
            table.lines(width: nil, color: .plain).contains(where: { DisplayWidth.columns(of: $0) > width })
        {
            return rows.flatMap { row in
                let cells = row.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "  ")
                return HelpText.wrap(cells.replacing("\n", with: " "), width: width, indent: "    ")
            }
        }
        return table.lines(width: width, color: color)
    }

    /// Screens below this have no room for columns.
    static let narrow = 60

    /// Two blanks between columns, the last one broken at blanks, below the others where the terminal is narrow.
    static func described(_ rows: [[String]], width: Int?) -> [String] {
        guard let width else { return aligned(rows) }
        let heads = aligned(rows.map { Array($0.dropLast()) })
        let room = width - 2 - (heads.map(DisplayWidth.columns(of:)).max() ?? 0)
        let longest = rows.compactMap(\.last).map(HelpText.longestWord).max() ?? 0
        // An id or a URL stays whole where a line of its own has room for it.
        guard room >= max(24, longest <= width - 4 ? longest : 0) else {
            return zip(heads, rows).flatMap { head, row in
                [head] + HelpText.wrap("    \(row.last ?? "")", width: width, indent: "    ")
            }
        }
        return aligned(
            rows.map { row in
                row.dropLast() + [HelpText.wrap(row.last ?? "", width: room).joined(separator: "\n")]
            }
        )
    }
}

extension ShellOutput {
    /// Rows under headings, cut to the terminal's width; in a pipe whole rows without headings.
    ///
    /// - Parameters:
    ///   - rows: the cells.
    ///   - headings: a word a column, in English.
    ///   - flexible: the columns that may be cut.
    ///   - first: those of them that are cut before the others.
    ///   - last: those of them that are cut after the others.
    ///   - middle: those of them whose end says as much as their beginning: ids, paths.
    ///   - narrowest: what is left of a column at least, where that is not the usual.
    /// - Returns: a line a row, the headings first.
    func table(
        _ rows: [[String]],
        headings: [String],
        flexible: Set<Int>,
        first: Set<Int> = [],
        last: Set<Int> = [],
        middle: Set<Int> = [],
        narrowest: [Int: Int] = [:]
    ) -> [String] {
        guard style.isTerminal else { return Columns.aligned(rows) }
        return Columns.aligned(
            rows,
            width: width,
            flexible: flexible,
            first: first,
            last: last,
            middle: middle,
            narrowest: narrowest,
            headings: headings.map(language.say),
            color: style.mode
        )
    }
}
