/// From a bracketed paste to its last character on the screen: `LABEL|COMMAND|PROMPT|TYPED`, TYPED before the paste.
///
/// Programs that never ask for brackets get the text as it is.
enum PasteBench {
    private static let end = "ENDE"

    static func run(_ arguments: [String]) throws {
        guard arguments.count > 2, let rounds = Int(arguments[0]), let characters = Int(arguments[1]) else {
            throw BenchFailure("paste needs ROUNDS, CHARACTERS and programs")
        }
        let programs = try arguments.dropFirst(2).map { try Specification($0, fields: 4) }
        let text = String(
            String(repeating: "a cat walks through neon rain ", count: characters / 30 + 1).prefix(characters)
        )
        var samples = programs.map { _ in Samples() }
        for round in 0...rounds {
            for (index, program) in programs.enumerated() {
                let child = try TerminalChild(program.words)
                try child.wait(for: program.fields[2])
                child.settle(milliseconds: 150)
                if !program.fields[3].isEmpty {
                    try child.type(program.fields[3])
                    child.settle(milliseconds: 100)
                }
                let start = ContinuousClock.now
                try child.send("\u{1B}[200~\(text)\(end)\u{1B}[201~", until: end)
                if round > 0 { samples[index].add((ContinuousClock.now - start).milliseconds) }
                child.end()
            }
        }
        Rows.show(programs.indices.map { (programs[$0].label, samples[$0], "") }, unit: "ms")
    }
}

/// From Tab to what it inserts: `LABEL|COMMAND|PROMPT|TYPED|COMPLETED`.
enum TabBench {
    static func run(_ arguments: [String]) throws {
        guard let rounds = arguments.first.flatMap({ Int($0) }), arguments.count > 1 else {
            throw BenchFailure("tab needs ROUNDS and programs")
        }
        let programs = try arguments.dropFirst().map { try Specification($0, fields: 5) }
        let children = try programs.map { try TerminalChild(ready: $0) }
        defer { for child in children { child.end() } }
        var samples = programs.map { _ in Samples() }
        for _ in 0..<rounds {
            for (index, program) in programs.enumerated() {
                let child = children[index]
                try child.type(program.fields[3])
                child.settle(milliseconds: 50)
                let start = ContinuousClock.now
                try child.type("\t")
                try child.wait(for: program.fields[4])
                samples[index].add((ContinuousClock.now - start).milliseconds)
                try child.type("\u{15}")
                child.settle(milliseconds: 50)
            }
        }
        Rows.showTail(programs, samples)
    }
}
