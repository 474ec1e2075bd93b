import TestSupport
import Testing

@testable import LineEditor

@Suite("Input", .ownThread)
struct InputTests {
    private func collect(_ chunks: [String]) -> (paste: PasteCollector, rest: [UInt8]) {
        var paste = PasteCollector()
        var rest: [UInt8] = []
        for chunk in chunks {
            rest += paste.add(Array(chunk.utf8))
        }
        return (paste, rest)
    }

    @Test(
        "A paste becomes text with plain newlines and without controls",
        arguments: [
            ("one\ntwo", "one\ntwo"), ("one\rtwo", "one\ntwo"), ("one\n\rtwo", "one\ntwo"), ("a\n\nb", "a\n\nb"),
            ("a\n\r\n\rb", "a\n\nb"), ("a\tb", "a\tb"), ("a\u{1B}[31mb", "a[31mb"), ("a\u{0}\u{7F}\u{9B}b", "ab"),
            ("中文", "中文"),
            ("", ""),
        ] as [(String, String)]
    )
    func pasteText(input: String, expected: String) {
        let (paste, _) = collect([input + "\u{1B}[201~"])
        #expect(paste.isComplete)
        #expect(paste.text == expected)
    }

    @Test("The end mark is found across reads, and what follows is given back")
    func pasteEndMark() {
        let (paste, rest) = collect(["ab\u{1B}[2", "01", "~cd"])
        #expect(paste.isComplete)
        #expect(paste.text == "ab")
        #expect(rest == Array("cd".utf8))
    }

    @Test("Without an end mark the paste is incomplete but its text is there")
    func pasteWithoutEnd() {
        let (paste, rest) = collect(["abc"])
        #expect(!paste.isComplete)
        #expect(paste.text == "abc")
        #expect(rest.isEmpty)
    }

    @Test("A paste is cut at its limit and still ends at its mark")
    func pasteLimit() {
        let (paste, rest) = collect([
            String(repeating: "x", count: PasteCollector.maximumBytes + 5000), "y\u{1B}[201~z",
        ])
        #expect(paste.isComplete)
        #expect(paste.isTruncated)
        #expect(paste.text.utf8.count == PasteCollector.maximumBytes)
        #expect(rest == Array("z".utf8))
    }

    @Test(
        "Known sequences become keys, beginnings wait for more, others are left to libedit",
        arguments: [
            ("[200~", .key(.paste)), ("[20", .prefix), ("", .prefix), ("[", .prefix), ("[A", .key(.up)),
            ("OD", .key(.left)),
            ("[1;5C", .key(.wordRight)), ("\n", .key(.newline)), ("k", .none), ("[2x", .none), ("[3~", .key(.delete)),
        ] as [(String, KeySequences.Match)]
    )
    func sequences(bytes: String, expected: KeySequences.Match) {
        #expect(KeySequences.match(Array(bytes.utf8)) == expected)
    }

    @Test(
        "Bytes become scalars; invalid ones and C1 controls vanish",
        arguments: [
            (Array("a中😀é".utf8), "a中😀é"), ([0xFF, 0x61], "a"), ([0xE4, 0xB8, 0x61], "a"), ([0x80, 0x62], "b"),
            ([0xC2, 0x9B, 0x63], "c"), ([0xED, 0xA0, 0x80, 0x64], "d"), ([0xC2, 0xA0], "\u{A0}"),
        ] as [([UInt8], String)]
    )
    func decoding(bytes: [UInt8], expected: String) {
        var decoder = ScalarDecoder()
        var text = String.UnicodeScalarView()
        for byte in bytes {
            decoder.add(byte).map { text.append($0) }
        }
        #expect(String(text) == expected)
    }

    @Test(
        "Prompts keep their colours in the form libedit can draw",
        arguments: [
            ("> ", "> ", "> "),
            ("\u{1B}[1mreel\u{1B}[0m> ", "reel> ", "\u{1}\u{1B}[1m\u{1}reel\u{1}\u{1B}[0m\u{1}> "),
            ("\u{1B}[1m\u{1B}[36mx", "x", "\u{1}\u{1B}[1m\u{1B}[36m\u{1}x"),
            ("\u{1B}[2m[j3]\u{1B}[0m", "[j3]", "\u{1}\u{1B}[2m\u{1}[j3\u{1}\u{1B}[0m\u{1}]"),
            ("a\nb\u{7F}", "ab", "ab"), ("\u{1B}[0m", "", ""), ("", "", ""),
        ] as [(String, String, String)]
    )
    func prompts(text: String, visible: String, encoded: String) {
        let prompt = PromptText(text)
        #expect(prompt.visible == Array(visible.unicodeScalars))
        #expect(prompt.encoded == Array(encoded.unicodeScalars))
    }

    @Test(
        "Plain lines are cut at LF or CRLF, across reads",
        arguments: [
            (["a\nb\n"], ["a", "b"], nil), (["a\r\n", "b"], ["a"], "b"), (["中", "文\n"], ["中文"], nil),
            (["\n\n"], ["", ""], nil),
            ([], [], nil),
        ] as [([String], [String], String?)]
    )
    func plainLines(chunks: [String], lines: [String], rest: String?) {
        var splitter = PlainLineSplitter()
        var found: [String] = []
        for chunk in chunks {
            splitter.add(chunk.utf8)
            while let line = splitter.nextLine() {
                found.append(line)
            }
        }
        #expect(found == lines)
        #expect(splitter.takeRest() == rest)
    }

    @Test("Continued lines become one entry, and a dropped entry leaves nothing behind")
    func entries() {
        var assembler = EntryAssembler()
        let needsMore: (String) -> String? = { $0.hasSuffix("\\") ? "... " : nil }
        #expect(assembler.add("a\\", needsMore: needsMore) == .more(prompt: "... "))
        #expect(assembler.isContinuing)
        #expect(assembler.add("b", needsMore: needsMore) == .complete("a\\\nb"))
        #expect(!assembler.isContinuing)
        #expect(assembler.add("c\\", needsMore: needsMore) == .more(prompt: "... "))
        #expect(assembler.drop() == "c\\")
        #expect(assembler.add("d", needsMore: needsMore) == .complete("d"))
        #expect(assembler.drop() == nil)
    }
}
