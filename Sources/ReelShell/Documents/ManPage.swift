/// reel.1 in roff, for man.
package enum ManPage {
    package static func text(_ catalog: CommandCatalog = .standard) -> String {
        var lines = [
            ".TH REEL 1", ".SH NAME", "reel \\- make films with video\\-generation services, and see what they say",
            ".SH SYNOPSIS", ".B reel", "[\\fIFLAGS\\fR] [\\fICOMMAND\\fR ...]", ".SH DESCRIPTION",
        ]
        lines += paragraph(
            """
            Without a command reel opens its shell. Commands are the same in the shell, in scripts (-c, -f, standard \
            input) and as words of the command line. Try it without a key: reel --sandbox
            """
        )
        lines += [".SH OPTIONS"] + flags(CommandCatalog.globalFlags)
        for group in CommandGroup.allCases {
            lines.append(".SH \(escaped(group.title.uppercased()))")
            for spec in catalog.all where spec.group == group { lines += section(spec) }
        }
        for topic in HelpTopic.all where !topic.text.isEmpty {
            lines.append(".SH \(escaped(topic.name.uppercased()))")
            for block in HelpText.blocks(of: topic.text) {
                switch block {
                case .paragraph(let text): lines += [".PP"] + paragraph(text)
                case .example(let rows): lines += [".PP", ".nf"] + rows.map(line) + [".fi"]
                }
            }
        }
        lines.append(".SH SETTINGS")
        for definition in ShellSettings.definitions {
            let value = definition.defaultValue.isEmpty ? "" : " (\(definition.defaultValue))"
            lines += [".TP", ".B \(escaped(definition.name))", escaped(definition.help + value)]
        }
        lines.append(".SH EXIT STATUS")
        for meaning in ExitCode.table { lines += [".TP", ".B \(meaning.code.rawValue)", escaped(meaning.text)] }
        lines += [
            ".SH FILES", ".TP", ".I $XDG_CONFIG_HOME/reel", "settings, aliases, credentials, saved requests",
            ".TP", ".I $XDG_STATE_HOME/reel", "journal and history",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ spec: CommandSpec) -> [String] {
        var lines = [".TP", ".B \(escaped(spec.synopsis))", escaped(spec.summary) + "."]
        let (prose, example) = HelpText.parts(of: spec.details)
        if !prose.isEmpty { lines.append(escaped(prose)) }
        if let example { lines += [".br", "Example: " + escaped(example)] }
        return lines
    }

    private static func flags(_ flags: [FlagSpec]) -> [String] {
        flags.flatMap { [".TP", ".B \(escaped($0.usage))", escaped($0.help)] }
    }

    private static func paragraph(_ text: String) -> [String] { [line(text)] }

    /// A line of text: a dot or a quote at its start would be a request.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    }
}
