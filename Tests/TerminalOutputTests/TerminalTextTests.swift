import Testing

@testable import TerminalOutput

@Suite("Foreign text on a terminal")
struct TerminalTextTests {
    @Test(
        "Controls and bidi controls in a body are written out",
        arguments: [
            ("plain 中文\n\tok", "plain 中文\n\tok"), ("\u{1B}[31mred", "\\u001b[31mred"), ("a\rb", "a\\u000db"),
            ("\u{0}", "\\u0000"), ("\u{7F}", "\\u007f"), ("\u{9B}2J", "\\u009b2J"), ("\u{202E}abc", "\\u202eabc"),
            ("\u{2067}x\u{2069}", "\\u2067x\\u2069"), ("a\u{200B}b", "a\u{200B}b"), ("e\u{301}", "e\u{301}"),
        ] as [(String, String)]
    )
    func body(text: String, expected: String) {
        #expect(TerminalText.sanitized(text) == expected)
    }

    @Test(
        "A name stays on its line and shows what takes no column",
        arguments: [
            ("job\n1", "job\\u000a1"), ("a\tb", "a\\u0009b"), ("a\u{200B}b", "a\\u200bb"), ("a\u{AD}b", "a\\u00adb"),
            ("\u{FEFF}x", "\\ufeffx"), ("\u{E0001}", "\\udb40\\udc01"), ("任务", "任务"),
        ] as [(String, String)]
    )
    func name(text: String, expected: String) {
        #expect(TerminalText.sanitized(text, for: .name) == expected)
    }

    @Test(
        "Bytes that are no UTF-8 are written out, the rest is kept",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\\xffb"), ([0xE4, 0xB8, 0xAD], "中"), ([0xE4, 0xB8], "\\xe4\\xb8"),
            ([0xC0, 0xAF], "\\xc0\\xaf"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xF5, 0x80], "\\xf5\\x80"),
            ([0x1B, 0xC2, 0x9B], "\\u001b\\u009b"), ([], ""),
        ] as [([UInt8], String)]
    )
    func bytes(bytes: [UInt8], expected: String) {
        #expect(TerminalText.sanitized(bytes: bytes) == expected)
    }

    @Test(
        "No scalar of any kind gets a control or a bidi control through",
        arguments: [TerminalText.Purpose.body, .name]
    )
    func nothingDangerousPasses(purpose: TerminalText.Purpose) {
        let dangerous = (0...0x2FFF).compactMap(Unicode.Scalar.init).filter {
            $0.properties.generalCategory == .control || $0.properties.isBidiControl
        }
        #expect(dangerous.count > 70)
        for scalar in dangerous where scalar != "\n" && scalar != "\t" {
            #expect(!TerminalText.sanitized(String(scalar), for: purpose).unicodeScalars.contains(scalar))
        }
    }
}
