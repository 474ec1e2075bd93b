import TerminalOutput

/// Help as plain lines, grouped and aligned.
package enum HelpText {
    /// All commands by group, then the topics.
    package static func overview(
        _ catalog: CommandCatalog,
        width: Int,
        language: Language = .english,
    ) -> [String] {
        var lines: [String] = []
        let left = catalog.all.map(heading)
        let column = min(left.map(\.count).max() ?? 0, 24)
        for group in CommandGroup.allCases {
            let specs = catalog.all.filter { $0.group == group }
            guard !specs.isEmpty else { continue }
            if !lines.isEmpty { lines.append("") }
            lines.append(language.say(group.title) + ":")
            for spec in specs {
                let note = spec.isBillable && !spec.summary.contains("billed") ? language.say("; may be billed") : ""
                lines += row(heading(spec), language.summary(of: spec) + note, column: column, width: width)
            }
        }
        lines += ["", language.say("Topics") + ":"]
        for topic in HelpTopic.all {
            lines += row(topic.name, language.page(of: topic).title, column: column, width: width)
        }
        lines.append("")
        lines += wrap(language.say("help NAME explains a command or topic, ?NAME a parameter."), width: width)
        return lines
    }

    /// Usage, summary, flags and details of one command.
    package static func command(_ spec: CommandSpec, width: Int, language: Language = .english) -> [String] {
        var lines = usage(spec, width: width, language: language)
        lines.append("")
        let (prose, example) = (language.details(of: spec), parts(of: spec.details).example)
        if !prose.isEmpty { lines += wrap(prose, width: width) }
        if let example { lines.append(language.say("Example: ") + example) }
        lines += flagLines(spec.flags, title: language.say("Flags:"), width: width, language: language)
        let own = Set(spec.flags.map(\.name))
        lines += flagLines(
            CommandCatalog.commonFlags.filter { !own.contains($0.name) },
            title: language.say("For every command:"),
            width: width,
            language: language,
        )
        return lines
    }

    /// How a command is written, and what it is for.
    static func usage(_ spec: CommandSpec, width: Int, language: Language) -> [String] {
        var lines = wrap(language.say("usage: ") + spec.synopsis, width: width, indent: "       ")
        if !spec.aliases.isEmpty {
            lines.append(language.say("also:  ") + spec.aliases.joined(separator: ", "))
        }
        lines.append("")
        return lines + wrap(language.summary(of: spec), width: width)
    }

    /// A topic.
    package static func topic(_ topic: HelpTopic, width: Int, language: Language = .english) -> [String] {
        let page = language.page(of: topic)
        var lines = [page.title, ""]
        for block in blocks(of: page.text) {
            switch block {
            case .paragraph(let text): lines += wrap(text, width: width) + [""]
            case .example(let rows): lines += wrap(rows: rows, width: width) + [""]
            }
        }
        return lines.dropLast()
    }

    /// Flags under a title, aligned; no line at all without flags.
    package static func flagLines(
        _ flags: [FlagSpec],
        title: String,
        width: Int,
        language: Language = .english,
    ) -> [String] {
        guard !flags.isEmpty else { return [] }
        let column = min(flags.map(\.usage.count).max() ?? 0, 24)
        return ["", title] + flags.flatMap { row($0.usage, language.say($0.help), column: column, width: width) }
    }

    private static func heading(_ spec: CommandSpec) -> String {
        ([spec.name] + spec.aliases).joined(separator: ", ")
    }

    /// Two columns; a screen too narrow for them gets the right one below the left.
    static func row(_ left: String, _ right: String, column: Int, width: Int) -> [String] {
        let indent = String(repeating: " ", count: column + 4)
        guard width >= column + 24 else { return ["  " + left] + wrap("    " + right, width: width, indent: "    ") }
        let padding = String(repeating: " ", count: max(2, column - left.count + 2))
        return wrap("  " + left + padding + right, width: width, indent: indent)
    }
}

extension HelpText {
    /// A part of a topic.
    enum Block: Hashable {
        /// Text that is broken to the screen's width.
        case paragraph(String)
        /// Lines that stay as they are.
        case example([String])
    }

    /// The text of a command's details and its example.
    ///
    /// The table breaks its lines for the source; only the example begins a line of its own.
    static func parts(of details: String) -> (prose: String, example: String?) {
        let parts = details.split(separator: "Example: ", maxSplits: 1, omittingEmptySubsequences: false)
        let prose = parts.first.map { $0.split(separator: "\n").joined(separator: " ") } ?? ""
        return (prose, parts.count > 1 ? String(parts[1]) : nil)
    }

    /// The paragraphs and examples of a topic.
    static func blocks(of text: String) -> [Block] {
        var blocks: [Block] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                blocks.append(.paragraph(""))
            } else if line.hasPrefix("  ") {
                if case .example(let rows)? = blocks.last {
                    blocks[blocks.count - 1] = .example(rows + [String(line)])
                } else {
                    blocks.append(.example([String(line)]))
                }
            } else if case .paragraph(let start)? = blocks.last, !start.isEmpty {
                blocks[blocks.count - 1] = .paragraph("\(start)\(joint(start, line))\(line)")
            } else {
                blocks.append(.paragraph(String(line)))
            }
        }
        return blocks.filter { $0 != .paragraph("") }
    }

    /// What stands between two lines that become one: nothing where both sides are Chinese.
    private static func joint(_ before: String, _ after: Substring) -> String {
        guard let last = before.last, let first = after.first else { return "" }
        return DisplayWidth.columns(of: last) == 2 && DisplayWidth.columns(of: first) == 2 ? "" : " "
    }
}
