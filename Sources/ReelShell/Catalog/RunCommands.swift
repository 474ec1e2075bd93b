extension CommandCatalog {
    static let runCommands: [CommandSpec] = [
        CommandSpec(
            "submit",
            group: .run,
            synopsis: "submit [ITEM...] [-n N] [--note T] [--watch|--wait] [--timeout T] [--yes]",
            summary: "send the draft; may be billed",
            details: """
                Items count for this time only. The job is written down before anything is sent, and a submit is
                never sent twice on its own. If no clear answer comes back the job is "unconfirmed".
                Example: submit seed=7 -n 2 --watch
                """,
            flags: [
                FlagSpec("n", value: "N", help: "submit N times, stopping at the first failure"),
                FlagSpec("note", value: "T", help: "a note to keep with the job"),
                FlagSpec("watch", help: "follow the job until it is over"),
                FlagSpec("wait", help: "wait for the job and print one line"),
                FlagSpec("timeout", value: "T", help: "wait at most T, such as 90s or 5m; the job goes on"),
                FlagSpec("yes", help: "do not ask before an equal request is sent again"),
            ],
            takesItems: true,
            isBillable: true,
        ),
        CommandSpec(
            "race",
            group: .run,
            synopsis: "race TARGET TARGET... [ITEM...] [--note T] [--log]",
            summary: "send the draft to several providers or models and watch them side by side",
            details: """
                TARGET is a provider, a model of the provider in use, or PROVIDER:MODEL. All drafts are checked and
                shown first, and one answer confirms them. The others run on if one is refused. On a terminal a row a
                job is drawn again as it changes; --log prints a line a change instead.
                Example: race siliconflow xiexus:kling-v1 sorarelay:sora-2
                """,
            flags: [
                FlagSpec("note", value: "T", help: "a note to keep with the jobs"),
                FlagSpec("log", help: "print a line a change instead of a table"),
            ],
            operands: [.target],
            repeatsLastOperand: true,
            takesItems: true,
            isBillable: true,
        ),
        CommandSpec(
            "grid",
            group: .run,
            synopsis: "grid ITEM... [-n LIMIT] [--every T] [--note T] [--log]",
            summary: "send every combination of several values and watch them as a table",
            details: """
                NAME=A,B,C and NAME=@F,G give a parameter several values, NAME:=[A,B] too. The combinations are shown
                and counted before one answer confirms them; they are sent one after the other, --every apart, and
                the first failure ends the sending. On a terminal they are watched as a table, with --log line by line.
                Example: grid seed=1,2,3 image_size=1280x720,720x1280 -n 4
                """,
            flags: [
                FlagSpec("n", value: "LIMIT", help: "send only the first LIMIT combinations"),
                FlagSpec("every", value: "T", help: "the time between two submits, 1s unless given"),
                FlagSpec("note", value: "T", help: "a note to keep with the jobs instead of the values"),
                FlagSpec("log", help: "print a line a change instead of a table"),
            ],
            takesItems: true,
            isBillable: true,
        ),
        CommandSpec(
            "status",
            group: .run,
            synopsis: "status [J]",
            summary: "ask once how a job is doing",
            details: "Example: status j3",
            operands: [.job],
        ),
        CommandSpec(
            "watch",
            group: .run,
            synopsis: "watch [J...] [--every T] [--until STATE] [--in-place]",
            summary: "follow jobs until they are over",
            details: """
                Prints changes only. Without a job it follows all that are unfinished. Ctrl-C detaches; the jobs go on.
                With --in-place a row a job shows its progress and what is left, by the vendor's progress or by what
                three or more jobs of the model took.
                Example: watch j3 j4 --until running
                """,
            flags: [
                FlagSpec("every", value: "T", help: "ask every T, such as 5s, instead of in the provider's rhythm"),
                FlagSpec("in-place", help: "a table that is drawn again as it changes"),
                FlagSpec(
                    "until",
                    value: "STATE",
                    operand: .choice(jobStates),
                    help: "end when every job has reached STATE",
                ),
            ],
            operands: [.job],
            repeatsLastOperand: true,
        ),
        CommandSpec(
            "wait",
            group: .run,
            synopsis: "wait [J...] [--timeout T]",
            summary: "wait for jobs, one line for each that is over",
            details: "Example: wait j3 --timeout 10m",
            flags: [FlagSpec("timeout", value: "T", help: "wait at most T; the jobs go on")],
            operands: [.job],
            repeatsLastOperand: true,
        ),
        CommandSpec(
            "jobs",
            group: .run,
            synopsis: "jobs [-a] [--provider P] [--state S]",
            summary: "list jobs with state, age and link life",
            details: """
                Lists what is unfinished or not yet fetched, and the newest of the rest; -a lists all. With --json each
                job names its films and where they are.
                Example: jobs --state unconfirmed
                """,
            flags: [
                FlagSpec("a", help: "list all jobs"),
                FlagSpec("provider", value: "P", operand: .provider, help: "only jobs of this provider"),
                FlagSpec("state", value: "S", operand: .choice(jobStates), help: "only jobs in this state"),
            ],
        ),
        CommandSpec(
            "stop",
            group: .run,
            synopsis: "stop [J]",
            summary: "stop polling a job here; the vendor is not told",
            details: """
                The job goes on upstream and "resume" follows it again. An unconfirmed job becomes lost.
                Without a job it is the current one, or the newest that is not over.
                Example: stop j3
                """,
            operands: [.job],
        ),
        CommandSpec(
            "resume",
            group: .run,
            synopsis: "resume J",
            summary: "poll a stopped job again",
            details: "Example: resume j3",
            operands: [.job],
        ),
        CommandSpec(
            "cancel",
            group: .run,
            synopsis: "cancel [J]",
            summary: "ask the vendor to stop a job",
            details: """
                Works where the vendor has a call for it; elsewhere "stop" ends the asking here and the job goes on.
                The job is cancelled when the vendor says so. Without a job it is the current one, or the newest that
                is not over.
                Example: cancel j3
                """,
            operands: [.job],
        ),
        CommandSpec(
            "adopt",
            group: .run,
            synopsis: "adopt ID [--provider P] [--as J]",
            summary: "follow a task made elsewhere",
            details: """
                ID is the vendor's task id. With --as it settles an unconfirmed job instead of making a new one.
                Example: adopt k3v9f0 --as j1
                """,
            flags: [
                FlagSpec("provider", value: "P", operand: .provider, help: "the provider that knows the task"),
                FlagSpec("as", value: "J", operand: .job, help: "the unconfirmed job that it is"),
            ],
            operands: [.word],
        ),
        CommandSpec(
            "fetch",
            group: .run,
            synopsis: "fetch [J] [-o FILE] [--force] [--open] | fetch --all",
            summary: "download a job's film; with --all every one that is not saved",
            details: """
                Without a job it is the current one, or the newest with a film that is not saved. Resumes a partial
                download. The default is jN.mp4 in the current directory. Prints size and sha256 and compares the film
                with what was asked for. FILE may be -: the film is saved as without it and also written to standard
                output, if that is no terminal. Of several films the others are jN-2.mp4 and on, unless -o names the
                first alone. --all first asks once about jobs that are asked about no more.
                Example: fetch j3 -o cat.mp4
                """,
            flags: [
                FlagSpec("o", value: "FILE", operand: .file, help: "write to FILE"),
                FlagSpec("force", help: "replace a file that exists"),
                FlagSpec(
                    "all",
                    help: "every film not saved yet, three at a time, first the link that dies first"
                ),
                FlagSpec("open", help: "open it on the desktop afterwards"),
            ],
            operands: [.job],
        ),
        CommandSpec(
            "open",
            group: .run,
            synopsis: "open [J]",
            summary: "open a saved film on the desktop",
            details: """
                Hands the file to the desktop's own player, which goes on when reel is left.
                Example: open j3
                """,
            operands: [.job],
        ),
        CommandSpec(
            "frames",
            group: .run,
            synopsis: "frames [J] [-n N] [-o FILE] [--force]",
            summary: "show a contact sheet of a saved film",
            details: """
                Draws N frames, 8 unless told, in the terminal; needs ffmpeg and chafa. With -o they go into a PNG,
                which needs ffmpeg alone.
                Example: frames j3 -n 12
                """,
            flags: [
                FlagSpec("n", value: "N", help: "so many frames, 1 to 64"),
                FlagSpec("o", value: "FILE", operand: .file, help: "write a PNG instead of drawing"),
                FlagSpec("force", help: "replace a file that exists"),
            ],
            operands: [.job],
        ),
    ]
}
