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
        CommandSpec(
            "replay",
            group: .share,
            synopsis: "replay [R] [ITEM...] [--to P] [--set ITEM] [--edit] [--note T] [--wait] [--watch] [--yes]",
            summary: "send a recorded request again; a submit may be billed",
            details: """
                A submit becomes a new job, after you agreed; twice, when its first outcome is unknown. --to sends it to
                another provider, items change it, --edit makes it the draft instead of sending it; at the prompt the
                editor opens on it first.
                Example: replay r3 seed=8 --to sorarelay
                """,
            flags: [
                FlagSpec("to", value: "P", operand: .provider, help: "send it to this provider"),
                FlagSpec("set", value: "ITEM", help: "change a parameter, as an item does; may be repeated"),
                FlagSpec("edit", help: "make it the draft, and send nothing"),
                FlagSpec("note", value: "T", help: "a note to keep with the job"),
                FlagSpec("wait", help: "wait for the job and print one line"),
                FlagSpec("watch", help: "follow the job until it is over"),
                FlagSpec("yes", help: "do not ask"),
            ],
            operands: [.exchange],
            takesItems: true,
            isBillable: true,
        ),
        CommandSpec(
            "http",
            group: .share,
            synopsis: "http [METHOD] PATH [ITEM...] [--form] [--body FILE] [--yes]",
            summary: "send a call of your own with the provider's key, recorded as any other",
            details: """
                Items: NAME=TEXT and NAME:=JSON make a JSON body (a form with --form), NAME=@FILE a file, NAME==VALUE the
                query, NAME:VALUE a header. The key goes only to the provider's own origin. What may change something is
                asked first.
                Example: http GET /v1/models type==video
                """,
            flags: [
                FlagSpec("form", help: "send a form instead of JSON"),
                FlagSpec("body", value: "FILE", operand: .file, help: "send the bytes of FILE"),
                FlagSpec("yes", help: "do not ask"),
            ],
            operands: [.choice(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]), .value],
            takesItems: true,
        ),
        CommandSpec(
            "import",
            group: .share,
            synopsis: "import curl|har FILE",
            summary: "read a curl command into the draft, or a HAR archive into the journal",
            details: """
                FILE is - for standard input. A curl command that creates a task becomes the draft; of an archive every
                exchange is kept, to be inspected as if it had been made here.
                Example: import har upstream.har
                """,
            operands: [.choice(["curl", "har"]), .file],
            repeatsLastOperand: true,
        ),
        CommandSpec(
            "record",
            group: .share,
            synopsis: "record DIR|off",
            summary: "write every exchange into a folder, to be played later",
            details: """
                Keys and signatures are cut; an exchange in whose bytes a key is found is not written.
                Example: record tapes/first
                """,
            operands: [.file],
        ),
        CommandSpec(
            "play",
            group: .share,
            synopsis: "play DIR|off",
            summary: "answer from a recorded folder, never from the network",
            details: """
                A request without a recorded answer ends with 12; a job without one is no longer asked about until another
                folder is played, play off, or resume.
                Example: play tapes/first
                """,
            operands: [.file],
        ),
        CommandSpec(
            "capture",
            group: .share,
            synopsis: "capture [R] [DIR] [--name NAME] [--note T]",
            summary: "write an answer as a fixture with the reading expected of it",
            details: """
                DIR is a provider's folder of fixtures; a checkout's own is found. Keys, signatures, personal fields and
                prompts are cut, and the expected reading is that of what was written.
                Example: capture r12 Tests/SiliconFlowTests/Fixtures
                """,
            flags: [
                FlagSpec("name", value: "NAME", help: "the file's name, without .json"),
                FlagSpec("note", value: "T", help: "why it is interesting"),
            ],
            operands: [.exchange, .file],
        ),
        CommandSpec(
            "redecode",
            group: .share,
            synopsis: "redecode [R|J...] [--all]",
            summary: "read recorded answers with today's provider and tell what changed",
            details: "Example: redecode j3",
            flags: [FlagSpec("all", help: "read all recorded answers")],
            operands: [.exchangeOrJob],
            repeatsLastOperand: true,
        ),
    ]
}
