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
            synopsis: "config [KEY [VALUE]] [--sources]",
            summary: "print or change settings",
            details: """
                Every setting is also a flag and a variable: poll.every, --poll-every, REEL_POLL_EVERY.
                Example: config notices all
                """,
            flags: [FlagSpec("sources", help: "print where each setting comes from")],
            operands: [.setting, .word],
        ),
        CommandSpec(
            "help",
            group: .program,
            synopsis: "help [TOPIC]",
            summary: "print help",
            details: "Example: help submit",
            operands: [.command],
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
