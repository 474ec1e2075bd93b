import Testing

@testable import ReelShell

@Suite struct QuotingTests {
    private static let context = GrammarContext(textParameters: ["prompt"])

    @Test(
        "A text is quoted only where it must be",
        arguments: [
            ("cat", "cat"), ("a cat", "'a cat'"), ("it's", #""it's""#), ("", "''"), ("$last.x", "'$last.x'"),
            (#"{"a": 1}"#, #"'{"a": 1}'"#), (#"it's "so" \ $r1"#, #""it's \"so\" \\ \$r1""#), ("-n", "'-n'"),
            ("一只猫", "一只猫"), ("a;b", "'a;b'"), ("a\nb", "'a\nb'"),
        ],
    )
    func quotes(text: String, word: String) {
        #expect(Quoting.word(text) == word)
    }

    @Test("Whatever is quoted reads back as itself, as a word and as an item", arguments: 0..<40)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        for _ in 0..<100 {
            let text = Self.text(&random)
            let word = try EntryParser.parse("model -- \(Quoting.word(text))", in: Self.context)
            #expect(word.map(\.action) == [.run(verb: "model", arguments: [.word(text)])])
            let entry = "set \(Quoting.item("seed", .assign, text))"
            guard case .run("set", let arguments)? = try EntryParser.parse(entry, in: Self.context).first?.action,
                case .item(let item)? = arguments.first
            else {
                Issue.record("\(entry) is no item")
                continue
            }
            #expect(item.value == text)
            #expect(arguments.count == 1)
            // What begins like a reference must have lost that meaning.
            if text.hasPrefix("$") { #expect(item.isLiteral) }
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "a", "猫", " ", "'", "\"", "\\", "$", "\n", ";", "|", ">", "#", "=", ":", "@", "-", "\t", "e\u{301}",
            "\u{301}", "🐈‍⬛", "\"\"\"", "!", "?", "r1", ".x", "\r",
        ]
        return (0..<Int.random(in: 0...8, using: &random))
            .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
}
