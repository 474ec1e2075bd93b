import TerminalOutput

extension HelpText {
    /// Breaks `text` at blanks and between Chinese characters; the lines after the first begin with `indent`.
    ///
    /// A word longer than `width`, an id or a URL, gets a line of its own. Colours take no room.
    package static func wrap(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = String(text.prefix { $0 == " " })
        var columns = line.count
        var isEmpty = true
        for atom in atoms(of: text.dropFirst(line.count)) {
            if !isEmpty, columns + atom.gap + atom.columns > width {
                lines.append(line)
                line = indent + atom.text
                columns = indent.count + atom.columns
            } else {
                line += String(repeating: " ", count: atom.gap) + atom.text
                columns += atom.gap + atom.columns
            }
            isEmpty = false
        }
        lines.append(line)
        return lines
    }

    /// What is never divided, with the blanks before it; runs of blanks align columns and stay within a line.
    private struct Atom {
        var gap: Int
        var text: String
        var columns: Int
    }

    private static func atoms(of text: Substring) -> [Atom] {
        var atoms: [Atom] = []
        var gap = 0
        var previous: Character?
        /// A sequence that colours what follows, from its escape to its letter.
        var sequence = ""
        for character in text {
            if character == "\u{1B}" || !sequence.isEmpty && sequence.last?.isLetter != true {
                sequence.append(character)
                if character.isLetter, previous != nil, !atoms.isEmpty {
                    atoms[atoms.count - 1].text += sequence
                    sequence = ""
                }
                continue
            }
            guard character != " " else {
                gap += 1
                previous = nil
                continue
            }
            let columns = DisplayWidth.columns(of: character)
            if let last = previous, !divides(last, character), !atoms.isEmpty {
                atoms[atoms.count - 1].text.append(character)
                atoms[atoms.count - 1].columns += columns
            } else {
                atoms.append(Atom(gap: gap, text: sequence + String(character), columns: columns))
                sequence = ""
            }
            gap = 0
            previous = character
        }
        if !sequence.isEmpty {
            if atoms.isEmpty { atoms.append(Atom(gap: gap, text: "", columns: 0)) }
            atoms[atoms.count - 1].text += sequence
        }
        return atoms
    }

    /// The columns of the longest part that is never divided.
    static func longestWord(_ text: String) -> Int { atoms(of: text[...]).map(\.columns).max() ?? 0 }

    /// Rows of an example that are wider than `width`: what stands in a second column goes on below itself.
    ///
    /// A row without columns is a line to copy, which the terminal had better break by itself.
    static func wrap(rows: [String], width: Int) -> [String] {
        let columns = rows.map(secondColumn)
        let counts = Dictionary(columns.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        return zip(rows, columns).flatMap { row, own in
            let start = own ?? usual.flatMap { DisplayWidth.prefix(row, columns: $0).last == " " ? $0 : nil }
            guard let start, DisplayWidth.columns(of: row) > width else { return [row] }
            return wrap(row, width: width, indent: String(repeating: " ", count: width - start >= 16 ? start : 4))
        }
    }

    /// Where a row goes on behind two blanks or more.
    private static func secondColumn(_ row: String) -> Int? {
        let text = row.drop { $0 == " " }
        guard let gap = text.firstRange(of: "  ") else { return nil }
        let rest = text[gap.lowerBound...].drop { $0 == " " }
        return rest.isEmpty ? nil : DisplayWidth.columns(of: row[..<rest.startIndex])
    }

    /// Whether a line may end between two characters: beside a wide one, but not before what closes or behind what
    /// opens.
    private static func divides(_ left: Character, _ right: Character) -> Bool {
        guard DisplayWidth.columns(of: left) == 2 || DisplayWidth.columns(of: right) == 2 else { return false }
        return !"，。；：！？、）》」』”’,.;:!?)".contains(right) && !"（《「『“‘(".contains(left)
    }
}
