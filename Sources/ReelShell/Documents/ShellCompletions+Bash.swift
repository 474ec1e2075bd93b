extension ShellCompletions {
    var bash: [String] {
        let head = """
            # Completions of reel for bash, made by "reel completion bash".
            _reel() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= words= flags= i
                COMPREPLY=()
                # bash takes --flag=value apart at the sign.
                if [[ $cur == '=' ]]; then
                    cur=
                elif [[ $prev == '=' ]]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                        \(pattern(globalFlags.filter { $0.value != nil })) ) ((i++)) ;;
                        -* | =) ;;
                        *) verb=${COMP_WORDS[i]}; break ;;
                    esac
                done
                case $verb:$prev in
            """
        var lines = head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for spec in commands { lines += spec.flags.compactMap { valueCase($0, spec) } }
        lines += globalFlags.compactMap { valueCase($0, nil) }
        lines += ["    esac", "    case $verb in"]
        lines.append(
            "        '') words='\(commands.flatMap(names).joined(separator: " "))' flags='\(list(globalFlags))' ;;"
        )
        for spec in commands {
            let words = Self.words(spec.operands.first).joined(separator: " ")
            lines.append(
                "        \(names(spec).joined(separator: " | "))) words='\(words)' flags='\(list(flags(of: spec)))' ;;"
            )
        }
        let foot = """
                esac
                if [[ $cur == -* ]]; then
                    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
                elif [[ -n $words ]]; then
                    COMPREPLY=($(compgen -W "$words" -- "$cur"))
                else
                    COMPREPLY=($(compgen -f -- "${cur#*=@}"))
                fi
            }
            complete -o bashdefault -F _reel reel
            """
        return lines + foot.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func names(_ spec: CommandSpec) -> [String] { [spec.name] + spec.aliases }

    private func pattern(_ flags: [FlagSpec]) -> String { flags.flatMap(Self.spellings).joined(separator: " | ") }

    private func list(_ flags: [FlagSpec]) -> String { flags.flatMap(Self.spellings).joined(separator: " ") }

    /// What completes the value of a flag, of one command or of the program; nil for a switch.
    private func valueCase(_ flag: FlagSpec, _ spec: CommandSpec?) -> String? {
        guard flag.value != nil else { return nil }
        let spellings = Self.spellings(flag)
        let patterns =
            spec.map { spec in names(spec).flatMap { name in spellings.map { "\(name):\($0)" } } }
            ?? spellings.map { "*:\($0)" }
        let words = Self.words(flag.operand)
        let reply =
            !words.isEmpty
            ? "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$cur\")); "
            : Self.isFile(flag.operand) ? "COMPREPLY=($(compgen -f -- \"$cur\")); " : ""
        return "        \(patterns.joined(separator: " | "))) \(reply)return ;;"
    }
}
