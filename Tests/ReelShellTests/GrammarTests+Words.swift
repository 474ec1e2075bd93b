import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct Words {
        @Test(
            "Quotes and escapes are read",
            arguments: [
                ("model plain", "plain"),
                ("model 'a b\"\\n'", "a b\"\\n"),
                (#"model "a \" \\ \n \t \$ \x""#, "a \" \\ \n \t $ \\x"),
                (#"model a\ b\;c\|d\>e\"f"#, "a b;c|d>e\"f"),
                ("model ''", ""),
                ("model a'b'\"c\"d", "abcd"),
                ("model a\\\nb", "ab"),
                ("model \"a\\\nb\"", "ab"),
                ("model 'a\nb'", "a\nb"),
                ("model \"\"\"a 'b' \"c\"\n\\n\"\"\"", "a 'b' \"c\"\n\\n"),
                ("model a#b", "a#b"),
                ("model #b", "#b"),
                ("model 万相", "万相"),
                ("model \"e\u{301}\"", "e\u{301}"),
                ("model 'a'\u{301}", "a\u{301}"),
                ("model -", "-"),
                ("model -5", "-5"),
                ("model -- --wait", "--wait"),
                ("model '--wait'", "--wait"),
                ("model x\r", "x"),
            ],
        )
        func readsWord(entry: String, word: String) throws {
            #expect(try GrammarTests.arguments(entry) == [.word(word)])
        }

        @Test(
            "Items are split at the leftmost, then longest operator",
            arguments: [
                ("seed=7", "seed", RequestItem.Operator.assign, "7"),
                ("k:=[1.0]", "k", .json, "[1.0]"),
                ("k:=@file.json", "k", .jsonFile, "file.json"),
                ("k=@cat.png", "k", .file, "cat.png"),
                ("q==v", "q", .query, "v"),
                ("X-Trace:a=b", "X-Trace", .header, "a=b"),
                ("raw.top:=1", "raw.top", .json, "1"),
                ("a==@x", "a", .query, "@x"),
                ("a=:=b", "a", .assign, ":=b"),
                ("a=", "a", .assign, ""),
                ("prompt=\"a b; c\"", "prompt", .assign, "a b; c"),
                ("prompt=it\\'s", "prompt", .assign, "it's"),
                ("image=@'my cat.png'", "image", .file, "my cat.png"),
                ("a:='{\"x\":[1]}'", "a", .json, "{\"x\":[1]}"),
                ("a:=\"@x\"", "a", .json, "@x"),
                ("prompt=\"\"\"x\ny\"\"\"", "prompt", .assign, "x\ny"),
                ("seed=$r31.results.seed", "seed", .assign, "$r31.results.seed"),
            ],
        )
        func readsItem(word: String, name: String, op: RequestItem.Operator, value: String) throws {
            let item = ParsedCommand.Argument.item(RequestItem(name: name, op: op, value: value))
            #expect(try GrammarTests.arguments("submit " + word) == [item])
        }

        @Test(
            "Without a plain name before an operator a word is no item",
            arguments: ["16:9", "=x", "\"seed\"=7", "seed\\=7", "日本=1", "-:1", "a b", "seed"],
        )
        func isNoItem(word: String) {
            let lexed = LexedWord(plain: word, offset: 0)
            var scanner = EntryScanner(Array(word.unicodeScalars))
            #expect(RequestItem(scanner.readWord()) == nil)
            #expect(lexed.text == word)
        }

        @Test("Items are words where the command takes none")
        func staysWord() throws {
            #expect(try GrammarTests.arguments("describe seed=7") == [.word("seed=7")])
        }

        @Test(
            "A quoted or escaped dollar sign begins no reference",
            arguments: [
                ("prompt=$r1", false), ("prompt=\"$r1\"", false), ("prompt='$r1'", true), ("prompt=\\$r1", true),
                ("prompt=\"\\$r1\"", true), ("prompt=\"\"\"$r1\"\"\"", true), ("prompt='x'", false),
            ],
        )
        func marksLiterals(word: String, isLiteral: Bool) throws {
            guard case .item(let item)? = try GrammarTests.arguments("submit \(word)").first else {
                Issue.record("\(word) is an item")
                return
            }
            #expect(item.isLiteral == isLiteral)
        }

        @Test(
            "Flags take values as their specification says",
            arguments: [
                ("submit --watch seed=7", [ParsedCommand.Argument.flag(name: "watch", value: nil), seven]),
                ("submit --note 'a b' seed=7", [.flag(name: "note", value: "a b"), seven]),
                ("submit --note=\"a b\"", [.flag(name: "note", value: "a b")]),
                ("submit --note=", [.flag(name: "note", value: "")]),
                ("submit -n 4", [.flag(name: "n", value: "4")]),
                ("submit --note -x", [.flag(name: "note", value: "-x")]),
                ("submit -- seed=7", [seven]),
                ("get .a -r", [.word(".a"), .flag(name: "r", value: nil)]),
                ("jobs --json --yes", [.flag(name: "json", value: nil), .flag(name: "yes", value: nil)]),
                ("fetch j3 -o film.mp4", [.word("j3"), .flag(name: "o", value: "film.mp4")]),
            ],
        )
        func readsFlags(entry: String, expected: [ParsedCommand.Argument]) throws {
            #expect(try GrammarTests.arguments(entry) == expected)
        }

        @Test("A command with --help only explains itself", arguments: ["submit --help", "submit seed=7 -h"])
        func explains(entry: String) throws {
            #expect(try GrammarTests.actions(entry) == [.run(verb: "help", arguments: [.word("submit")])])
        }

        private static let seven = ParsedCommand.Argument.item(RequestItem(name: "seed", op: .assign, value: "7"))
    }
}
