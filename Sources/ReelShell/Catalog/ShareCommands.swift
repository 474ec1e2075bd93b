extension CommandCatalog {
    static let shareCommands: [CommandSpec] = [
        CommandSpec(
            "curl",
            group: .share,
            synopsis: "curl [R] [-o FILE] [--force] [--reveal]",
            summary: "print an exchange as a curl command that sends the same bytes",
            details: """
                The key stands as its variable; --reveal puts it in, off a terminal only with --yes. A large body is a
                file beside the command, which -o writes too.
                Example: curl r41 -o again.sh
                """,
            flags: [
                FlagSpec("o", value: "FILE", operand: .file, help: "write the command to FILE, its body to FILE.body"),
                FlagSpec("force", help: "replace files that exist"),
                FlagSpec("reveal", help: "put the key in"),
            ],
            operands: [.exchange],
        ),
        CommandSpec(
            "export",
            group: .share,
            synopsis: "export har|md|html [R|J...] [-o FILE] [--force] [--session] [--private]",
            summary: "write a HAR archive, Markdown or a page of jobs and exchanges",
            details: """
                Keys, signed links and personal fields are cut; --private cuts prompts and pictures, too. Without a name
                it tells of the current job, with --session of all since reel was started.
                Example: export html j3 -o j3.html
                """,
            flags: [
                FlagSpec("o", value: "FILE", operand: .file, help: "write to FILE"),
                FlagSpec("force", help: "replace a file that exists"),
                FlagSpec("session", help: "export all exchanges of this session"),
                FlagSpec("private", help: "cut prompts and pictures, too"),
            ],
            operands: [.choice(["har", "md", "html"]), .exchangeOrJob],
            repeatsLastOperand: true,
        ),
    ]
}
