import Testing

@testable import TerminalOutput

@Suite("Colour mode")
struct ColorModeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var choice = ColorChoice.auto
        var isTerminal = true
        var environment: [String: String] = [:]
        var expected: ColorMode

        var testDescription: String { "\(choice) \(isTerminal) \(environment)" }
    }

    @Test(
        "The option beats NO_COLOR beats CLICOLOR_FORCE beats detection",
        arguments: [
            Case(expected: .sixteen),
            Case(isTerminal: false, expected: .plain),
            Case(environment: ["TERM": "dumb"], expected: .plain),
            Case(environment: ["TERM": "xterm"], expected: .sixteen),
            Case(environment: ["NO_COLOR": "1"], expected: .plain),
            Case(environment: ["NO_COLOR": ""], expected: .sixteen),
            Case(environment: ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], expected: .plain),
            Case(isTerminal: false, environment: ["CLICOLOR_FORCE": "1"], expected: .sixteen),
            Case(isTerminal: false, environment: ["CLICOLOR_FORCE": "0"], expected: .plain),
            Case(isTerminal: false, environment: ["CLICOLOR_FORCE": ""], expected: .plain),
            Case(choice: .always, isTerminal: false, environment: ["NO_COLOR": "1"], expected: .sixteen),
            Case(choice: .never, environment: ["CLICOLOR_FORCE": "1"], expected: .plain),
        ]
    )
    func decision(_ test: Case) {
        let mode = ColorMode.decide(choice: test.choice, isTerminal: test.isTerminal) { test.environment[$0] }
        #expect(mode == test.expected)
    }

    @Test("A style is closed after the text it opens, and absent in plain mode", arguments: TextStyle.allCases)
    func style(_ style: TextStyle) {
        let text = style.apply(to: "x", .sixteen)
        #expect(text.hasPrefix("\u{1B}["))
        #expect(text.hasSuffix("mx\u{1B}[0m"))
        #expect(style.apply(to: "x", .plain) == "x")
        #expect(style.apply(to: "", .sixteen).isEmpty)
    }

    @Test("Styled text is measured and cut without its colours")
    func styledText() {
        let text = StyledText("中文", .key) + StyledText(": value", nil)
        #expect(text.columns == 11)
        #expect(text.elided(maxColumns: 8).plain == "中文:...")
        #expect(text.elided(maxColumns: 6).rendered(.plain) == "中...")
        #expect(text.elided(maxColumns: 11) == text)
        #expect(StyledText("ab", .error).rendered(.sixteen) == "\u{1B}[1;31mab\u{1B}[0m")
    }
}
