import LosslessJSON
import Testing

@Suite("Paths")
struct PathTests {
    @Test(
        "A path is read and written canonically",
        arguments: [
            (".", ".", []), (".a", ".a", [.key("a")]), ("a", ".a", [.key("a")]),
            ("a.b[0]", ".a.b[0]", [.key("a"), .key("b"), .index(0)]),
            (".a.b[-1].c", ".a.b[-1].c", [.key("a"), .key("b"), .index(-1), .key("c")]),
            ("[0]", ".[0]", [.index(0)]), (".[0]", ".[0]", [.index(0)]), ("[]", ".[]", [.each]),
            (".[].x", ".[].x", [.each, .key("x")]),
            ("a[][]", ".a[][]", [.key("a"), .each, .each]), (#"["odd key"]"#, #".["odd key"]"#, [.key("odd key")]),
            (#".a["b.c"]"#, #".a["b.c"]"#, [.key("a"), .key("b.c")]),
            (#".a."b c""#, #".a["b c"]"#, [.key("a"), .key("b c")]),
            (#"["\u0061\n"]"#, #".["a\n"]"#, [.key("a\n")]), (#"[""]"#, #".[""]"#, [.key("")]),
            ("任务.id", #".["任务"].id"#, [.key("任务"), .key("id")]),
            ("task-id", #".["task-id"]"#, [.key("task-id")]), ("0", #".["0"]"#, [.key("0")]),
            (#"["]"]"#, #".["]"]"#, [.key("]")]),
        ] as [(String, String, [JSONPath.Step])]
    )
    func parsing(_ written: String, _ canonical: String, _ steps: [JSONPath.Step]) throws {
        let path = try JSONPath(parsing: written)
        #expect(path.steps == steps)
        #expect(path.description == canonical)
        #expect(JSONPath(canonical) == path)
    }

    @Test(
        "A malformed path is refused with a place",
        arguments: [
            ("", .empty, 0), ("..", .expectedName, 1), (".a..b", .expectedName, 3), (".a.", .expectedName, 3),
            ("a.[0]", .expectedName, 2),
            ("a[", .unclosedBracket, 1), ("a[0", .unclosedBracket, 1), (#"a["b""#, .unclosedBracket, 1),
            ("a[x]", .invalidIndex, 2),
            ("a[+1]", .invalidIndex, 2), ("a[1.5]", .invalidIndex, 2), ("a[99999999999999999999]", .invalidIndex, 2),
            (#"a["b]"#, .invalidName, 2),
            (#"a["\q"]"#, .invalidName, 2), (#"a["b"x]"#, .invalidIndex, 5), ("a b", .unexpectedCharacter, 1),
            ("a]", .unexpectedCharacter, 1),
            ("a[0]b", .unexpectedCharacter, 4), (" a", .expectedName, 0),
        ] as [(String, JSONPathError.Code, Int)]
    )
    func malformed(_ written: String, _ code: JSONPathError.Code, _ offset: Int) throws {
        let error = try #require(throws: JSONPathError.self) { try JSONPath(parsing: written) }
        #expect(error.code == code)
        #expect(error.offset == offset)
        #expect(error.description.contains("at byte \(offset): "))
        #expect(JSONPath(written) == nil)
    }

    private let reply =
        #"{"data":{"videos":[{"url":"u0","n":[1,2]},{"url":"u1"},{"n":[3]}],"x":null,"url":"last"},"data2":1}"#

    @Test(
        "A look-up finds what jq finds",
        arguments: [
            (".data.videos[0].url", #""u0""#), ("data.videos[-2].url", #""u1""#), (".data.x", "null"),
            (".data.videos[].n[]", "1"), (".data2", "1"),
        ]
    )
    func lookup(_ path: String, _ expected: String) throws {
        #expect(try parsed(reply)[JSONPath(parsing: path)]?.rawText == expected)
        #expect(try parsed(reply)[path: JSONPath(parsing: path)]?.rawText == expected)
    }

    @Test(
        "A look-up past the end, or into another kind, finds nothing",
        arguments: [".data.videos[9]", ".data[0]", ".data2.a", ".no", ".data2[]"]
    )
    func missing(_ path: String) throws {
        #expect(try parsed(reply)[path: JSONPath(parsing: path)] == nil)
        #expect(try parsed(reply).all(JSONPath(parsing: path)).isEmpty)
    }

    @Test("The root path is the value itself")
    func root() throws {
        #expect(try parsed(reply)[path: "."]?.rawText == reply)
        #expect(try parsed(reply).all(".").map(\.path) == [.root])
    }

    @Test("A wildcard gives every match with its own path, in the order of the text")
    func wildcards() throws {
        let found = try parsed(reply).all(".data.videos[].n[]")
        #expect(found.map(\.path) == [".data.videos[0].n[0]", ".data.videos[0].n[1]", ".data.videos[2].n[0]"])
        #expect(found.map(\.value.int) == [1, 2, 3])
    }

    @Test("A wildcard over an object gives its members, duplicates too")
    func objectWildcard() throws {
        let found = try parsed(#"{"b":1,"a":2,"b":3}"#).all("[]")
        #expect(found.map(\.path) == [".b", ".a", ".b"])
        #expect(found.map(\.value.int) == [1, 2, 3])
    }

    @Test("A place from the end is given as one from the beginning")
    func negative() throws {
        #expect(try parsed("[[1,2],[3]]").all("[-2][-1]").map(\.path) == [".[0][1]"])
    }

    @Test("The first of several paths that leads somewhere is taken, to null as well")
    func firstOf() throws {
        let root = try parsed(reply)
        #expect(root.first(of: "data.task_id", "data.x", "data2")?.path == ".data.x")
        #expect(root.first(of: ["nothing", "data2"])?.value.int == 1)
        #expect(root.first(of: "a", "b") == nil)
    }

    @Test("Every value of a random text is found by its path", arguments: 0..<100 as Range<UInt64>)
    func everyPath(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let root = try JSONDocument(parsing: generator.document()).root
        var pending = [(JSONPath.root, root)]
        while let (path, value) = pending.popLast() {
            #expect(root[path: path]?.rawBytes == value.rawBytes)
            #expect(JSONPath(path.description) == path)
            for (place, element) in value.elements.enumerated() {
                pending.append((path.appending(index: place), element))
            }
            for (key, _, member) in value.members where value[key]?.rawBytes.startIndex == member.rawBytes.startIndex {
                pending.append((path.appending(key: key), member))
            }
        }
    }
}
