import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite struct Errors {
        struct Case: Sendable, CustomTestStringConvertible {
            var entry: String
            var code: GrammarError.Code
            var line = 1
            var column: Int
            var suggestion: String

            var testDescription: String { entry }
        }

        @Test(
            "An error names its place and something to try",
            arguments: [
                Case(entry: "model 'a b", code: .unterminatedQuote, column: 7, suggestion: "model 'a b'"),
                Case(
                    entry: "show\nmodel a\"b",
                    code: .unterminatedQuote,
                    line: 2,
                    column: 8,
                    suggestion: "model a\"b\""
                ),
                Case(
                    entry: "set prompt \"\"\"a\nb",
                    code: .unterminatedBlock,
                    column: 12,
                    suggestion: "(end the text with \"\"\")"
                ),
                Case(
                    entry: "model x=\"\"\"a",
                    code: .unterminatedBlock,
                    column: 9,
                    suggestion: "model x=\"\"\"a\"\"\""
                ),
                Case(entry: "model a\\", code: .trailingBackslash, column: 8, suggestion: "model a"),
                Case(entry: "set prompt a\\", code: .trailingBackslash, column: 13, suggestion: "set prompt a"),
                Case(entry: "show; sumbit", code: .unknownCommand, column: 7, suggestion: "submit"),
                Case(entry: "\n\n 万相 a", code: .unknownCommand, line: 3, column: 2, suggestion: "help"),
                Case(entry: "prompt a cat", code: .unknownCommand, column: 1, suggestion: "set prompt a cat"),
                Case(entry: "seed = 7", code: .unknownCommand, column: 1, suggestion: "seed=7"),
                Case(entry: "set promt a cat", code: .unexpectedWord, column: 5, suggestion: "set prompt a cat"),
                Case(entry: "try: show prompt", code: .unknownCommand, column: 1, suggestion: "show prompt"),
                Case(entry: "X-Trace:a", code: .unknownCommand, column: 1, suggestion: "set X-Trace:a"),
                Case(entry: "show; # x", code: .unknownCommand, column: 7, suggestion: "help"),
                Case(entry: "| less", code: .unknownCommand, column: 1, suggestion: "help"),
                Case(entry: "submit --wacth", code: .unknownFlag, column: 8, suggestion: "submit --watch"),
                Case(entry: "submit -n3", code: .unknownFlag, column: 8, suggestion: "submit -n 3"),
                Case(entry: "submit -watch", code: .unknownFlag, column: 8, suggestion: "submit --watch"),
                Case(entry: "submit --n 3", code: .unknownFlag, column: 8, suggestion: "submit -n 3"),
                Case(entry: "reset --blue-moon", code: .unknownFlag, column: 7, suggestion: "help reset"),
                Case(entry: "submit --note", code: .missingFlagValue, column: 8, suggestion: "submit --note=T"),
                Case(
                    entry: "submit --note --wait",
                    code: .missingFlagValue,
                    column: 8,
                    suggestion: "submit --note=T --wait"
                ),
                Case(entry: "submit -n; show", code: .missingFlagValue, column: 8, suggestion: "submit -n 2"),
                Case(entry: "submit --wait=3", code: .unexpectedFlagValue, column: 8, suggestion: "submit --wait"),
                Case(
                    entry: "submit prompt=a cat",
                    code: .unexpectedWord,
                    column: 17,
                    suggestion: "submit prompt=\"a cat\""
                ),
                Case(entry: "prompt=a cat", code: .unexpectedWord, column: 10, suggestion: "prompt=\"a cat\""),
                Case(entry: "submit cat", code: .unexpectedWord, column: 8, suggestion: "submit prompt=\"cat\""),
                Case(entry: "set seed=1 cat", code: .unexpectedWord, column: 12, suggestion: "set seed=\"1 cat\""),
                Case(entry: "reset all", code: .unexpectedWord, column: 7, suggestion: "reset"),
                Case(entry: "status j1 j2", code: .unexpectedWord, column: 11, suggestion: "status j1"),
                Case(entry: "?a b", code: .unexpectedWord, column: 4, suggestion: "?a"),
                Case(entry: "!!x", code: .unexpectedWord, column: 3, suggestion: "!!"),
                Case(entry: "show\n!", code: .missingShellCommand, line: 2, column: 1, suggestion: "!ls"),
                Case(entry: "raw |", code: .missingSinkTarget, column: 5, suggestion: "raw | less"),
                Case(entry: "raw >", code: .missingSinkTarget, column: 5, suggestion: "raw > out.txt"),
                Case(entry: "raw >> ; show", code: .missingSinkTarget, column: 5, suggestion: "raw >> out.txt"),
                Case(entry: "raw > a b", code: .textAfterSink, column: 9, suggestion: "raw > a"),
                Case(
                    entry: "set prompt \"\"\"a\"\"\" b",
                    code: .textAfterBlock,
                    column: 20,
                    suggestion: "(begin a new line after \"\"\")"
                ),
                Case(entry: "s4 --bad-flag", code: .unknownFlag, column: 4, suggestion: "help submit"),
            ],
        )
        func namesItsPlace(expected: Case) throws {
            let error = try #require(GrammarTests.error(expected.entry))
            #expect(error.code == expected.code)
            #expect(error.line == expected.line)
            #expect(error.column == expected.column)
            #expect(error.suggestion == expected.suggestion)
        }

        @Test("A long word is cut in the message")
        func cutsLongWords() throws {
            let error = try #require(GrammarTests.error(String(repeating: "x", count: 10_000)))
            #expect(error.message.description.count < 100)
        }
    }
}
