extension DisplayWidth {
    /// The longest beginning of `text` that takes at most `columns`.
    package static func prefix(_ text: String, columns: Int) -> Substring {
        var room = columns
        var end = text.startIndex
        for index in text.indices {
            room -= Self.columns(of: text[index])
            guard room >= 0 else { break }
            end = text.index(after: index)
        }
        return text[..<end]
    }

    /// The longest end of `text` that takes at most `columns`.
    package static func suffix(_ text: String, columns: Int) -> Substring {
        var room = columns
        var start = text.endIndex
        for index in text.indices.reversed() {
            room -= Self.columns(of: text[index])
            guard room >= 0 else { break }
            start = index
        }
        return text[start...]
    }

    /// `text` with blanks up to `columns`; longer text stays as it is.
    package static func padded(_ text: String, to columns: Int, alignment: Alignment = .left) -> String {
        let missing = columns - Self.columns(of: text)
        guard missing > 0 else { return text }
        let blanks = String(repeating: " ", count: missing)
        return alignment == .left ? text + blanks : blanks + text
    }
}

/// Where the blanks of a padded cell go.
package enum Alignment: Sendable {
    case left
    case right
}

/// `text`, or its beginning and `...` when it takes more than `maxColumns`.
package func elide(_ text: String, maxColumns: Int) -> String {
    guard DisplayWidth.columns(of: text) > maxColumns else { return text }
    guard maxColumns > 3 else { return String(DisplayWidth.prefix(text, columns: max(0, maxColumns))) }
    return DisplayWidth.prefix(text, columns: maxColumns - 3) + "..."
}
