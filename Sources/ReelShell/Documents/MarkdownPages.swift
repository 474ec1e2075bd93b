/// The pages of docs/ that are made from the tables: commands, exit codes, settings, events.
package enum MarkdownPages {
    private static let notice = "<!-- Made by `reel help --format markdown`; `make docs` writes it anew. -->"

    /// docs/commands.md.
    package static func commands(_ catalog: CommandCatalog = .standard) -> String {
        var lines = ["# Commands", "", notice, ""]
        lines += paragraph(
            "The same words at the prompt, in scripts (`-c`, `-f`, standard input) and as subcommands (`reel submit ...`)."
        )
        lines += [
            "See also [settings](settings.md), [exit codes](exit-codes.md) and [events of --json](json-events.md).", "",
        ]
        for group in CommandGroup.allCases {
            let specs = catalog.all.filter { $0.group == group }
            lines += ["- \(group.title): " + specs.map { "[`\($0.name)`](#\($0.name))" }.joined(separator: " ")]
        }
        for group in CommandGroup.allCases {
            lines += ["", "## \(group.title)"]
            for spec in catalog.all where spec.group == group { lines += section(spec) }
        }
        lines += ["", "## Flags of the program", ""] + flagTable(CommandCatalog.globalFlags)
        lines += ["", "Every command also takes", ""] + flagTable(CommandCatalog.commonFlags)
        lines += ["", "## Topics"]
        for topic in HelpTopic.all where !topic.text.isEmpty { lines += section(topic) }
        lines += ["", "## Exit codes", ""] + exitCodeTable
        return lines.joined(separator: "\n") + "\n"
    }

    /// docs/exit-codes.md.
    package static var exitCodes: String {
        var lines = ["# Exit codes", "", notice, ""]
        lines += paragraph(
            """
            The code follows the kind of fault that the provider module finds, not the HTTP number. On a submit, whatever \
            leaves it unconfirmed is 9. Of several jobs the lowest-numbered one that did not succeed decides. A failed job \
            is never 0.
            """
        )
        return (lines + exitCodeTable).joined(separator: "\n") + "\n"
    }

    /// docs/settings.md.
    package static var settings: String {
        var lines = ["# Settings", "", notice, ""]
        lines += paragraph(
            """
            Each setting is a line of `config.yaml`, a variable and a flag; `config NAME VALUE` changes it for a session. \
            Later ones win: default, file, environment, flag, session. `config` prints all with where each comes from.
            """
        )
        lines += ["| Setting | Default | Values | Variable | Flag | What it does |", "|---|---|---|---|---|---|"]
        for definition in ShellSettings.definitions {
            let values = definition.choices.map { "`\($0)`" }.joined(separator: " ")
            let cells = [
                "`\(definition.name)`", definition.defaultValue.isEmpty ? "" : "`\(definition.defaultValue)`", values,
                "`\(definition.variable)`", "`--\(definition.flag)`", escaped(definition.help),
            ]
            lines.append(row(cells))
        }
        lines += [
            "", "## Files", "",
            "| File | What |", "|---|---|",
            row(["`$XDG_CONFIG_HOME/reel/config.yaml`", "settings, and instances of providers"]),
            row(["`$XDG_CONFIG_HOME/reel/aliases.yaml`", "what `alias` keeps"]),
            row(["`$XDG_CONFIG_HOME/reel/credentials.yaml`", "what `login` keeps, readable by you alone"]),
            row(["`$XDG_CONFIG_HOME/reel/requests/NAME.yaml`", "what `save` keeps"]),
            row(["`$XDG_STATE_HOME/reel`", "the journal and the history of entries"]),
            "", "Without the variables the folders are `~/.config/reel` and `~/.local/state/reel`.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// docs/json-events.md.
    package static var events: String {
        var lines = ["# Events of --json", "", notice, ""]
        lines += paragraph(
            """
            With `--json` every line of standard output is one JSON object, and nothing else is printed there. Members may \
            be added in any version; a change of meaning raises `schema`. Numbers of vendors stand as they were spelled.
            """
        )
        lines += ["Every line has", "", "| Member | |", "|---|---|"]
        lines += EventSpec.common.map { row(["`\($0.name)`", escaped($0.help)]) }
        for event in EventSpec.all {
            lines += ["", "## \(event.name)", "", sentence(event.summary), "", "| Member | |", "|---|---|"]
            lines += event.fields.map { row(["`\($0.name)`", escaped($0.help)]) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ spec: CommandSpec) -> [String] {
        var lines = ["", "### \(spec.name)", "", "```", spec.synopsis, "```", ""]
        var notes: [String] = []
        if !spec.aliases.isEmpty { notes.append("Also `\(spec.aliases.joined(separator: "`, `"))`.") }
        if spec.isBillable { notes.append("**May be billed.**") }
        if !spec.isSubcommand { notes.append("In a session only.") }
        lines.append(([sentence(spec.summary)] + notes).joined(separator: " "))
        let (prose, example) = HelpText.parts(of: spec.details)
        if !prose.isEmpty { lines += ["", escaped(prose)] }
        if !spec.flags.isEmpty { lines += [""] + flagTable(spec.flags) }
        if let example { lines += ["", "```", example, "```"] }
        return lines
    }

    private static func section(_ topic: HelpTopic) -> [String] {
        var lines = ["", "### Topic: \(topic.name)", "", sentence(topic.title), ""]
        for block in HelpText.blocks(of: topic.text) {
            switch block {
            case .paragraph(let text): lines += [escaped(text), ""]
            case .example(let rows): lines += ["```"] + rows.map { String($0.dropFirst(2)) } + ["```", ""]
            }
        }
        return lines.dropLast()
    }

    private static func flagTable(_ flags: [FlagSpec]) -> [String] {
        ["| Flag | |", "|---|---|"] + flags.map { row(["`\($0.usage)`", escaped($0.help)]) }
    }

    private static var exitCodeTable: [String] {
        ["| Code | Meaning | `kind` in --json |", "|---|---|---|"]
            + ExitCode.table.map { meaning in
                row([
                    "\(meaning.code.rawValue)", escaped(meaning.text),
                    meaning.kinds.map { "`\($0)`" }.joined(separator: " "),
                ])
            }
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private static func paragraph(_ text: String) -> [String] { [text, ""] }

    private static func sentence(_ text: String) -> String {
        escaped(text.prefix(1).uppercased() + text.dropFirst()) + "."
    }

    /// Signs that Markdown would take as its own.
    private static func escaped(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("*", with: "\\*").replacing("<", with: "&lt;")
    }
}
