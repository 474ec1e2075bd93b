extension CommandCatalog {
    static let programCommands: [CommandSpec] = [
        CommandSpec(
            "sandbox",
            group: .program,
            synopsis: "sandbox [status|clear|directives|speed X|fault NAME] [--on PHASE] [--skip N] [--times N]",
            summary: "steer the emulated upstreams",
            details: """
                Works in a session begun with "reel --sandbox". A fault meets the next request, once, unless told
                otherwise. Faults: 503 429 401 stall truncate no-url expired drop refuse html word. PHASE is submit,
                poll or download. "speed 10" makes jobs and polls ten times as fast;
                "directives" lists the words in a prompt that choose how its job goes.
                Example: sandbox fault drop --on submit
                """,
            flags: [
                FlagSpec(
                    "on",
                    value: "PHASE",
                    operand: .choice(["submit", "poll", "download"]),
                    help: "which requests the fault meets",
                ),
                FlagSpec("skip", value: "N", help: "let N of them pass first"),
                FlagSpec("times", value: "N", help: "meet N of them"),
            ],
            operands: [
                .choice(["status", "clear", "directives", "speed", "fault"]),
                .choice(sandboxFaults, after: "fault"),
            ],
        ),
        CommandSpec(
            "config",
            group: .program,
            synopsis: "config [KEY [VALUE]] [--save] [--sources]",
            summary: "print or change settings",
            details: """
                A value holds for this session; --save also writes it into config.yaml. Every setting is also a flag and
                a variable: poll.every, --poll-every, REEL_POLL_EVERY.
                Example: config notices all
                """,
            flags: [
                FlagSpec("save", help: "keep the value in config.yaml"),
                FlagSpec("sources", help: "print the file and line or the variable each setting comes from"),
            ],
            operands: [.setting, .settingValue],
        ),
        CommandSpec(
            "alias",
            group: .program,
            synopsis: "alias [NAME [TEXT]] [-d NAME]",
            summary: "make a word of your own stand for the beginning of a command",
            details: """
                All behind NAME is the text. It replaces the first word of a command once and hides no command.
                Aliases are kept in aliases.yaml beside the settings. Without arguments it lists them.
                Example: alias s4 submit -n 4 --watch
                """,
            flags: [FlagSpec("d", value: "NAME", operand: .alias, help: "remove the alias")],
            operands: [.alias, .word],
            takesRest: true,
            isSubcommand: false,
        ),
        CommandSpec(
            "source",
            group: .program,
            synopsis: "source FILE",
            summary: "run the entries of a file in this session",
            details: """
                Ends at the first error, which names the line; what did not run is said. Commands must be written in full, as in any script.
                Example: source tour.reel
                """,
            operands: [.file],
            isSubcommand: false,
        ),
        CommandSpec(
            "history",
            group: .program,
            synopsis: "history [N|PAT]",
            summary: "list earlier entries, newest last",
            details: """
                N is how many, the newest. PAT is a part of an entry, or a pattern with *. Entries that held a key were
                never kept.
                Example: history submit
                """,
            operands: [.word],
        ),
        CommandSpec(
            "budget",
            group: .program,
            synopsis: "budget [N|off]",
            summary: "limit the calls of this session that may be billed",
            details: """
                A submit beyond the limit asks; in a script it fails, and --yes does not lift it. The setting budget
                gives every session one.
                Example: budget 10
                """,
            operands: [.word],
        ),
        CommandSpec(
            "completion",
            group: .program,
            synopsis: "completion bash|zsh|fish",
            summary: "print the completions of reel for your shell",
            details: """
                They are made from the same table as this help.
                Example: completion bash > ~/.local/share/bash-completion/completions/reel
                """,
            operands: [.choice(["bash", "zsh", "fish"])],
        ),
        CommandSpec(
            "help",
            group: .program,
            synopsis: "help [TOPIC] [--format FORMAT]",
            summary: "print help on a command, a parameter or a topic",
            details: """
                Topics: \(HelpTopic.all.map(\.name).joined(separator: ", ")).
                FORMAT is text, markdown or man.
                Example: help items
                """,
            flags: [
                FlagSpec(
                    "format",
                    value: "FORMAT",
                    operand: .choice(["text", "markdown", "man"]),
                    help: "text, markdown or man"
                )
            ],
            operands: [.topic],
        ),
        CommandSpec(
            "bug",
            group: .program,
            synopsis: "bug [FILE] [--force]",
            summary: "write a report of the last error, to be read before it is sent",
            details: """
                Markdown with versions, settings and the last error, without keys, prompts, folders and hosts. Nothing is
                sent. It goes to reel-bug.md in this folder unless FILE is given; FILE - shows it.
                Example: bug -
                """,
            flags: [FlagSpec("force", help: "replace a file that exists")],
            operands: [.file],
        ),
        CommandSpec(
            "version",
            group: .program,
            synopsis: "version",
            summary: "print the version",
            details: "Example: version",
        ),
        CommandSpec(
            "exit",
            aliases: ["quit"],
            group: .program,
            synopsis: "exit",
            summary: "leave; unfinished jobs go on upstream",
            details: """
                Ctrl-D on an empty line does the same.
                Example: exit
                """,
            isSubcommand: false,
        ),
    ]
}
