import LosslessJSON
import Testing

@Suite("Depth")
struct DepthTests {
    private func arrays(_ depth: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }

    @Test("10 000 levels are read by default, one more is refused where it opens")
    func defaultLimit() throws {
        #expect(try JSONDocument(parsing: arrays(10_000)).root.count == 1)
        let error = try #require(throws: JSONError.self) { try JSONDocument(parsing: arrays(10_001)) }
        #expect(error.code == .tooDeep)
        #expect(error.offset == 10_000)
        #expect(throws: error) { try JSONFormatter.format(arrays(10_001), style: .compact) }
    }

    @Test("A million levels can be read, walked and freed when the limit allows them")
    func million() throws {
        let depth = 1_000_000
        let limits = JSONLimits(depth: depth)
        let document = try JSONDocument(parsing: arrays(depth), limits: limits)
        var value = document.root
        var levels = 1
        while let inner = value[0] {
            value = inner
            levels += 1
        }
        #expect(levels == depth)
    }

    @Test("100 000 nested objects are told apart at the bottom")
    func deepDifference() throws {
        let depth = 100_000
        func objects(_ bottom: String) throws -> JSONDocument {
            let text = String(repeating: #"{"a":"#, count: depth) + bottom + String(repeating: "}", count: depth)
            return try JSONDocument(parsing: text, limits: JSONLimits(depth: depth))
        }
        let old = try objects("1")
        let changes = JSONDiff.changes(from: old.root, to: try objects("2").root)
        #expect(changes.count == 1)
        #expect(changes.first?.path.steps.count == depth)
        #expect(try !old.root.isStructurallyEqual(to: objects("2").root))
        #expect(try old.root.isStructurallyEqual(to: objects("1.0").root))
        let path = try #require(changes.first?.path)
        #expect(old.root[path: path]?.int == 1)
    }

    @Test(
        "A bracket too many or too few is found across the words that hold the levels",
        arguments: [63, 64, 65, 128, 129]
    )
    func wordBoundaries(_ depth: Int) throws {
        let text = String(repeating: #"[{"a":"#, count: depth) + "1" + String(repeating: "}]", count: depth)
        #expect(throws: Never.self) { try JSONDocument(parsing: text) }
        let broken = String(text.dropLast(2)) + "]}"
        let error = try #require(throws: JSONError.self) { try JSONDocument(parsing: broken) }
        #expect(error.code == .mismatchedBracket)
        #expect(error.offset == broken.utf8.count - 2)
    }

    @Test("A formatter of a million levels keeps one bit a level")
    func formatter() throws {
        var formatter = JSONFormatter(style: .compact, limits: JSONLimits(depth: 1_000_000))
        var output: [UInt8] = []
        try formatter.append(arrays(1_000_000), to: &output)
        try formatter.finish(to: &output)
        #expect(output.count == 2_000_001)
    }

    @Test("Indentation stops growing where the style says so")
    func deepestIndent() throws {
        let style = JSONFormatter.Style(deepestIndent: 1)
        #expect(
            try text(JSONFormatter.format(Array("[[[1]]]".utf8), style: style)) == "[\n  [\n  [\n  1\n  ]\n  ]\n]\n"
        )
    }
}
