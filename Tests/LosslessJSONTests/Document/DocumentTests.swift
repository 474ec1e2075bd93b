import LosslessJSON
import Testing

@Suite("Document")
struct DocumentTests {
    @Test("Members keep their order, their duplicates and the bytes of their names")
    func members() throws {
        let root = try parsed(#"{"z": 1, "a" :2.0, "\u0061": {"x":[]}, "z":null}"#)
        #expect(root.members.map(\.key) == ["z", "a", "a", "z"])
        #expect(root.members.map { text($0.rawKey) } == [#""z""#, #""a""#, #""\u0061""#, #""z""#])
        #expect(root.members.map(\.value.rawText) == ["1", "2.0", #"{"x":[]}"#, "null"])
        #expect(root.count == 4)
    }

    @Test("Of duplicate names a look-up sees the last, and all are there to be asked for")
    func duplicates() throws {
        let root = try parsed(#"{"a":1,"b":2,"\u0061":3}"#)
        #expect(root["a"]?.int == 3)
        #expect(root.values(forKey: "a").map(\.int) == [1, 3])
        #expect(root["c"] == nil)
        #expect(root.values(forKey: "c").isEmpty)
    }

    @Test("Names are not normalised: a composed and a decomposed accent are two names")
    func normalisation() throws {
        let root = try parsed("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(root["\u{E9}"]?.int == 1)
        #expect(root["e\u{301}"]?.int == 2)
    }

    @Test("Elements are found by place, from either end")
    func elements() throws {
        let root = try parsed("[1,[2,{\"a\":3}],\"4\"]")
        #expect(root.elements.map(\.rawText) == ["1", "[2,{\"a\":3}]", "\"4\""])
        #expect(root[0]?.int == 1)
        #expect(root[2]?.string == "4")
        #expect(root[-1]?.string == "4")
        #expect(root[-3]?.int == 1)
        #expect(root[3] == nil)
        #expect(root[-4] == nil)
    }

    @Test(
        "Values of other kinds have no members, elements or count",
        arguments: ["1", #""a""#, "true", "null", "{}", "[]"]
    )
    func leaves(_ json: String) throws {
        let root = try parsed(json)
        #expect(root.members.isEmpty)
        #expect(root.elements.isEmpty)
        #expect(root.count == 0)
        #expect(root["a"] == nil)
        #expect(root[0] == nil)
        #expect(root[-1] == nil)
    }

    @Test("An object has no elements and an array no members")
    func kindsOfChildren() throws {
        #expect(try parsed(#"{"a":1}"#).elements.isEmpty)
        #expect(try parsed(#"{"a":1}"#)[0] == nil)
        #expect(try parsed("[1]").members.isEmpty)
        #expect(try parsed(#"["a"]"#)["a"] == nil)
    }

    @Test(
        "The kind of a value is read from its first byte",
        arguments: [
            ("{}", JSONValue.Kind.object), ("[]", .array), (#""""#, .string), ("-1", .number), ("true", .bool),
            ("false", .bool), ("null", .null),
        ]
    )
    func kinds(_ json: String, _ kind: JSONValue.Kind) throws {
        let value = try parsed(json)
        #expect(value.kind == kind)
        #expect((value.string != nil) == (kind == .string))
        #expect((value.numberText != nil) == (kind == .number))
        #expect((value.int != nil) == (kind == .number))
        #expect((value.double != nil) == (kind == .number))
        #expect((value.bool != nil) == (kind == .bool))
        #expect(value.isNull == (kind == .null))
    }

    @Test("A value's raw bytes are a slice of the document, white space around it left out")
    func rawBytes() throws {
        let document = try JSONDocument(parsing: " [ { \"a\" : 1.50 } ] ")
        let value = try #require(document.root[0]?["a"])
        #expect(value.rawText == "1.50")
        #expect(value.rawBytes.startIndex == 11)
        #expect(document.root.rawText == "[ { \"a\" : 1.50 } ]")
        #expect(value.document == document)
    }

    @Test("Documents are equal if their bytes are")
    func equality() throws {
        #expect(try JSONDocument(parsing: "[1]") == JSONDocument(parsing: "[1]"))
        #expect(try JSONDocument(parsing: "[1]") != JSONDocument(parsing: "[1 ]"))
        #expect(try Set([JSONDocument(parsing: "1"), JSONDocument(parsing: "1")]).count == 1)
    }

    @Test("A value keeps its document alive")
    func lifetime() throws {
        let value = try { try JSONDocument(parsing: #"{"a":["b"]}"#).root["a"]?[0] }()
        #expect(value?.string == "b")
    }

    @Test("Duplicate names, lone surrogates and a byte order mark are noted in the order of the text")
    func issues() throws {
        let document = try JSONDocument(
            parsing: "\u{FEFF}" + #"{"a":"\ud800","b":{"a":1},"\u0061":"\ud83d\ude00\udc00"}"#
        )
        let expected: [(JSONIssue.Kind, Int)] = [
            (.byteOrderMark, 0), (.loneSurrogate, 9), (.duplicateKey, 29), (.loneSurrogate, 51),
        ]
        #expect(document.issues.map(\.kind) == expected.map(\.0))
        #expect(document.issues.map(\.offset) == expected.map(\.1))
        #expect(document.root["b"]?["a"]?.int == 1)
    }

    @Test("A text that every reader takes alike has no issues")
    func noIssues() throws {
        #expect(try JSONDocument(parsing: #"{"a":{"a":"\ud83d\ude00"},"b":[{"a":1},{"a":1}]}"#).issues.isEmpty)
    }

    @Test("Random texts read back as the tokens they were written from", arguments: 0..<200 as Range<UInt64>)
    func agreesWithTokenizer(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        var found: [String] = []
        var pending: [(key: ArraySlice<UInt8>?, value: JSONValue)?] = [(nil, try JSONDocument(parsing: bytes).root)]
        var closings: [String] = []
        while let item = pending.popLast() {
            guard let (key, value) = item else {
                let closing = closings.popLast()
                found.append(try #require(closing))
                continue
            }
            if let key { found.append("key \(text(key))") }
            switch value.kind {
            case .object, .array:
                let isObject = value.kind == .object
                found.append(isObject ? "beginObject {" : "beginArray [")
                closings.append(isObject ? "endObject }" : "endArray ]")
                pending.append(nil)
                let children: [(ArraySlice<UInt8>?, JSONValue)] =
                    isObject ? value.members.map { ($0.rawKey, $0.value) } : value.elements.map { (nil, $0) }
                pending.append(contentsOf: children.reversed())
            default: found.append("\(value.kind) \(value.rawText)")
            }
        }
        #expect(try found == tokens(bytes))
    }
}
