/// One command: what parsing, completion and help know of it.
package struct CommandSpec: Sendable, Hashable {
    /// The full name.
    package var name: String
    /// Other full names.
    package var aliases: [String]
    /// Where help lists it.
    package var group: CommandGroup
    /// The usage, beginning with the name.
    package var synopsis: String
    /// One line of help.
    package var summary: String
    /// A few lines of help with an example.
    package var details: String
    /// Its own flags; see ``CommandCatalog/commonFlags`` for those of every command.
    package var flags: [FlagSpec]
    /// What its words stand for, in order.
    package var operands: [OperandKind]
    /// Whether the last operand may be given several times.
    package var repeatsLastOperand: Bool
    /// Whether words such as `seed=7` are items.
    package var takesItems: Bool
    /// Whether all behind the first word is one text, in which `;`, `|` and quotes mean nothing.
    package var takesRest: Bool
    /// Whether the vendor may bill for it.
    package var isBillable: Bool
    /// Whether `reel NAME` runs it.
    package var isSubcommand: Bool
    /// How many letters of it a prefix needs.
    package var minimumPrefix: Int

    package init(
        _ name: String,
        aliases: [String] = [],
        group: CommandGroup,
        synopsis: String,
        summary: String,
        details: String,
        flags: [FlagSpec] = [],
        operands: [OperandKind] = [],
        repeatsLastOperand: Bool = false,
        takesItems: Bool = false,
        takesRest: Bool = false,
        isBillable: Bool = false,
        isSubcommand: Bool = true,
        minimumPrefix: Int? = nil,
    ) {
        self.name = name
        self.aliases = aliases
        self.group = group
        self.synopsis = synopsis
        self.summary = summary
        self.details = details
        self.flags = flags
        self.operands = operands
        self.repeatsLastOperand = repeatsLastOperand
        self.takesItems = takesItems
        self.takesRest = takesRest
        self.isBillable = isBillable
        self.isSubcommand = isSubcommand
        self.minimumPrefix = minimumPrefix ?? (isBillable ? 3 : 1)
    }

    /// What the word at `index`, counted from 0, stands for.
    package func operand(at index: Int) -> OperandKind? {
        guard index >= operands.count else { return operands[index] }
        return repeatsLastOperand ? operands.last : nil
    }

    /// The flag written `--name`, or `-name` for one that has only a letter.
    package func flag(named name: String) -> FlagSpec? {
        flags.first { $0.name == name } ?? CommandCatalog.commonFlags.first { $0.name == name }
    }

    /// The flag written `-letter`.
    package func flag(letter: Character) -> FlagSpec? {
        flags.first { $0.short == letter } ?? CommandCatalog.commonFlags.first { $0.short == letter }
    }
}

/// The parts of the command list.
package enum CommandGroup: String, Sendable, Hashable, CaseIterable {
    case explore
    case compose
    case run
    case inspect
    case share
    case program

    /// The heading in help.
    package var title: String {
        switch self {
        case .explore: "Providers and models"
        case .compose: "Compose a request"
        case .run: "Run and follow jobs"
        case .inspect: "Inspect what was sent and received"
        case .share: "Hand on, replay and record"
        case .program: "The program"
        }
    }
}
