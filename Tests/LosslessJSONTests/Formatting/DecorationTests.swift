import LosslessJSON
import Testing

@Suite("Colours and elision")
struct DecorationTests {
    private func format(_ json: String, _ style: JSONFormatter.Style) throws -> String {
        try text(JSONFormatter.format(Array(json.utf8), style: style))
    }

    @Test("Each class of tokens gets its own colour")
    func classes() throws {
        let letters: [JSONColorClass: String] = [
            .key: "k", .string: "s", .number: "n", .bool: "b", .null: "0", .punctuation: "p",
        ]
        let style = JSONFormatter.Style(
            indent: nil,
            colors: letters.mapValues { .init(prefix: "<\($0)>", suffix: "</>") },
            endsWithNewline: false
        )
        #expect(
            try format(#"{"a":["x",1,true,false,null]}"#, style)
                == #"<p>{</><k>"a"</><p>:</><p>[</><s>"x"</><p>,</><n>1</><p>,</><b>true</><p>,</><b>false</><p>,</>"#
                + "<0>null</><p>]</><p>}</>"
        )
    }

    @Test("Without its colours, a coloured text is the plain one", arguments: 0..<50 as Range<UInt64>)
    func plain(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        // U+0001 cannot stand in valid JSON, so taking it out takes out the colours only.
        let mark = JSONFormatter.Decoration(prefix: [1], suffix: [1])
        let colors = Dictionary(uniqueKeysWithValues: JSONColorClass.allCases.map { ($0, mark) })
        let colored = try JSONFormatter.format(bytes, style: JSONFormatter.Style(colors: colors))
        #expect(try colored.filter { $0 != 1 } == JSONFormatter.format(bytes))
        #expect(colored.contains(1))
    }

    private func eliding(_ columns: Int, _ head: Int) -> JSONFormatter.Style {
        JSONFormatter.Style(
            indent: nil,
            elision: .init(columns: columns, headColumns: head) {
                Array("\"".utf8) + $0.head + Array("...\" (\($0.characterCount) chars, \($0.byteCount) bytes)".utf8)
            },
            endsWithNewline: false
        )
    }

    @Test(
        "Only strings wider than the limit are shortened",
        arguments: [
            (#""12345""#, #""12345""#), (#""123456""#, #""123..." (6 chars, 6 bytes)"#), (#""猫猫1""#, #""猫猫1""#),
            (#""猫猫猫""#, #""猫..." (3 chars, 9 bytes)"#), (#""éééééé""#, #""ééé..." (6 chars, 12 bytes)"#),
            (#""ab\n\n""#, #""ab..." (4 chars, 6 bytes)"#), (#""\ud83d\ude00""#, #""..." (1 chars, 12 bytes)"#),
            (#""\ud83d\ud83d\ude00""#, #""..." (2 chars, 18 bytes)"#), ("123456789", "123456789"),
        ]
    )
    func limit(_ json: String, _ expected: String) throws {
        #expect(try format(json, eliding(5, 3)) == expected)
    }

    @Test("Member names are never shortened")
    func keys() throws {
        #expect(
            try format(#"{"123456789":"123456789"}"#, eliding(5, 3)) == #"{"123456789":"123..." (9 chars, 9 bytes)}"#
        )
    }

    @Test("A long string is counted to its end, cut as the stream may be")
    func longStrings() throws {
        let bytes = Array(("[\"" + String(repeating: "猫", count: 100_000) + "\",\"b\"]").utf8)
        let chunks = stride(from: 0, to: bytes.count, by: 1_000).map { bytes[$0..<min($0 + 1_000, bytes.count)] }
        #expect(
            try text(formatted(chunks, style: eliding(8, 4)))
                == #"["猫猫..." (100000 chars, 300000 bytes),"b"]"#
        )
    }
}
