import ReelShell

/// `reel --help`.
enum Usage {
    static func lines(width: Int) -> [String] {
        [
            "usage: reel [FLAGS] [COMMAND ...]",
            "",
            "Without a command reel opens its shell. Commands are the same in the shell, in scripts and here.",
            "Try it without a key: reel --sandbox",
            "",
        ] + HelpText.overview(.standard, width: width)
            + HelpText.flagLines(CommandCatalog.globalFlags, title: "Flags of reel:", width: width)
            + [
                "",
                "Each setting of `config` is also a flag and a variable: fetch.dir, --fetch-dir, REEL_FETCH_DIR.",
                "Keys come from SILICONFLOW_API_KEY, XIEXUS_API_KEY, SORARELAY_API_KEY, a file or a command.",
                "Settings: $XDG_CONFIG_HOME/reel/config.yaml   Journal: $XDG_STATE_HOME/reel",
            ]
    }
}
