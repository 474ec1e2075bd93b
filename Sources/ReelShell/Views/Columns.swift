import TerminalOutput

/// Rows of cells as aligned lines.
enum Columns {
    /// Two blanks between columns, wide characters counted as two.
    ///
    /// - Parameters:
    ///   - rows: the cells; empty columns are left out.
    ///   - width: of the terminal; the flexible columns give way to fit it. Nil where nothing is cut.
    ///   - flexible: the columns that may be cut, by default the last.
    /// - Returns: a line a row, without blanks at the end.
    static func aligned(_ rows: [[String]], width: Int? = nil, flexible: Set<Int>? = nil) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let used = (0..<count).filter { index in rows.contains { $0.indices.contains(index) && !$0[index].isEmpty } }
        let flexible = flexible ?? [count - 1]
        var table = TextTable(columns: used.map { TextTable.Column(isFlexible: flexible.contains($0)) })
        for row in rows { table.add(used.map { row.indices.contains($0) ? row[$0] : "" }) }
        return table.lines(width: width, color: .plain)
    }
}
