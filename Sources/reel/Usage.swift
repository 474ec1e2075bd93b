import ReelShell

/// `reel --help`.
enum Usage {
    static func lines(width: Int) -> [String] {
        [
            "usage: reel [FLAGS] [COMMAND ...]",
            "",
            "Without a command reel opens its shell. Commands are the same in the shell, in scripts and here.",
            "",
        ] + HelpText.overview(.standard, width: width)
    }
}
