import TerminalOutput

/// Rows of cells as aligned lines.
enum Columns {
    /// Two blanks between columns, wide characters counted as two; the last column is cut at `width` when given.
    static func aligned(_ rows: [[String]], width: Int? = nil) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        var widths = [Int](repeating: 0, count: count)
        for row in rows {
            for (index, cell) in row.enumerated() where index < row.count - 1 {
                widths[index] = max(widths[index], DisplayWidth.columns(of: cell))
            }
        }
        return rows.map { row in
            var line = ""
            for (index, cell) in row.enumerated() {
                let isLast = index == row.count - 1
                if widths[index] == 0, !isLast { continue }
                line += isLast ? cell : DisplayWidth.padded(cell, to: widths[index]) + "  "
            }
            while line.last == " " { line.removeLast() }
            guard let width else { return line }
            return elide(line, maxColumns: width)
        }
    }
}
