/// From key to echo: `LABEL|COMMAND|PROMPT|TYPED`.
///
/// Each key is a letter that stands nowhere on the line yet, so a redraw of the line cannot be taken for its echo.
enum EchoBench {
    private static let letters = "zqxvkyhZQXVKYHBDGMPUE".map(String.init)

    static func run(_ arguments: [String]) throws {
        guard let keys = arguments.first.flatMap({ Int($0) }), arguments.count > 1 else {
            throw BenchFailure("echo needs KEYS and programs")
        }
        let programs = try arguments.dropFirst().map { try Specification($0, fields: 4) }
        let children = try programs.map { try TerminalChild(ready: $0) }
        defer { for child in children { child.end() } }
        var samples = programs.map { _ in Samples() }
        for _ in 0..<max(1, keys / letters.count) {
            for (index, program) in programs.enumerated() {
                try round(children[index], program.fields[3], &samples[index])
            }
        }
        Rows.showTail(programs, samples)
    }

    private static func round(_ child: TerminalChild, _ typed: String, _ samples: inout Samples) throws {
        if !typed.isEmpty {
            try child.type(typed)
            child.settle(milliseconds: 150)
        }
        for letter in letters {
            // Before the write, in which the program may already get its turn.
            let start = ContinuousClock.now
            try child.type(letter)
            try child.wait(for: letter)
            samples.add((ContinuousClock.now - start).milliseconds)
            // People type at most some ten keys a second; a little air lets hints and redraws end.
            child.settle(milliseconds: 5)
        }
        try child.type("\u{15}")
        child.settle(milliseconds: 50)
    }
}
