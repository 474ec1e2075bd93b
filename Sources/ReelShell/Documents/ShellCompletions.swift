/// Completions of `reel` for the shells people call it from, made from the catalog.
package struct ShellCompletions {
    package enum Shell: String, Sendable, CaseIterable {
        case bash
        case zsh
        case fish
    }

    let catalog: CommandCatalog

    package init(catalog: CommandCatalog = .standard) { self.catalog = catalog }

    package func script(for shell: Shell) -> String {
        let lines =
            switch shell {
            case .bash: bash
            case .zsh: zsh
            case .fish: fish
            }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The commands that `reel NAME` runs.
    var commands: [CommandSpec] { catalog.all.filter(\.isSubcommand) }

    /// The flags of the program with those of the settings.
    var globalFlags: [FlagSpec] {
        let known = Set(CommandCatalog.globalFlags.map(\.name))
        let settings = ShellSettings.definitions.filter { !known.contains($0.flag) }
            .map { definition in
                FlagSpec(
                    definition.flag,
                    value: "VALUE",
                    operand: definition.choices.isEmpty ? nil : .choice(definition.choices),
                    help: definition.help
                )
            }
        return CommandCatalog.globalFlags + settings
    }

    /// The flags of a command, those of every command included.
    func flags(of spec: CommandSpec) -> [FlagSpec] {
        spec.flags + CommandCatalog.commonFlags.filter { common in !spec.flags.contains { $0.name == common.name } }
    }

    /// The fixed words that may stand for an operand.
    static func words(_ kind: OperandKind?) -> [String] {
        if case .choice(let words, after: nil) = kind { words } else { [] }
    }

    static func isFile(_ kind: OperandKind?) -> Bool { kind == .file }

    /// All spellings of a flag, `-h --help`.
    static func spellings(_ flag: FlagSpec) -> [String] {
        flag.isLetterOnly ? [flag.spelling] : (flag.short.map { ["-\($0)"] } ?? []) + [flag.spelling]
    }
}
