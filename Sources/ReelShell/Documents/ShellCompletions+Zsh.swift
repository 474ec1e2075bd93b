extension ShellCompletions {
    var zsh: [String] {
        var lines = [
            "#compdef reel", "# Completions of reel for zsh, made by \"reel completion zsh\".", "",
            "_reel() {", "    local curcontext=$curcontext state line", "    typeset -A opt_args",
            "    local -a commands", "    commands=(",
        ]
        for spec in commands {
            lines += ([spec.name] + spec.aliases).map { "        '\($0):\(Self.quoted(spec.summary))'" }
        }
        lines += ["    )", "    _arguments -C \\"]
        lines += globalFlags.flatMap(specifications).map { "        \($0) \\" }
        lines += [
            "        '1: :->command' \\", "        '*:: :->argument' && return", "    case $state in",
            "        command) _describe -t commands 'command' commands ;;", "        argument)",
            "            case $words[1] in",
        ]
        for spec in commands {
            let operands = spec.operands.enumerated().compactMap { index, kind -> String? in
                let action = Self.action(kind)
                return action.map { "'\(index + 1): :\($0)'" }
            }
            let rest = spec.takesItems ? ["'*: :_files'"] : []
            let parts = flags(of: spec).flatMap(specifications) + operands + (operands.isEmpty ? rest : [])
            lines.append("                \(([spec.name] + spec.aliases).joined(separator: "|"))) _arguments \\")
            lines.append(parts.map { "                    \($0)" }.joined(separator: " \\\n") + " ;;")
        }
        return lines + [
            "            esac ;;", "    esac", "}", "",
            // Sourced by hand it registers itself; found by compinit it is the function's body.
            "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then", "    _reel \"$@\"", "else",
            "    compdef _reel reel",
            "fi",
        ]
    }

    /// The entries for a flag in the words of `_arguments`.
    private func specifications(_ flag: FlagSpec) -> [String] {
        Self.spellings(flag).map { spelling in
            guard let value = flag.value else { return "'\(spelling)[\(Self.quoted(flag.help))]'" }
            let action = Self.action(flag.operand) ?? ""
            let mark = spelling.hasPrefix("--") ? "=" : ""
            return "'\(spelling)\(mark)[\(Self.quoted(flag.help))]:\(Self.quoted(value)):\(action)'"
        }
    }

    private static func action(_ kind: OperandKind?) -> String? {
        let words = words(kind)
        if !words.isEmpty { return "(\(words.joined(separator: " ")))" }
        return isFile(kind) ? "_files" : nil
    }

    /// `_arguments` gives meaning to brackets and colons; all stands in single quotes.
    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
            .replacing(":", with: "\\:").replacing("'", with: "'\\''")
    }
}
