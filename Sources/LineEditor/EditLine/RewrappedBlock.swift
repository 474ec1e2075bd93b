/// Where the cursor of a drawn block stands after the terminal wrapped its rows anew for another width.
///
/// The terminal joins rows that ran over the margin and keeps rows that were ended by a line feed apart.
/// libedit ends a row with a line feed when it is followed by a newline, or when its last cell is blank: it
/// draws no trailing blanks. Only characters typed one by one at the end of the line always run over.
struct RewrappedBlock {
    private let oldWidth: Int
    private let newWidth: Int
    private var oldColumn = 0
    private var row = 0
    private var column = 0
    private var blanks = 0

    /// The rows above the cursor's row, `text` being the line up to the cursor.
    ///
    /// The first `typedFrom` scalars of the line were drawn together, those behind were typed one by one.
    static func cursorRow(
        prompt: some Sequence<Unicode.Scalar>,
        text: some Sequence<Unicode.Scalar>,
        typedFrom: Int,
        oldWidth: Int,
        newWidth: Int
    ) -> Int {
        var block = RewrappedBlock(oldWidth: max(2, oldWidth), newWidth: max(2, newWidth))
        for scalar in prompt {
            block.draw(DrawnCharacter(scalar), isBlank: scalar == " ", runsOver: false)
        }
        for (index, scalar) in text.enumerated() {
            block.draw(DrawnCharacter(scalar), isBlank: scalar == " ", runsOver: index >= typedFrom)
        }
        block.emitBlanks()
        return block.column == block.newWidth ? block.row + 1 : block.row
    }

    private init(oldWidth: Int, newWidth: Int) {
        self.oldWidth = oldWidth
        self.newWidth = newWidth
    }

    private mutating func draw(_ character: DrawnCharacter, isBlank: Bool, runsOver: Bool) {
        switch character {
        case .newline:
            endRow()
        case .tab:
            let stop = min((oldColumn / 8 + 1) * 8, oldWidth)
            for _ in oldColumn..<stop {
                cell(width: 1, isBlank: true, runsOver: runsOver)
            }
        case .wide:
            if oldColumn == oldWidth - 1 {
                cell(width: 1, isBlank: true, runsOver: runsOver)
            }
            cell(width: 2, isBlank: false, runsOver: runsOver)
        case .columns(let count):
            for _ in 0..<count {
                cell(width: 1, isBlank: isBlank, runsOver: runsOver)
            }
        }
    }

    private mutating func cell(width: Int, isBlank: Bool, runsOver: Bool) {
        if isBlank {
            blanks += 1
        } else {
            emitBlanks()
            place(width)
        }
        oldColumn += width
        guard oldColumn >= oldWidth else { return }
        if blanks > 0, !runsOver {
            endRow()
        }
        oldColumn = 0
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

    private mutating func endRow() {
        blanks = 0
        oldColumn = 0
        row += 1
        column = 0
    }
}
