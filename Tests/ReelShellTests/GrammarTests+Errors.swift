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
                Case(
                    entry: "model 'a b",
                    code: .unterminatedQuote,
                    column: 7,
                    suggestion: "a closing ', or \\' for the sign"
                ),
                Case(
                    entry: "show\nmodel a\"b",
                    code: .unterminatedQuote,
                    line: 2,
                    column: 8,
                    suggestion: "a closing \", or \\\" for the sign"
                ),
                Case(
                    entry: "set prompt \"\"\"a\nb",
                    code: .unterminatedBlock,
                    column: 12,
                    suggestion: "a closing \"\"\""
                ),
                Case(entry: "model x=\"\"\"a", code: .unterminatedBlock, column: 9, suggestion: "a closing \"\"\""),
                Case(entry: "model a\\", code: .trailingBackslash, column: 8, suggestion: "\\\\ for the sign"),
                Case(entry: "set prompt a\\", code: .trailingBackslash, column: 13, suggestion: "\\\\ for the sign"),
                Case(entry: "show; sumbit", code: .unknownCommand, column: 7, suggestion: "submit"),
                Case(entry: "\n\n 万相 a", code: .unknownCommand, line: 3, column: 2, suggestion: "help"),
                Case(entry: "prompt a cat", code: .unknownCommand, column: 1, suggestion: "set prompt ..."),
                Case(
                    entry: "seed = 7",
                    code: .unknownCommand,
                    column: 1,
                    suggestion: "seed=VALUE, without blanks around ="
                ),
                Case(entry: "X-Trace:a", code: .unknownCommand, column: 1, suggestion: "set X-Trace:a"),
                Case(entry: "show; # x", code: .unknownCommand, column: 7, suggestion: "help"),
                Case(entry: "| less", code: .unknownCommand, column: 1, suggestion: "help"),
                Case(entry: "submit --wacth", code: .unknownFlag, column: 8, suggestion: "--watch"),
                Case(entry: "submit -n3", code: .unknownFlag, column: 8, suggestion: "-n 3"),
                Case(entry: "submit -watch", code: .unknownFlag, column: 8, suggestion: "--watch"),
                Case(entry: "submit --n 3", code: .unknownFlag, column: 8, suggestion: "-n"),
                Case(entry: "reset --blue-moon", code: .unknownFlag, column: 7, suggestion: "help reset"),
                Case(entry: "submit --note", code: .missingFlagValue, column: 8, suggestion: "--note=T"),
                Case(entry: "submit --note --wait", code: .missingFlagValue, column: 8, suggestion: "--note=T"),
                Case(entry: "submit -n; show", code: .missingFlagValue, column: 8, suggestion: "-n N"),
                Case(entry: "submit --wait=3", code: .unexpectedFlagValue, column: 8, suggestion: "--wait"),
                Case(entry: "submit prompt=a cat", code: .unexpectedWord, column: 17, suggestion: "prompt=\"a cat\""),
                Case(entry: "prompt=a cat", code: .unexpectedWord, column: 10, suggestion: "prompt=\"a cat\""),
                Case(
                    entry: "submit cat",
                    code: .unexpectedWord,
                    column: 8,
                    suggestion: "NAME=VALUE, in quotes if the value has blanks"
                ),
                Case(entry: "set seed=1 cat", code: .unexpectedWord, column: 12, suggestion: "seed=\"1 cat\""),
                Case(entry: "reset all", code: .unexpectedWord, column: 7, suggestion: "reset"),
                Case(entry: "status j1 j2", code: .unexpectedWord, column: 11, suggestion: "status [J]"),
                Case(entry: "?a b", code: .unexpectedWord, column: 4, suggestion: "?a"),
                Case(entry: "!!x", code: .unexpectedWord, column: 3, suggestion: "!!"),
                Case(
                    entry: "show\n!",
                    code: .missingShellCommand,
                    line: 2,
                    column: 1,
                    suggestion: "!ls, or !! to repeat"
                ),
                Case(entry: "raw |", code: .missingSinkTarget, column: 5, suggestion: "| less"),
                Case(entry: "raw >", code: .missingSinkTarget, column: 5, suggestion: "> FILE"),
                Case(entry: "raw >> ; show", code: .missingSinkTarget, column: 5, suggestion: ">> FILE"),
                Case(entry: "raw > a b", code: .textAfterSink, column: 9, suggestion: "arguments before >"),
                Case(
                    entry: "set prompt \"\"\"a\"\"\" b",
                    code: .textAfterBlock,
                    column: 20,
                    suggestion: "a new line after \"\"\""
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
