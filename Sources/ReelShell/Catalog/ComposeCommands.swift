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
            details: """
                Also a change of the provider with what became of the draft then. Prints what is different now.
                Example: undo
                """,
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
            "edit",
            group: .compose,
            synopsis: "edit [PARAM]",
            summary: "change the draft, or one text, in your editor",
            details: """
                Opens $VISUAL, $EDITOR or vi on a YAML file with every parameter, its help, default and values. What
                cannot be taken comes back with the line marked. If the editor fails or the file is left empty, the
                draft stays as it is.
                Example: edit prompt
                """,
            operands: [.parameter],
            isSubcommand: false,
        ),
        CommandSpec(
            "save",
            group: .compose,
            synopsis: "save NAME",
            summary: "keep the draft as requests/NAME.yaml beside the settings",
            details: """
                Pictures are kept beside it. Asks before it replaces a saved request.
                Example: save cat
                """,
            operands: [.savedRequest],
        ),
        CommandSpec(
            "load",
            group: .compose,
            synopsis: "load NAME",
            summary: "make a saved request the draft",
            details: """
                A request saved at another provider is carried over, and what was renamed or lost is printed.
                "undo" brings the draft before back.
                Example: load cat
                """,
            operands: [.savedRequest],
            isSubcommand: false,
        ),
        CommandSpec(
            "saved",
            group: .compose,
            synopsis: "saved",
            summary: "list the saved requests",
            details: "Example: saved",
        ),
        CommandSpec(
            "compare",
            group: .compose,
            synopsis: "compare TARGET TARGET... [ITEM...]",
            summary: "print the requests that several providers or models would get",
            details: """
                TARGET is a provider, a model of the provider in use, or PROVIDER:MODEL. Shows what the draft loses on
                the way to each, and its problems there. Nothing is sent.
                Example: compare siliconflow xiexus:kling-v1
                """,
            operands: [.target],
            repeatsLastOperand: true,
            takesItems: true,
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
            synopsis: "preview [ITEM...] [--raw|--curl [-o FILE] [--force]]",
            summary: "print the request as it would be sent",
            details: """
                Shows the request, then its problems; nothing is sent. --raw prints it uncut, --curl as a command
                that anybody can run, with the key as a variable.
                Example: preview seed=7 --curl
                """,
            flags: [
                FlagSpec("raw", help: "print the bytes uncut"),
                FlagSpec("curl", help: "print it as a command of curl"),
                FlagSpec("o", value: "FILE", operand: .file, help: "write the command to FILE"),
                FlagSpec("force", help: "replace a file that exists"),
            ],
            takesItems: true,
        ),
    ]
}
