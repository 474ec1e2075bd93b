import Testing

@testable import ReelShell

@Suite struct YAMLTextTests {
    @Test(
        "Only what every reader takes for this text stands plain",
        arguments: [
            ("cat", "cat"), ("Wan-AI/Wan2.2-T2V-A14B", "Wan-AI/Wan2.2-T2V-A14B"), ("1280x720", "1280x720"),
            ("0x10", "'0x10'"), ("12", "'12'"), ("1:30", "'1:30'"), ("yes", "'yes'"), ("Null", "'Null'"),
            ("a: b", "'a: b'"), ("it's", "'it''s'"), ("", "''"), ("@cat.png", "'@cat.png'"), ("# x", "'# x'"),
            ("- a", "'- a'"), (" a", "' a'"), ("猫", "'猫'"), ("a\tb", "\"a\\tb\""), ("\u{1B}[0m", "\"\\U0000001B[0m\""),
            ("\u{FEFF}a", "\"\\U0000FEFFa\""), ("1e3", "'1e3'"), ("1_000", "'1_000'"),
        ],
    )
    func scalar(text: String, yaml: String) {
        #expect(YAMLText.scalar(text) == yaml)
    }

    @Test("Several lines are a block, unless a block would change them")
    func block() {
        #expect(YAMLText.member("prompt", "a\n\n b") == ["prompt: |-", "  a", "", "   b"])
        #expect(YAMLText.member("prompt", " a\nb") == ["prompt: \" a\\nb\""])
        #expect(YAMLText.member("prompt", "a\n") == ["prompt: \"a\\n\""])
        #expect(YAMLText.member("raw.x:=", "1") == ["'raw.x:=': '1'"])
    }
}
