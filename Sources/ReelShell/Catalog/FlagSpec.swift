/// One flag of a command or of the program.
package struct FlagSpec: Sendable, Hashable {
    /// The long name without dashes, or the letter of a flag that has only a letter.
    package var name: String
    /// The letter after a single dash.
    package var short: Character?
    /// The placeholder of its value; nil for a switch.
    package var value: String?
    /// One line of help.
    package var help: String
    /// What its value stands for, for completion.
    package var operand: OperandKind?

    package init(
        _ name: String,
        short: Character? = nil,
        value: String? = nil,
        operand: OperandKind? = nil,
        help: String,
    ) {
        self.name = name
        self.short = short ?? (name.count == 1 ? name.first : nil)
        self.value = value
        self.operand = operand
        self.help = help
    }

    /// Whether it is written with one dash only.
    package var isLetterOnly: Bool { name.count == 1 }

    /// `--note`, or `-n` for one that has only a letter.
    package var spelling: String { isLetterOnly ? "-\(name)" : "--\(name)" }

    /// A value that it may have, for a line that is to be pasted.
    package var example: String {
        if case .choice(let choices, _)? = operand, let first = choices.first { return first }
        switch value {
        case "N", "LIMIT": return "2"
        case "T" where name != "note": return "90s"
        case "J": return "j1"
        case "FILE": return "out.txt"
        case "DIR": return "films"
        default: return value ?? ""
        }
    }

    /// The spelling with the placeholder, `-o FILE`.
    package var usage: String {
        let letter = isLetterOnly ? "" : short.map { "-\($0), " } ?? ""
        return letter + spelling + (value.map { " \($0)" } ?? "")
    }
}
