import LosslessJSON
import Testing

@Suite("Tokenizer")
struct TokenizerTests {
    @Test("Tokens come with their kind, place and depth; commas and colons are in the gaps")
    func tokenStream() throws {
        let json = #" {"a": [1, "x", true], "b": null} "#
        var tokenizer = JSONTokenizer(Array(json.utf8))
        var found: [String] = []
        while let token = try tokenizer.next() {
            found.append("\(token.depth) \(token.kind) \(token.range.lowerBound)..<\(token.range.upperBound)")
        }
        #expect(
            found == [
                "0 beginObject 1..<2", "1 key 2..<5", "1 beginArray 7..<8", "2 number 8..<9", "2 string 11..<14",
                "2 bool 16..<20", "1 endArray 20..<21", "1 key 23..<26", "1 null 28..<32", "0 endObject 32..<33",
            ]
        )
    }

    @Test("After the last token there is none, however often it is asked for")
    func end() throws {
        var tokenizer = JSONTokenizer(Array("1".utf8))
        #expect(try tokenizer.next()?.kind == .number)
        #expect(try tokenizer.next() == nil)
        #expect(try tokenizer.next() == nil)
    }

    @Test("Every token has a class to colour it by")
    func colorClasses() throws {
        var tokenizer = JSONTokenizer(Array(#"{"a":["x",1,true,null]}"#.utf8))
        var classes: [JSONColorClass] = []
        while let token = try tokenizer.next() { classes.append(token.colorClass) }
        #expect(
            classes == [
                .punctuation, .key, .punctuation, .string, .number, .bool, .null, .punctuation, .punctuation,
            ]
        )
    }

    @Test("A stream of values is read when allowed, and refused otherwise")
    func severalValues() throws {
        var stream = JSONTokenizer(Array("1 2".utf8), allowsSeveralValues: true)
        #expect(try stream.next()?.range == 0..<1)
        #expect(try stream.next()?.range == 2..<3)
        #expect(try stream.next() == nil)
        var single = JSONTokenizer(Array("1 2".utf8))
        #expect(try single.next()?.kind == .number)
        #expect(throws: JSONError.self) { try single.next() }
    }
}
