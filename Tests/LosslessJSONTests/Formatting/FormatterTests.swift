import LosslessJSON
import Testing

@Suite("Formatter")
struct FormatterTests {
    private func pretty(_ json: String) throws -> String { try text(JSONFormatter.format(Array(json.utf8))) }
    private func compact(_ json: String) throws -> String {
        try text(JSONFormatter.format(Array(json.utf8), style: .compact))
    }

    @Test("The layout is that of jq")
    func layout() throws {
        #expect(
            try pretty(#"{"a":1,"b":[true,null,{"c":"d"}],"e":{},"f":[]}"#) == """
                {
                  "a": 1,
                  "b": [
                    true,
                    null,
                    {
                      "c": "d"
                    }
                  ],
                  "e": {},
                  "f": []
                }

                """
        )
    }

    @Test("White space inside empty containers goes")
    func empty() throws {
        #expect(try pretty("[ {\n} , [\t] ]") == "[\n  {},\n  []\n]\n")
    }

    @Test(
        "Every token keeps its spelling",
        arguments: [
            "1.0", "1e3", "-0", "1E+03", "12345678901234567890123", "1e400", #""\u0041\/""#, #""\ud800""#,
            "\"\u{7F}猫\"",
        ]
    )
    func spelling(_ token: String) throws {
        #expect(try compact(token) == token + "\n")
        #expect(try compact("[\(token), {\"k\" : \(token)}]") == "[\(token),{\"k\":\(token)}]\n")
    }

    @Test("Duplicate names and their order stay")
    func duplicates() throws {
        #expect(try compact(#"{"b":1,"a":2,"b":3}"#) == #"{"b":1,"a":2,"b":3}"# + "\n")
    }

    @Test("Top-level values follow each other a line each, however they were separated")
    func severalValues() throws {
        #expect(try compact("1 2\n[]{} \"a\"\"b\"null\ttrue") == "1\n2\n[]\n{}\n\"a\"\n\"b\"\nnull\ntrue\n")
        #expect(try pretty("[1]\n[2]") == "[\n  1\n]\n[\n  2\n]\n")
    }

    @Test(
        "Values that only white space could tell apart do not run together",
        arguments: ["1true", "truefalse", "null1", "1-1"]
    )
    func runTogether(_ json: String) {
        #expect(throws: JSONError.self) { try compact(json) }
    }

    @Test("No value at all is an empty stream", arguments: ["", " ", "\n\t\r ", "\u{FEFF}"])
    func noValue(_ json: String) throws {
        #expect(try pretty(json).isEmpty)
    }

    @Test("A byte order mark is dropped, wherever the stream is cut", arguments: 1...4)
    func byteOrderMark(_ size: Int) throws {
        let bytes = Array("\u{FEFF}[1]".utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
        #expect(try text(formatted(chunks, style: .compact)) == "[1]\n")
    }

    @Test("The last newline is the style's choice, those between values are not")
    func finalNewline() throws {
        let style = JSONFormatter.Style(indent: nil, endsWithNewline: false)
        #expect(try text(JSONFormatter.format(Array("1 2".utf8), style: style)) == "1\n2")
    }

    @Test("The width of a level is the style's choice", arguments: [(0, ""), (1, " "), (4, "    ")])
    func indent(_ width: Int, _ spaces: String) throws {
        let output = try JSONFormatter.format(Array("[1]".utf8), style: JSONFormatter.Style(indent: width))
        #expect(text(output) == "[\n\(spaces)1\n]\n")
    }

    @Test("What stands before an error is in the output")
    func partialOutput() throws {
        var formatter = JSONFormatter(style: .compact)
        var output: [UInt8] = []
        #expect(throws: JSONError.self) { try formatter.append(Array("[1,2,x".utf8), to: &output) }
        #expect(text(output) == "[1,2")
    }

    @Test("Formatters are values: a copy goes its own way")
    func copies() throws {
        var first = JSONFormatter(style: .compact)
        var output: [UInt8] = []
        try first.append(Array("[1,\"a".utf8), to: &output)
        var second = first
        var other = output
        try first.append(Array("b\"]".utf8), to: &output)
        try first.finish(to: &output)
        try second.append(Array("c\",2]".utf8), to: &other)
        try second.finish(to: &other)
        #expect(text(output) == "[1,\"ab\"]\n")
        #expect(text(other) == "[1,\"ac\",2]\n")
    }

    @Test("Indentation wider than the working buffer is written in full")
    func wideIndent() throws {
        let style = JSONFormatter.Style(indent: 100_000)
        let output = try JSONFormatter.format(Array("[[1]]".utf8), style: style)
        #expect(output.count == "[\n[\n1\n]\n]\n".utf8.count + 400_000)
        #expect(output.suffix(2) == [UInt8(ascii: "]"), UInt8(ascii: "\n")])
    }

    @Test("Tokens longer than the working buffer come out whole", arguments: [255, 256, 257, 65_535, 65_536, 300_000])
    func longTokens(_ length: Int) throws {
        let long = String(repeating: "x", count: length)
        let digits = String(repeating: "7", count: length)
        #expect(
            try compact("[\"\(long)\", \(digits), {\"\(long)\": 1}]") == "[\"\(long)\",\(digits),{\"\(long)\":1}]\n"
        )
    }

    @Test("The raw bytes of a value inside a document can be laid out")
    func slices() throws {
        let value = try #require(try parsed(#"{"a": [1, 2]}"#)["a"])
        #expect(try text(JSONFormatter.format(value.rawBytes, style: .compact)) == "[1,2]\n")
    }

    @Test("A span is a chunk")
    func spans() throws {
        var formatter = JSONFormatter(style: .compact)
        var output: [UInt8] = []
        let chunk = Array("[1]".utf8)
        try formatter.append(chunk.span, to: &output)
        try formatter.finish(to: &output)
        #expect(text(output) == "[1]\n")
    }
}
