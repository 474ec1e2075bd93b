/// From start to prompt: `LABEL|COMMAND|PROMPT`.
enum PromptBench {
    static func run(_ arguments: [String]) throws {
        guard let rounds = arguments.first.flatMap({ Int($0) }), arguments.count > 1 else {
            throw BenchFailure("prompt needs ROUNDS and programs")
        }
        let programs = try arguments.dropFirst().map { try Specification($0, fields: 3) }
        var samples = programs.map { _ in Samples() }
        for round in 0...rounds {
            for (index, program) in programs.enumerated() {
                let start = ContinuousClock.now
                let child = try TerminalChild(program.words)
                try child.wait(for: program.fields[2])
                // The first round brings files and code into memory.
                if round > 0 { samples[index].add((ContinuousClock.now - start).milliseconds) }
                child.end()
            }
        }
        Rows.showTail(programs, samples)
    }
}

/// From Ctrl-C to prompt: `LABEL|COMMAND|PROMPT|LINE`, after LINE has waited for half a second.
enum InterruptBench {
    static func run(_ arguments: [String]) throws {
        guard let rounds = arguments.first.flatMap({ Int($0) }), arguments.count > 1 else {
            throw BenchFailure("interrupt needs ROUNDS and programs")
        }
        let programs = try arguments.dropFirst().map { try Specification($0, fields: 4) }
        let children = try programs.map { try TerminalChild(ready: $0) }
        defer { for child in children { child.end() } }
        var samples = programs.map { _ in Samples() }
        for _ in 0..<rounds {
            for (index, program) in programs.enumerated() {
                let child = children[index]
                try child.type(program.fields[3] + "\r")
                child.drain(seconds: 0.5)
                let start = ContinuousClock.now
                try child.type("\u{3}")
                try child.wait(for: program.fields[2])
                samples[index].add((ContinuousClock.now - start).milliseconds)
                child.settle(milliseconds: 100)
            }
        }
        Rows.showTail(programs, samples)
    }
}
