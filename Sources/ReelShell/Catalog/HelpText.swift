/// Help as plain lines, grouped and aligned.
package enum HelpText {
    /// All commands by group.
    package static func overview(_ catalog: CommandCatalog, width: Int) -> [String] {
        var lines: [String] = []
        let left = catalog.all.map(heading)
        let column = min(left.map(\.count).max() ?? 0, 24)
        for group in CommandGroup.allCases {
            let specs = catalog.all.filter { $0.group == group }
            guard !specs.isEmpty else { continue }
            if !lines.isEmpty { lines.append("") }
            lines.append(group.title + ":")
            for spec in specs {
                let note = spec.isBillable && !spec.summary.contains("billed") ? "; may be billed" : ""
                lines += row(heading(spec), spec.summary + note, column: column, width: width)
            }
        }
        lines.append("")
        lines += wrap("help NAME explains a command, ?NAME a parameter.", width: width)
        return lines
    }

    /// Usage, summary, flags and details of one command.
    package static func command(_ spec: CommandSpec, width: Int) -> [String] {
        var lines = wrap("usage: " + spec.synopsis, width: width, indent: "       ")
        if !spec.aliases.isEmpty {
            lines.append("also:  " + spec.aliases.joined(separator: ", "))
        }
        lines.append("")
        lines += wrap(spec.summary, width: width)
        lines.append("")
        // The table breaks its lines for the source; only the example begins a line of its own.
        let details = spec.details.split(separator: "Example: ", maxSplits: 1, omittingEmptySubsequences: false)
        let prose = details.first.map { String($0).replacingNewlines() } ?? ""
        if !prose.isEmpty { lines += wrap(prose, width: width) }
        if details.count > 1 { lines.append("Example: " + details[1]) }
        lines += flagLines(spec.flags, title: "Flags:", width: width)
        let own = Set(spec.flags.map(\.name))
        lines += flagLines(
            CommandCatalog.commonFlags.filter { !own.contains($0.name) },
            title: "For every command:",
            width: width,
        )
        return lines
    }

    /// Flags under a title, aligned; no line at all without flags.
    package static func flagLines(_ flags: [FlagSpec], title: String, width: Int) -> [String] {
        guard !flags.isEmpty else { return [] }
        let column = min(flags.map(\.usage.count).max() ?? 0, 24)
        return ["", title] + flags.flatMap { row($0.usage, $0.help, column: column, width: width) }
    }

    private static func heading(_ spec: CommandSpec) -> String {
        ([spec.name] + spec.aliases).joined(separator: ", ")
    }

    private static func row(_ left: String, _ right: String, column: Int, width: Int) -> [String] {
        let indent = String(repeating: " ", count: column + 4)
        // A screen too narrow for two columns gets the help below the name.
        guard width >= column + 24 else { return ["  " + left] + wrap("    " + right, width: width, indent: "    ") }
        let padding = String(repeating: " ", count: max(2, column - left.count + 2))
        return wrap("  " + left + padding + right, width: width, indent: indent)
    }

    /// Breaks `text`, which is ASCII, at blanks; the lines after the first begin with `indent`.
    static func wrap(_ text: String, width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = String(text.prefix { $0 == " " })
        var isEmpty = true
        var gap = ""
        for part in text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false) {
            // Runs of blanks align columns and stay, unless the line breaks there.
            guard !part.isEmpty else {
                gap += " "
                continue
            }
            if !isEmpty, line.count + 1 + gap.count + part.count > width {
                lines.append(line)
                line = indent + part
            } else {
                line += (isEmpty ? "" : " ") + gap + part
            }
            isEmpty = false
            gap = ""
        }
        lines.append(line)
        return lines
    }
}

extension String {
    fileprivate func replacingNewlines() -> String {
        split(separator: "\n").joined(separator: " ")
    }
}
