import LosslessJSON
import Testing
import VideoProviderKit

@Suite struct ReplyShapeTests {
    static let shape = ReplyShape(
        "task",
        for: [.status],
        [
            .init("id", .string, required: true),
            .init("status", .string, words: ["done", "running"]),
            .init("seed", .integer),
            .init("list", .array),
            .init("list[].url", .string, required: true),
            .init("open", .object, open: true),
            .init("link", [.string, .null]),
        ],
        examples: [.init("sample", [.init("status", .string), .init("extra", .number), .init("seed", .string)])],
        source: "the page"
    )

    private func deviations(_ text: String) throws -> [String] {
        try Self.shape.deviations(of: JSONDocument(parsing: text).root).map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test(
        "Departures from a shape are found by kind and path",
        arguments: [
            (#"{"id":"a"}"#, []), (#"{}"#, ["missing .id"]), (#"{"id":1}"#, ["type .id"]),
            (#"{"id":"a","status":"odd"}"#, ["word .status"]), (#"{"id":"a","seed":1.5}"#, ["type .seed"]),
            (#"{"id":"a","seed":2.0}"#, []), (#"{"id":"a","list":[{"url":"x"},{"url":null}]}"#, ["type .list[1].url"]),
            (#"{"id":"a","list":[{"url":"x","w":1}]}"#, ["extra .list[0].w"]),
            (#"{"id":"a","open":{"any":{"thing":1}}}"#, []),
            (#"{"id":"a","link":null}"#, []), (#"{"id":"a","more":{"deep":1}}"#, ["extra .more"]), (#"[]"#, ["body ."]),
        ]
    )
    func finds(text: String, expected: [String]) throws {
        #expect(try deviations(text) == expected)
    }

    @Test("A field that only the page's sample has is told so")
    func notesExamples() throws {
        let found = try Self.shape.deviations(of: JSONDocument(parsing: #"{"id":"a","extra":1}"#).root)
        #expect(found.map(\.note) == ["as in the page's own example \"sample\""])
    }

    @Test("A sample that breaks its schema is a contradiction")
    func contradictions() {
        #expect(
            Self.shape.contradictions == [
                "example \"sample\" lacks what the schema demands: .id",
                "example \"sample\" has what the schema lacks: .extra",
                "example \"sample\": .seed is integer in the schema and string there",
            ]
        )
    }

    @Test("A reply as deep as it may be is checked without recursion")
    func survivesDepth() throws {
        let text = String(repeating: #"{"open":"#, count: 5000) + "1" + String(repeating: "}", count: 5000)
        #expect(try deviations(text) == ["missing .id"])
    }
}
