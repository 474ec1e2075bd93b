/// Runs commands in turn, so that each meets the same machine: `LABEL|COMMAND`.
enum CompareBench {
    static func run(_ arguments: [String]) throws {
        var rest = arguments[...]
        var bytes: Double?
        if rest.first == "--bytes" {
            rest.removeFirst()
            bytes = rest.popFirst().flatMap(Double.init)
        }
        guard let rounds = rest.popFirst().flatMap({ Int($0) }), !rest.isEmpty else {
            throw BenchFailure("compare needs ROUNDS and commands")
        }
        let commands = try rest.map { try Specification($0, fields: 2) }
        var walls = commands.map { _ in Samples() }
        var cpus = walls
        var memories = walls
        // One run of each that does not count brings files and code into memory.
        for command in commands { _ = try Child.run(command.words) }
        for _ in 0..<rounds {
            for (index, command) in commands.enumerated() {
                let cost = try Child.run(command.words)
                guard cost.status == 0 else { throw BenchFailure("\(command.label) ended with status \(cost.status)") }
                walls[index].add(cost.wall.milliseconds)
                cpus[index].add(cost.cpu.milliseconds)
                memories[index].add(Double(cost.kilobytes) / 1024)
            }
        }
        let rows = commands.indices.map { index in
            var note = "  CPU \(Samples.text(cpus[index].median)) ms, \(Samples.text(memories[index].median)) MiB"
            if let bytes { note += ", \(Samples.text(bytes / 1000 / walls[index].median)) MB/s" }
            return (commands[index].label, walls[index], note)
        }
        Rows.show(rows, unit: "ms")
    }
}

/// A program to be measured, as fields between bars.
struct Specification {
    var label: String
    var fields: [String]

    init(_ text: String, fields count: Int) throws {
        fields = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= count else { throw BenchFailure("\(text) needs \(count) fields between bars") }
        label = fields[0]
    }

    /// The last field as a command line; blanks separate its words.
    var words: [String] { Self.words(fields[1]) }

    static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
