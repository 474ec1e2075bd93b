import CEditLine

/// How libedit draws one character of the line.
///
/// The classes and widths are libedit's (`ct_chr_class`, `ct_visual_width`), which follow the C library:
/// the cursor is where libedit put it, so its idea of a width counts here and not a better one.
enum DrawnCharacter: Equatable {
    case newline
    case tab
    /// Two columns that stay together on a row.
    case wide
    /// This many columns, drawn as itself or as `^X`, `\U+XXXX`, which may break at the row's end.
    case columns(Int)

    init(_ scalar: Unicode.Scalar) {
        let character = wchar_t(scalar.value)
        switch scalar {
        case "\n":
            self = .newline
        case "\t":
            self = .tab
        case _ where scalar.value < 0x100 && ced_is_control(character) != 0:
            self = .columns(2)
        case _ where ced_is_printable(character) == 0:
            self = .columns(scalar.value > 0xFFFF ? 8 : 7)
        default:
            let width = Int(ced_width(character))
            self = width == 2 ? .wide : .columns(max(0, width))
        }
    }
}

/// Where the cursor stands after prompt and text, counted from the first row of the block.
struct LineGeometry: Equatable {
    private(set) var row = 0
    private(set) var column = 0
    let width: Int

    init(width: Int) {
        self.width = max(2, width)
    }

    mutating func advance(over character: DrawnCharacter) {
        switch character {
        case .newline:
            row += 1
            column = 0
        case .tab:
            move(by: min((column / 8 + 1) * 8, width) - column)
        case .wide:
            skipToWholeCell()
            move(by: 2)
        case .columns(let columns):
            move(by: columns)
        }
    }

    mutating func advance(over scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars {
            advance(over: DrawnCharacter(scalar))
        }
    }

    /// libedit fills the last column with a blank when a wide character comes next, and stands on the next row.
    private mutating func skipToWholeCell() {
        if column == width - 1 {
            move(by: 1)
        }
    }

    private mutating func move(by columns: Int) {
        column += columns
        // A full row counts as the next one: libedit forces the wrap at once.
        row += column / width
        column %= width
    }
}

extension LineGeometry {
    /// The cursor's place in a block of `prompt` and the text before the cursor; `next` is the character under it.
    static func cursor(
        prompt: some Sequence<Unicode.Scalar>,
        text: some Sequence<Unicode.Scalar>,
        next: Unicode.Scalar? = nil,
        width: Int
    ) -> LineGeometry {
        var place = LineGeometry(width: width)
        place.advance(over: prompt)
        place.advance(over: text)
        if let next, DrawnCharacter(next) == .wide {
            place.skipToWholeCell()
        }
        return place
    }
}
