extension CommandCatalog {
    static let composeCommands: [CommandSpec] = [
        CommandSpec(
            "set",
            group: .compose,
            synopsis: "set PARAM VALUE | set ITEM...",
            summary: "set parameters of the draft",
            details: """
                After a text parameter the rest of the line is its value: quotes, ; | > # @ and $ mean nothing there.
                Items: NAME=VALUE, NAME:=JSON, NAME=@FILE, NAME:=@FILE, NAME==QUERY, HEADER:VALUE; "set" may be left
                out before all but the last kind.
                Example: set prompt a cat, it's slow; "dreamy"
                """,
            operands: [.parameter, .value],
            takesItems: true,
            isSubcommand: false,
        ),
        CommandSpec(
            "unset",
            group: .compose,
            synopsis: "unset PARAM...",
            summary: "take parameters out of the draft",
            details: "Example: unset seed negative_prompt",
            operands: [.parameter],
            repeatsLastOperand: true,
            isSubcommand: false,
        ),
        CommandSpec(
            "reset",
            group: .compose,
            synopsis: "reset",
            summary: "empty the draft",
            details: """
                "undo" brings it back.
                Example: reset
                """,
            isSubcommand: false,
        ),
        CommandSpec(
            "undo",
            group: .compose,
            synopsis: "undo",
            summary: "take back the last change of the draft",
            details: "Example: undo",
            isSubcommand: false,
        ),
        CommandSpec(
            "show",
            group: .compose,
            synopsis: "show [PARAM]",
            summary: "print the draft with defaults and what is missing",
            details: "Example: show prompt",
            operands: [.parameter],
            isSubcommand: false,
        ),
        CommandSpec(
            "check",
            group: .compose,
            synopsis: "check [ITEM...]",
            summary: "list every problem of the draft, without network",
            details: """
                Items count for this time only.
                Example: check size=960x960
                """,
            takesItems: true,
        ),
        CommandSpec(
            "preview",
            group: .compose,
            synopsis: "preview [ITEM...] [--raw]",
            summary: "print the request as it would be sent",
            details: """
                Shows the request, then its problems; nothing is sent. --raw prints it uncut.
                Example: preview seed=7 --raw
                """,
            flags: [
                FlagSpec("raw", help: "print the bytes uncut")
            ],
            takesItems: true,
        ),
    ]
}
