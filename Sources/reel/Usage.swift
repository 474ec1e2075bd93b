import ReelShell

/// `reel --help`.
enum Usage {
    static func show(_ output: ShellOutput) {
        let (width, language) = (output.width, output.language)
        let head = [
            language.say("usage: ") + "reel [FLAGS] [COMMAND ...]",
            "",
            language.say(
                "Without a command reel opens its shell. Commands are the same in the shell, in scripts and here."
            ),
            language.say("Try it without a key: reel --sandbox"),
            "",
        ]
        let foot = [
            "",
            language.say(
                "Each setting of `config` is also a flag and a variable: fetch.dir, --fetch-dir, REEL_FETCH_DIR."
            ),
            language.say(
                "Keys come from `reel login`, SILICONFLOW_API_KEY, XIEXUS_API_KEY, SORARELAY_API_KEY, a file or a command."
            ),
            language.say("Settings: $XDG_CONFIG_HOME/reel/config.yaml   Journal: $XDG_STATE_HOME/reel"),
        ]
        let flags = HelpText.flagLines(
            CommandCatalog.globalFlags,
            title: language.say("Flags of reel:"),
            width: width,
            language: language
        )
        HelpPages.show(
            head + HelpText.overview(.standard, width: width, language: language) + flags
                + foot.flatMap { HelpText.wrap($0, width: width) },
            output
        )
    }
}
