import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct Lines {
        @Test(
            "Empty lines and comments hold no command",
            arguments: ["", "  \t", "\n\n", "# submit", "  # submit; submit\n#", ";", " ; ;", "# a \\"],
        )
        func isEmpty(entry: String) throws {
            #expect(try GrammarTests.actions(entry).isEmpty)
        }

        @Test("Commands are separated by ; and lines, with their text and line")
        func separates() throws {
            let parsed = try EntryParser.parse("reset;show ;\n# x\n  undo  \n\ncheck", in: GrammarTests.script)
            #expect(parsed.map(\.source) == ["reset", "show", "undo", "check"])
            #expect(parsed.map(\.line) == [1, 1, 3, 5])
        }

        @Test("Bare items are an implicit set")
        func readsBareItems() throws {
            #expect(
                try GrammarTests.actions("image_size=1280x720 seed:=123 X-A:b") == [
                    .items([
                        RequestItem(name: "image_size", op: .assign, value: "1280x720"),
                        RequestItem(name: "seed", op: .json, value: "123"),
                        RequestItem(name: "X-A", op: .header, value: "b"),
                    ])
                ]
            )
        }

        @Test(
            "Sinks take the output",
            arguments: [
                ("raw | jq .a | less", ParsedCommand.Sink.pipe("jq .a | less")),
                ("raw|jq '.a; .b' > x", .pipe("jq '.a; .b' > x")),
                ("raw | a \\\nb", .pipe("a \\\nb")),
                ("raw > 'a b.txt'", .write(path: "a b.txt")),
                ("raw>a", .write(path: "a")),
                ("raw >> a", .append(path: "a")),
                ("?seed > a", .write(path: "a")),
            ],
        )
        func readsSinks(entry: String, sink: ParsedCommand.Sink) throws {
            let parsed = try EntryParser.parse(entry, in: GrammarTests.context)
            #expect(parsed.map(\.sink) == [sink])
        }

        @Test("Commands go on behind the file of a sink")
        func goesOnBehindSink() throws {
            let parsed = try EntryParser.parse("raw > a; show\nundo", in: GrammarTests.context)
            #expect(parsed.map(\.sink) == [.write(path: "a"), nil, nil])
        }

        @Test(
            "Shell lines, repetition and help",
            arguments: [
                ("!ls -l | wc; echo \"x", ParsedCommand.Action.shell("ls -l | wc; echo \"x")),
                ("  ! ls", .shell("ls")),
                ("!echo a \\\n b", .shell("echo a \\\n b")),
                ("!!", .repeatLast),
                (" !!  ", .repeatLast),
                ("?", .help(nil)),
                ("?prompt", .help("prompt")),
                ("? image_size", .help("image_size")),
            ],
        )
        func readsShellAndHelp(entry: String, action: ParsedCommand.Action) throws {
            #expect(try GrammarTests.actions(entry) == [action])
        }

        @Test("A shell line ends with its line")
        func endsShellLine() throws {
            #expect(try GrammarTests.actions("!ls\nshow") == [.shell("ls"), .run(verb: "show", arguments: [])])
        }

        @Test(
            "An entry that breaks off asks on",
            arguments: [
                ("model 'a", true), ("model \"a", true), ("model a\\", true), ("submit prompt=it's", true),
                ("set prompt \"\"\"a\nb", true), ("submit prompt=\"\"\"a", true), ("set prompt a\\", true),
                ("!ls \\", true), ("raw | less \\", true), ("set prompt a\\\\\\", true),
                ("set prompt it's", false), ("set prompt \"a", false), ("set prompt a\\\\", false),
                ("model a\\\\", false), ("model 'a\\'", false), ("!echo 'a", false), ("# it's", false),
                ("nonsense", false), ("show", false), ("", false), ("set prompt \"\"\"a\"\"\"", false),
            ],
        )
        func asksOn(entry: String, needsMore: Bool) {
            #expect(EntryParser.needsMore(entry, in: GrammarTests.context) == needsMore)
        }
    }
}
