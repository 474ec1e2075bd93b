extension CommandCatalog {
    static let inspectCommands: [CommandSpec] = [
        CommandSpec(
            "log",
            group: .inspect,
            synopsis: "log [N] [--job J] [--errors]",
            summary: "list exchanges, newest last",
            details: "Example: log 20 --job j3",
            flags: [
                FlagSpec("job", value: "J", operand: .job, help: "only exchanges of this job"),
                FlagSpec("errors", help: "only exchanges that failed"),
            ],
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
            details: "Example: raw r12 > answer.txt",
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
                FlagSpec("all", help: "print every match of a repeated key"),
            ],
            operands: [.path, .exchange],
        ),
        CommandSpec(
            "timing",
            group: .inspect,
            synopsis: "timing [R|J]",
            summary: "print where the time of an exchange or a job went",
            details: "Example: timing j3",
            operands: [.exchangeOrJob],
        ),
        CommandSpec(
            "trace",
            group: .inspect,
            synopsis: "trace [R|J]",
            summary: "print the trace ids to quote to the vendor",
            details: "Example: trace j3",
            operands: [.exchangeOrJob],
        ),
        CommandSpec(
            "errors",
            aliases: ["why"],
            group: .inspect,
            synopsis: "errors",
            summary: "explain the last error with its exchange and retries",
            details: "Example: why",
        ),
    ]
}
