import VideoProviderKit

/// Help as it is shown, to people and to programs.
package enum HelpPages {
    /// The overview in `lines`.
    package static func show(_ lines: [String], _ output: ShellOutput) {
        output.show(lines, json: json(.standard, output.language))
    }

    /// One command.
    package static func show(_ spec: CommandSpec, _ output: ShellOutput) {
        output.show(
            HelpText.command(spec, width: output.width, language: output.language),
            json: json(spec, output.language)
        )
    }

    /// All commands and topics, for programs.
    static func json(_ catalog: CommandCatalog, _ language: Language) -> RequestJSON {
        [
            "commands": .array(catalog.all.map { json($0, language) }),
            "flags": .array(CommandCatalog.globalFlags.map { json($0, language) }),
            "topics": .array(
                HelpTopic.all.map { ["name": .string($0.name), "title": .string(language.say($0.title))] }
            ),
        ]
    }

    /// One command, for programs.
    static func json(_ spec: CommandSpec, _ language: Language) -> RequestJSON {
        let (prose, example) = HelpText.parts(of: spec.details)
        var object: RequestJSON = [
            "name": .string(spec.name), "aliases": .array(spec.aliases.map(RequestJSON.string)),
            "synopsis": .string(spec.synopsis), "summary": .string(language.say(spec.summary)),
            "details": .string(language.say(prose)), "group": .string(spec.group.rawValue),
            "billable": .bool(spec.isBillable), "subcommand": .bool(spec.isSubcommand),
            "flags": .array(spec.flags.map { json($0, language) }),
        ]
        if let example { object.set(.string(example), at: ["example"]) }
        return object
    }

    private static func json(_ flag: FlagSpec, _ language: Language) -> RequestJSON {
        var object: RequestJSON = ["flag": .string(flag.spelling), "help": .string(language.say(flag.help))]
        if let short = flag.short, !flag.isLetterOnly { object.set(.string("-\(short)"), at: ["short"]) }
        if let value = flag.value { object.set(.string(value), at: ["value"]) }
        return object
    }
}
