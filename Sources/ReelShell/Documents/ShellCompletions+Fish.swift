extension ShellCompletions {
    var fish: [String] {
        var lines = ["# Completions of reel for fish, made by \"reel completion fish\".", "complete -c reel -f"]
        for spec in commands {
            for name in [spec.name] + spec.aliases {
                lines.append("complete -c reel -n __fish_use_subcommand -a \(name) -d \(Self.quoted(spec.summary))")
            }
        }
        lines += globalFlags.map { "complete -c reel \(options($0))" }
        for spec in commands {
            let names = ([spec.name] + spec.aliases).joined(separator: " ")
            let condition = "-n '__fish_seen_subcommand_from \(names)'"
            lines += spec.flags.map { "complete -c reel \(condition) \(options($0))" }
            let words = Self.words(spec.operands.first)
            if !words.isEmpty {
                lines.append("complete -c reel \(condition) -a \(Self.quoted(words.joined(separator: " ")))")
            } else if spec.takesItems || spec.operands.contains(where: Self.isFile) {
                lines.append("complete -c reel \(condition) -F")
            }
        }
        return lines
    }

    private func options(_ flag: FlagSpec) -> String {
        var parts: [String] = []
        if let short = flag.short { parts.append("-s \(short)") }
        if !flag.isLetterOnly { parts.append("-l \(flag.name)") }
        if flag.value != nil {
            let words = Self.words(flag.operand)
            parts.append(Self.isFile(flag.operand) ? "-r -F" : "-x")
            if !words.isEmpty { parts.append("-a \(Self.quoted(words.joined(separator: " ")))") }
        }
        return (parts + ["-d \(Self.quoted(flag.help))"]).joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
