extension CommandCatalog {
    static let inspectCommands: [CommandSpec] = [
        CommandSpec(
            "log",
            group: .inspect,
            synopsis: """
                log [N] [--job J] [--provider P] [--status S] [--call C] [--since T] [--until T] [--trace ID] [--text T] \
                [--errors]
                """,
            summary: "list exchanges, newest last",
            details: """
                S is 503, 5xx, 400-499 or - for no answer; T after --since is 10m (ago), 12:30 or a date.
                --text finds what stands in a request or a reply. Lists the newest 20 unless N is given, in a pipe too.
                Example: log 20 --job j3 --status 5xx
                """,
            flags: filterFlags + [FlagSpec("text", value: "T", help: "only exchanges with T in a body")],
            operands: [.word],
        ),
        CommandSpec(
            "headers",
            group: .inspect,
            synopsis: "headers [R]",
            summary: "print the headers of an exchange in wire order",
            details: """
                R is rN, last, prev, a job's last exchange jN, or jN.submit, jN.first, jN.N.
                Example: headers j3.submit
                """,
            operands: [.exchange],
        ),
        CommandSpec(
            "body",
            group: .inspect,
            synopsis: "body [R] [--request] [--full]",
            summary: "print the body of an answer, JSON laid out",
            details: """
                Every JSON token is printed as it was sent. Long strings are cut on a terminal; --full prints them.
                Example: body r12 --request
                """,
            flags: [
                FlagSpec("request", help: "print the request's body"),
                FlagSpec("full", help: "cut nothing"),
            ],
            operands: [.exchange],
        ),
        CommandSpec(
            "raw",
            group: .inspect,
            synopsis: "raw [R] [--request] [--hex]",
            summary: "print the untouched bytes of an exchange",
            details: """
                The head as it was on the wire and the body after decoding; only the key is cut.
                Example: raw r12 > answer.txt
                """,
            flags: [
                FlagSpec("request", help: "print the request"),
                FlagSpec("hex", help: "print as hexadecimal"),
            ],
            operands: [.exchange],
        ),
        CommandSpec(
            "get",
            group: .inspect,
            synopsis: "get PATH [R] [-r] [--all]",
            summary: "print one value of an answer, byte for byte",
            details: """
                PATH is made of .NAME, [0], [] for every element and ["any name"]; "." is the whole answer.
                Example: get .results.videos[0].url r12 -r
                """,
            flags: [
                FlagSpec("r", help: "print a string without its quotes"),
                FlagSpec("all", help: "print every match of a path with [] in it"),
            ],
            operands: [.path, .exchange],
        ),
        CommandSpec(
            "grep",
            group: .inspect,
            synopsis: """
                grep PATTERN [R|J...] [-i] [-F] [-l] [--request] [--reply] [--limit N] [--job J] [--provider P] \
                [--status S] [--call C] [--since T] [--until T] [--trace ID] [--errors]
                """,
            summary: "search all recorded bodies, by path",
            details: """
                PATTERN is a regular expression; in JSON it is held against every value and name. Ranges are r4..r9.
                Example: grep 50505 --since 1h
                """,
            flags: [
                FlagSpec("i", help: "let small and capital letters be the same"),
                FlagSpec("F", help: "take PATTERN as it is, not as an expression"),
                FlagSpec("l", help: "print only which exchanges match"),
                FlagSpec("request", help: "search requests only"),
                FlagSpec("reply", help: "search replies only"),
                FlagSpec("limit", value: "N", help: "end after N matches, 100 unless given"),
            ] + filterFlags,
            operands: [.word, .exchangeOrJob],
            repeatsLastOperand: true,
        ),
        CommandSpec(
            "timing",
            group: .inspect,
            synopsis: "timing [R|J]",
            summary: "print where the time of an exchange or a job went",
            details: """
                A job's queue, run and download stand beside what the vendor claims.
                Example: timing j3
                """,
            operands: [.exchangeOrJob],
        ),
        CommandSpec(
            "timeline",
            group: .inspect,
            synopsis: "timeline [J] [--bodies]",
            summary: "tell how a job went, equal polls as one line",
            details: """
                --bodies prints the raw body at each change, too.
                Example: timeline j3 --bodies
                """,
            flags: [FlagSpec("bodies", help: "print the body at each change")],
            operands: [.job],
        ),
        CommandSpec(
            "explain",
            group: .inspect,
            synopsis: "explain [R]",
            summary: "tell which fields of an answer were read, as what, and which never",
            details: """
                Also which rule chose between places where a value may stand. Without R it is the last answer that is
                read; a film's download is passed over.
                Example: explain r12
                """,
            operands: [.exchange],
        ),
        CommandSpec(
            "drift",
            group: .inspect,
            synopsis: "drift [R|J...] [--all] [--session] [--docs] [--provider P]",
            summary: "check answers against the shapes the vendor documents",
            details: """
                Lists wrong types, missing and unknown fields, words in no table, and bodies of another shape, with where
                the documentation says otherwise; --docs lists where it contradicts itself. In scripts any drift ends
                with 11.
                Example: drift j3
                """,
            flags: [
                FlagSpec("all", help: "check all recorded answers"),
                FlagSpec("session", help: "check the answers of this session"),
                FlagSpec("docs", help: "check the documentation against itself"),
                FlagSpec("provider", value: "P", operand: .provider, help: "only answers of this provider"),
            ],
            operands: [.exchangeOrJob],
            repeatsLastOperand: true,
        ),
        CommandSpec(
            "diff",
            group: .inspect,
            synopsis: "diff [A] [B] [--ignore PATH] [--all] [--forget] [--request]",
            summary: "compare two answers, jobs or files by path",
            details: """
                A and B are exchanges, jobs, saved drafts, files of JSON, or the word draft; without them it compares
                the last two polls. Paths given to --ignore are remembered for the provider; --all shows them, --forget
                drops them.
                Example: diff r42 r52 --ignore .status_update_time
                """,
            flags: [
                FlagSpec("ignore", value: "PATH", operand: .path, help: "leave PATH out, now and from now on"),
                FlagSpec("all", help: "leave nothing out this time"),
                FlagSpec("forget", help: "forget the paths that are left out"),
                FlagSpec("request", help: "compare what was sent"),
            ],
            operands: [.exchangeOrJob, .exchangeOrJob],
        ),
        CommandSpec(
            "stats",
            group: .inspect,
            synopsis: """
                stats [--job J] [--provider P] [--status S] [--call C] [--since T] [--until T] [--trace ID] [--errors]
                """,
            summary: "print latencies, errors and words by provider and model",
            details: "Example: stats --since 24h --provider siliconflow",
            flags: filterFlags,
        ),
        CommandSpec(
            "trace",
            group: .inspect,
            synopsis: "trace [R|J|ID] [--ticket FILE] [--lang L]",
            summary: "print the trace ids to quote to the vendor, or write a ticket",
            details: """
                ID is a trace id, found in headers, bodies and messages. --ticket writes a letter to the vendor's support
                without prompt, pictures and key; FILE - shows it. L is en or zh.
                Example: trace j3 --ticket ticket.txt
                """,
            flags: [
                FlagSpec("ticket", value: "FILE", operand: .file, help: "write a support ticket to FILE"),
                FlagSpec("lang", value: "L", operand: .choice(["en", "zh"]), help: "the language of the ticket"),
            ],
            operands: [.exchangeOrJob],
        ),
        CommandSpec(
            "errors",
            aliases: ["why"],
            group: .inspect,
            synopsis: "errors [R|J]",
            summary: "explain the last error, or one named, with its exchange and retries",
            details: "Example: why",
            operands: [.exchangeOrJob],
        ),
    ]

    /// The flags that choose exchanges.
    private static let filterFlags = [
        FlagSpec("job", value: "J", operand: .job, help: "only exchanges of this job"),
        FlagSpec("provider", value: "P", operand: .provider, help: "only exchanges with this provider"),
        FlagSpec("status", value: "S", help: "only with this status: 503, 5xx, 400-499, - for no answer"),
        FlagSpec(
            "call",
            value: "C",
            operand: .choice(["submit", "status", "content", "models", "account", "lookup"]),
            help: "only calls of this kind",
        ),
        FlagSpec("since", value: "T", help: "only from T on: 10m (ago), 12:30, a date"),
        FlagSpec("until", value: "T", help: "only before T"),
        FlagSpec("trace", value: "ID", help: "only with this trace id, or one that begins so"),
        FlagSpec("errors", help: "only exchanges that failed"),
    ]
}
