import TerminalOutput

extension HelpText {
    /// Breaks `text` at blanks and between Chinese characters; the lines after the first begin with `indent`.
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
        for character in text {
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
                atoms.append(Atom(gap: gap, text: String(character), columns: columns))
            }
            gap = 0
            previous = character
        }
        return atoms
    }

    /// Whether a line may end between two characters: beside a wide one, but not before what closes or behind what
    /// opens.
    private static func divides(_ left: Character, _ right: Character) -> Bool {
        guard DisplayWidth.columns(of: left) == 2 || DisplayWidth.columns(of: right) == 2 else { return false }
        return !"，。；：！？、）》」』”’,.;:!?)".contains(right) && !"（《「『“‘(".contains(left)
    }
}
