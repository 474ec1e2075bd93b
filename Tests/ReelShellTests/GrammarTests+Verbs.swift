import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct Verbs {
        @Test(
            "A unique prefix runs at the prompt",
            arguments: [
                ("sub", "submit"), ("subm", "submit"), ("pro", "providers"), ("l", nil), ("st", nil), ("su", nil),
                ("mod", nil), ("model", "model"), ("models", "models"), ("ls", "providers"), ("why", "errors"),
                ("q", "exit"), ("heade", "headers"), ("log", "log"),
            ],
        )
        func readsPrefix(word: String, verb: String?) throws {
            let actions = try? GrammarTests.actions(word)
            #expect(actions == verb.map { [.run(verb: $0, arguments: [])] })
        }

        @Test("An ambiguous prefix lists what it could be")
        func listsAmbiguous() {
            let error = GrammarTests.error("statu; st")
            #expect(error?.code == .ambiguousCommand)
            #expect(error?.message.description == "\"st\" could be status, stop, stats")
            #expect(error?.offset == 7)
        }

        @Test("A billable command needs three letters")
        func needsThreeLetters() {
            let error = GrammarTests.error("su")
            #expect(error?.code == .unknownCommand)
            #expect(error?.suggestion == "submit")
        }

        @Test("Scripts need full names", arguments: ["sub", "showw", "h"])
        func needsFullNames(word: String) {
            #expect(GrammarTests.error(word, in: GrammarTests.script)?.code == .unknownCommand)
        }

        @Test(
            "An alias replaces the first word once",
            arguments: [
                ("s4 seed=1", ["submit"]), ("two", ["reset", "show"]), ("two; undo", ["reset", "show", "undo"]),
            ],
        )
        func replacesAlias(entry: String, verbs: [String]) throws {
            let found = try GrammarTests.actions(entry).map { action in
                guard case .run(let verb, _) = action else { return "" }
                return verb
            }
            #expect(found == verbs)
        }

        @Test("What follows an alias belongs to its last command")
        func appendsToAlias() throws {
            #expect(
                try GrammarTests.arguments("s4 seed=1") == [
                    .item(RequestItem(name: "size", op: .assign, value: "960x960")), .flag(name: "n", value: "4"),
                    .item(RequestItem(name: "seed", op: .assign, value: "1")),
                ]
            )
        }

        @Test("An alias may begin a free text or a shell line")
        func beginsText() throws {
            #expect(try GrammarTests.actions("p a; b") == [.freeText(parameter: "prompt", value: "a; b")])
            #expect(try GrammarTests.actions("h 5; ls") == [.shell("history 5; ls")])
        }

        @Test("An alias hides no command")
        func hidesNoCommand() throws {
            #expect(try GrammarTests.actions("show") == [.run(verb: "show", arguments: [])])
        }

        @Test("Aliases do not run in circles", arguments: ["a", "b; a"])
        func endsCircles(entry: String) {
            let context = GrammarContext(aliases: ["a": "b; a", "b": "a"], allowsPrefixes: false)
            #expect(GrammarTests.error(entry, in: context)?.code == .unknownCommand)
        }

        @Test("A command line is not split again")
        func readsCommandLine() throws {
            let words = ["submit", "prompt=a cat; 'b", "--note", "x y", "seed:=1", "-n", "2", "--", "image=@-f"]
            let command = try EntryParser.argv(words, in: GrammarTests.script)
            #expect(
                command.action
                    == .run(
                        verb: "submit",
                        arguments: [
                            .item(RequestItem(name: "prompt", op: .assign, value: "a cat; 'b")),
                            .flag(name: "note", value: "x y"),
                            .item(RequestItem(name: "seed", op: .json, value: "1")),
                            .flag(name: "n", value: "2"),
                            .item(RequestItem(name: "image", op: .file, value: "-f")),
                        ],
                    )
            )
        }

        @Test(
            "A command line that is none is refused with the word's place",
            arguments: [
                ([String](), GrammarError.Code.unknownCommand, 0),
                (["sub"], .unknownCommand, 0),
                (["set", "prompt", "x"], .notASubcommand, 0),
                (["status", "j1", "j2"], .unexpectedWord, 2),
                (["submit", "seed=1", "--no"], .unknownFlag, 2),
                (["submit", "x=1", "--note"], .missingFlagValue, 2),
                (["prompt=a"], .unknownCommand, 0),
            ],
        )
        func refusesCommandLine(words: [String], code: GrammarError.Code, offset: Int) {
            let error = #expect(throws: GrammarError.self) {
                try EntryParser.argv(words, in: GrammarTests.script)
            }
            #expect(error?.code == code)
            #expect(error?.offset == offset)
        }
    }
}
