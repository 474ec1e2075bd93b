import Testing

@testable import ReelShell

@Suite struct CatalogTests {
    private static let specs = CommandCatalog.standard.all

    @Test("The commands are those of the shell's reference")
    func holdsEveryCommand() {
        let expected = [
            "adopt", "alias", "body", "budget", "bug", "cancel", "capture", "check", "compare", "completion", "config",
            "curl", "describe", "diff", "drift", "edit", "errors", "exit", "explain", "export", "fetch", "frames",
            "get", "grep", "grid", "headers", "help", "history", "http", "import", "jobs", "load", "log", "login",
            "logout", "model", "models", "open", "play", "preview", "providers", "race", "raw", "record", "redecode",
            "replay", "reset", "resume", "sandbox", "save", "saved", "set", "show", "source", "stats", "status",
            "stop", "submit", "timeline", "timing", "trace", "undo", "unset", "use", "version", "wait", "watch",
        ]
        #expect(Self.specs.map(\.name).sorted() == expected)
    }

    @Test("Names and aliases are unique")
    func namesAreUnique() {
        let names = CommandCatalog.standard.names
        #expect(Set(names).count == names.count)
    }

    @Test("Every alias finds its command", arguments: [("ls", "providers"), ("why", "errors"), ("quit", "exit")])
    func findsAlias(alias: String, name: String) {
        #expect(CommandCatalog.standard[alias]?.name == name)
    }

    @Test("A command is described in full", arguments: specs)
    func isDescribed(spec: CommandSpec) {
        #expect(spec.synopsis == spec.name || spec.synopsis.hasPrefix(spec.name + " "))
        #expect(!spec.summary.isEmpty && !spec.summary.contains("\n") && !spec.summary.hasSuffix("."))
        #expect(spec.details.contains("Example: "))
        #expect(spec.minimumPrefix >= (spec.isBillable ? 3 : 1))
    }

    @Test("Every flag has help and stands in the synopsis", arguments: specs)
    func describesFlags(spec: CommandSpec) {
        for flag in spec.flags {
            #expect(!flag.help.isEmpty)
            #expect(spec.synopsis.contains(flag.spelling + (flag.value.map { " " + $0 } ?? "")), "\(flag.spelling)")
        }
        #expect(Set(spec.flags.map(\.name)).count == spec.flags.count)
    }

    @Test("Every flag in a synopsis is in the table", arguments: specs)
    func knowsFlagsOfSynopsis(spec: CommandSpec) {
        let words = spec.synopsis.split { " []|".contains($0) }.filter { $0.hasPrefix("-") && $0.count > 1 }
        #expect(Set(words.map(String.init)) == Set(spec.flags.map(\.spelling)))
    }

    @Test("The example of a command can be read", arguments: specs)
    func readsExample(spec: CommandSpec) throws {
        let example = try #require(spec.details.split(separator: "Example: ").last)
        let context = GrammarContext(textParameters: ["prompt"])
        let command = try #require(try EntryParser.parse(String(example), in: context).first)
        switch command.action {
        case .run(let verb, _): #expect(verb == spec.name)
        case .freeText: #expect(spec.name == "set")
        default: Issue.record("\(example) runs no command")
        }
    }

    @Test("Program flags have help and unique names")
    func describesProgramFlags() {
        let flags = CommandCatalog.globalFlags
        #expect(flags.allSatisfy { !$0.help.isEmpty })
        #expect(Set(flags.map(\.name)).count == flags.count)
        #expect(Set(CommandCatalog.commonFlags.map(\.name)).isSubset(of: Set(flags.map(\.name))))
    }

    @Test("What may be billed is marked, and commands that need a session are no subcommands")
    func marksCommands() {
        #expect(Self.specs.filter(\.isBillable).map(\.name).sorted() == ["grid", "race", "replay", "submit"])
        let sessionOnly = Self.specs.filter { !$0.isSubcommand }.map(\.name).sorted()
        #expect(
            sessionOnly == [
                "alias", "compare", "edit", "exit", "load", "model", "reset", "set", "show", "source", "undo", "unset",
                "use",
            ]
        )
    }

    @Test(
        "A mistyped command finds the nearest",
        arguments: [
            ("sumbit", "submit"), ("hlep", "help"), ("Preview", "preview"), ("zzzzzz", nil), ("", nil), ("x", nil),
        ],
    )
    func findsNearest(word: String, nearest: String?) {
        #expect(CommandCatalog.standard.resolve(word, allowsPrefix: true) == .unknown(nearest: nearest))
    }
}
