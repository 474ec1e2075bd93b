import LosslessJSON
import Testing

@Suite("Equality by meaning")
struct EqualityTests {
    @Test(
        "Spelling, white space and the order of members mean nothing",
        arguments: [
            ("1", "1.0"), ("1", "10e-1"), ("-0", "0"), ("0e5", "0.00"), ("1e400", "10e399"), ("12e-1", "1.2"),
            (#""é""#, #""\u00e9""#),
            (#"{"a":1,"b":2}"#, #"{ "b": 2, "\u0061": 1.0 }"#), ("[1, [2]]", "[1.0,[2]]"),
            (#"{"a":1,"b":0,"a":2}"#, #"{"b":0,"a":1,"a":2}"#),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ]
    )
    func equal(_ left: String, _ right: String) throws {
        #expect(try parsed(left).isStructurallyEqual(to: parsed(right)))
        #expect(try structurallyEqual(parsed(right), parsed(left)))
    }

    @Test(
        "What means something else differs",
        arguments: [
            ("1", "2"), ("1", "-1"), ("1", #""1""#), ("0", "null"), ("9007199254740993", "9007199254740992"),
            ("0.1", "0.10000000000000001"),
            ("1e400", "1e401"), ("true", "false"), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), (#"{"a":1}"#, #"{"b":1}"#),
            (#"{"a":1}"#, #"{"a":1,"b":1}"#),
            (#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#), ("{}", "[]"), ("\"\u{E9}\"", "\"e\u{301}\""),
            (#"{"a":1,"b":1}"#, #"{"a":1,"a":1}"#),
            ("1e99999999999999999999", "1e99999999999999999998"),
        ]
    )
    func different(_ left: String, _ right: String) throws {
        #expect(try !parsed(left).isStructurallyEqual(to: parsed(right)))
        #expect(try !structurallyEqual(parsed(right), parsed(left)))
    }

    @Test("A random text equals its layout", arguments: 0..<100 as Range<UInt64>)
    func layout(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        let laidOut = try JSONDocument(parsing: JSONFormatter.format(bytes))
        #expect(try JSONDocument(parsing: bytes).root.isStructurallyEqual(to: laidOut.root))
        #expect(try JSONDiff.changes(from: JSONDocument(parsing: bytes).root, to: laidOut.root).isEmpty)
    }
}
