/// Where the cursor of a drawn block stands at least after the terminal wrapped its rows anew for another width.
///
/// The terminal joins rows that ran over the margin, with the blanks they were filled up with, and keeps rows apart that
/// were ended by a line feed. libedit does either for a row whose last cell is blank or that a newline ends: it draws no
/// last blanks, but may well go down by writing over the margin. So at each such row what puts the cursor higher is taken:
/// a remainder of our own line left above it is better than a notice erased. For other rows there is no doubt.
struct RewrappedBlock {
    private let oldWidth: Int
    private let newWidth: Int
    private var oldColumn = 0
    private var row = 0
    private var column = 0
    private var blanks = 0

    /// The fewest rows that can be above the cursor's row, `text` being the line up to the cursor.
    ///
    /// Widths are in columns.
    static func cursorRow(
        prompt: some Sequence<Unicode.Scalar>,
        text: some Sequence<Unicode.Scalar>,
        oldWidth: Int,
        newWidth: Int
    ) -> Int {
        var block = RewrappedBlock(oldWidth: max(2, oldWidth), newWidth: max(2, newWidth))
        for scalar in prompt {
            block.draw(DrawnCharacter(scalar), isBlank: scalar == " ")
        }
        for scalar in text {
            block.draw(DrawnCharacter(scalar), isBlank: scalar == " ")
        }
        // Blanks before the cursor may have been skipped and not drawn, and a full row may end there.
        return block.row
    }

    private init(oldWidth: Int, newWidth: Int) {
        self.oldWidth = oldWidth
        self.newWidth = newWidth
    }

    private mutating func draw(_ character: DrawnCharacter, isBlank: Bool) {
        switch character {
        case .newline:
            endRow(at: oldColumn)
        case .tab:
            let stop = min((oldColumn / 8 + 1) * 8, oldWidth)
            for _ in oldColumn..<stop {
                cell(width: 1, isBlank: true)
            }
        case .wide:
            if oldColumn == oldWidth - 1 {
                cell(width: 1, isBlank: true)
            }
            cell(width: 2, isBlank: false)
        case .columns(let count):
            for _ in 0..<count {
                cell(width: 1, isBlank: isBlank)
            }
        }
    }

    private mutating func cell(width: Int, isBlank: Bool) {
        if isBlank {
            blanks += 1
        } else {
            emitBlanks()
            place(width)
        }
        oldColumn += width
        if oldColumn >= oldWidth { endRow(at: oldWidth) }
    }

    private mutating func emitBlanks() {
        for _ in 0..<blanks {
            place(1)
        }
        blanks = 0
    }

    private mutating func place(_ width: Int) {
        if column + width > newWidth {
            row += 1
            column = 0
        }
        column += width
    }

    private mutating func endRow(at oldColumn: Int) {
        blanks += oldWidth - oldColumn
        if column + blanks <= newWidth {
            // Joined with the next row, and still on the same one.
            column += blanks
        } else if blanks > 0 {
            row += 1
            column = 0
        }
        blanks = 0
        self.oldColumn = 0
    }
}
