import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct FreeTexts {
        @Test(
            "After a text parameter everything is its value",
            arguments: [
                ("set prompt a cat; submit", "a cat; submit"),
                ("set prompt it's slow; \"dreamy\" # 4k", "it's slow; \"dreamy\" # 4k"),
                ("set prompt 一只猫在月球上弹钢琴，夜景", "一只猫在月球上弹钢琴，夜景"),
                ("set prompt a | b > c >> d", "a | b > c >> d"),
                ("set prompt @p.txt $r1.x", "@p.txt $r1.x"),
                ("set prompt ; submit", "; submit"),
                ("set prompt \"open", "\"open"),
                ("set prompt seed=7", "seed=7"),
                ("set prompt a\\nb \\ c", "a\\nb \\ c"),
                ("set\tprompt\tx", "x"),
                ("se prompt by a prefix", "by a prefix"),
            ],
        )
        func takesEverything(entry: String, value: String) throws {
            #expect(try actions(entry) == [.freeText(parameter: "prompt", value: value)])
        }

        @Test(
            "Outer blanks go unless one pair of quotes encloses the whole",
            arguments: [
                ("set prompt   a cat  ", "a cat"),
                ("set prompt \"  a cat \"  ", "  a cat "),
                ("set prompt \"\"", ""),
                ("set prompt \"a\" and \"b\"", "\"a\" and \"b\""),
                ("set prompt \"", "\""),
                ("set prompt 'a'", "'a'"),
            ],
        )
        func trims(entry: String, value: String) throws {
            #expect(try actions(entry) == [.freeText(parameter: "prompt", value: value)])
        }

        @Test("Begun on the first line it takes the whole entry")
        func takesTheEntry() throws {
            let entry = "reset; set prompt a cat\nsubmit\n# no comment\n"
            let text = ParsedCommand.Action.freeText(parameter: "prompt", value: "a cat\nsubmit\n# no comment")
            #expect(try actions(entry).last == text)
            #expect(try actions(entry).count == 2)
        }

        @Test("Begun on a later line it takes its line")
        func takesTheLine() throws {
            let parsed = try EntryParser.parse("reset\nset prompt a; b\nsubmit", in: GrammarTests.context)
            #expect(parsed.map(\.line) == [1, 2, 3])
            #expect(parsed[1].action == .freeText(parameter: "prompt", value: "a; b"))
            #expect(parsed[2].action == .run(verb: "submit", arguments: []))
        }

        @Test(
            "A backslash means something at a line's end only",
            arguments: [
                ("set prompt a \\\nb", "a b"),
                ("set prompt a\\\\\nb", "a\\\nb"),
                ("set prompt a\\\\\\\nb", "a\\b"),
                ("set prompt a\\\\b", "a\\\\b"),
                ("set prompt a\\\\", "a\\"),
                ("set \\\nprompt a", "a"),
            ],
        )
        func readsBackslashes(entry: String, value: String) throws {
            #expect(try actions(entry) == [.freeText(parameter: "prompt", value: value)])
        }

        @Test(
            "A block keeps its lines",
            arguments: [
                ("set prompt \"\"\"a\n b; \"c\" \\\n\"\"\"", "a\n b; \"c\" \\"),
                ("set prompt \"\"\"\na cat\n\nin rain\n\"\"\"  ", "a cat\n\nin rain"),
                ("set prompt \"\"\"\"\"\"", ""),
                ("set prompt \"\"\"say \"hi\"\"\"\"", "say \"hi\""),
                ("set prompt \"\"\" a \"\"\"", " a "),
            ],
        )
        func readsBlocks(entry: String, value: String) throws {
            #expect(try actions(entry) == [.freeText(parameter: "prompt", value: value)])
        }

        @Test("Commands go on after the line of a block")
        func goesOnAfterBlock() throws {
            let entry = "set prompt \"\"\"a\nb\"\"\"\nshow"
            #expect(
                try GrammarTests.actions(entry, in: GrammarTests.script) == [
                    .freeText(parameter: "prompt", value: "a\nb"), .run(verb: "show", arguments: []),
                ]
            )
        }

        @Test(
            "Without a value, or with an item, it is no free text",
            arguments: [
                ("set prompt", ParsedCommand.Argument.word("prompt")),
                ("set prompt   ", .word("prompt")),
                ("set prompt\n", .word("prompt")),
                ("set prompt=cat", .item(RequestItem(name: "prompt", op: .assign, value: "cat"))),
                ("set prompt=@p.txt", .item(RequestItem(name: "prompt", op: .file, value: "p.txt"))),
            ],
        )
        func isNoText(entry: String, argument: ParsedCommand.Argument) throws {
            #expect(try GrammarTests.arguments(entry) == [argument])
        }

        @Test("A parameter that is no text takes a word")
        func takesWord() throws {
            #expect(try GrammarTests.arguments("set image @cat.png") == [.word("image"), .word("@cat.png")])
            #expect(
                try GrammarTests.arguments("set image https://x.cn/a.png?b=c")
                    == [.word("image"), .word("https://x.cn/a.png?b=c")]
            )
        }

        private func actions(_ entry: String) throws -> [ParsedCommand.Action] { try GrammarTests.actions(entry) }
    }
}
