extension CommandCatalog {
    static let exploreCommands: [CommandSpec] = [
        CommandSpec(
            "providers",
            aliases: ["ls"],
            group: .explore,
            synopsis: "providers",
            summary: "list the providers with key source, base URL and models",
            details: """
                A provider without a key is listed too; its key source says where one is looked for.
                Example: providers
                """,
        ),
        CommandSpec(
            "use",
            group: .explore,
            synopsis: "use NAME[@PROFILE] | use -",
            summary: "switch to another provider",
            details: """
                The draft goes along: what was kept, renamed or lost is printed, and lost values return when you
                switch back. "use -" returns to the provider before.
                Example: use sorarelay
                """,
            operands: [.provider],
            isSubcommand: false,
        ),
        CommandSpec(
            "models",
            group: .explore,
            synopsis: "models [GLOB] [--refresh]",
            summary: "list the models of the provider",
            details: """
                Prints ids and kinds from the last list; --refresh asks the provider for a new one.
                Example: models *I2V*
                """,
            flags: [FlagSpec("refresh", help: "ask the provider for the list")],
            operands: [.word],
        ),
        CommandSpec(
            "model",
            group: .explore,
            synopsis: "model NAME",
            summary: "choose the model",
            details: """
                An id that is not in the list is kept, with a notice, as vendors add models at any time.
                Example: model Wan-AI/Wan2.2-T2V-A14B
                """,
            operands: [.model],
            isSubcommand: false,
        ),
        CommandSpec(
            "describe",
            group: .explore,
            synopsis: "describe [PARAM|MODEL]",
            summary: "explain a parameter or a model; ?NAME for short",
            details: """
                Prints type, values, default, when it is required, and the vendor's own words. Without a name it
                lists all parameters of the model.
                Example: describe image_size
                """,
            operands: [.parameterOrModel],
        ),
        CommandSpec(
            "login",
            group: .explore,
            synopsis: "login [NAME] [--stdin]",
            summary: "keep a provider's key for later sessions",
            details: """
                Asks for the key without showing it, tries it in the vendor's free call if there is one, and keeps it
                in the system's keychain, else in credentials.yaml, which nobody else can read. A variable such as
                SILICONFLOW_API_KEY comes before it. --stdin reads the key from standard input.
                Example: login siliconflow
                """,
            flags: [FlagSpec("stdin", help: "read the key from standard input")],
            operands: [.provider],
        ),
        CommandSpec(
            "logout",
            group: .explore,
            synopsis: "logout [NAME]",
            summary: "forget the key that login kept",
            details: "Example: logout siliconflow",
            operands: [.provider],
        ),
    ]
}
