import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct Rest {
        @Test(
            "Behind the name of an alias all is its text",
            arguments: [
                ("alias s4 submit -n 4; show", "submit -n 4; show"), ("alias s4 'submit -n 4'", "submit -n 4"),
                ("alias s4 \"submit -n 4\"", "submit -n 4"), ("alias s4   raw | jq . > x ", "raw | jq . > x"),
            ],
        )
        func takesRest(entry: String, text: String) throws {
            #expect(try GrammarTests.arguments(entry) == [.word("s4"), .word(text)])
        }

        @Test("Without a text the name stands alone, and flags come before it")
        func takesName() throws {
            #expect(try GrammarTests.arguments("alias s4") == [.word("s4")])
            #expect(try GrammarTests.arguments("alias -d s4") == [.flag(name: "d", value: "s4")])
            #expect(try GrammarTests.arguments("alias") == [])
        }

        @Test("An alias made of an alias is replaced once")
        func replacesOnce() throws {
            let context = GrammarContext(aliases: ["a": "b x", "b": "show"], allowsPrefixes: false)
            #expect(GrammarTests.error("a", in: context)?.code == .unknownCommand)
        }
    }
}
