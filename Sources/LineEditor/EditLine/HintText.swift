/// The dim text behind the cursor, as bytes to write.
///
/// It is written between "save cursor" and "restore cursor" and erased with blanks: `ESC [K` would take the
/// right prompt with it, which libedit then believes to be still there.
enum HintText {
    /// The part of `hint` that fits into `columns`, without controls.
    static func clipped(_ hint: String, to columns: Int) -> String {
        var room = columns
        var shown = String.UnicodeScalarView()
        for scalar in hint.unicodeScalars {
            switch DrawnCharacter(scalar) {
            case .wide: room -= 2
            case .columns(let width) where width <= 1: room -= width
            default: return String(shown)
            }
            guard room >= 0 else { break }
            shown.append(scalar)
        }
        return String(shown)
    }

    static func painting(_ hint: String) -> String {
        "\u{1B}7\u{1B}[2m\(hint)\u{1B}[0m\u{1B}8"
    }

    static func erasing(columns: Int) -> String {
        "\u{1B}7\(String(repeating: " ", count: columns))\u{1B}8"
    }

    /// How many columns of the row are free behind the cursor.
    static func room(cursor: LineGeometry, rightPromptColumns: Int) -> Int {
        // The last column stays free: a terminal may wrap there before the cursor is restored.
        let end = cursor.width - 1
        guard cursor.row == 0, rightPromptColumns > 0 else { return max(0, end - cursor.column) }
        // libedit shows the right prompt only while a column remains between it and the line.
        let isShown = cursor.width - cursor.column - rightPromptColumns > 1
        return max(0, (isShown ? end - rightPromptColumns - 1 : end) - cursor.column)
    }
}
