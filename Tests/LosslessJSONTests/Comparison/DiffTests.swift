import LosslessJSON
import Testing

@Suite("Differences")
struct DiffTests {
    private func changes(
        _ old: String,
        _ new: String,
        ignoring: [JSONPath] = [],
        order: Bool = false
    ) throws -> [String] {
        try JSONDiff.changes(from: parsed(old), to: parsed(new), ignoring: ignoring, noticingMemberOrder: order)
            .map(\.description)
    }

    @Test(
        "Members are compared by name, in the order of the old object",
        arguments: [
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, []), (#"{"a":1}"#, #"{"a":2}"#, [".a: 1 -> 2"]),
            (#"{"a":1}"#, "{}", [".a: removed 1"]),
            ("{}", #"{"a":[1]}"#, [".a: added [1]"]),
            (#"{"a":{"b":{"c":1}}}"#, #"{"a":{"b":{"c":"1"}}}"#, [#".a.b.c: 1 -> "1""#]),
            (
                #"{"z":1,"a":1,"m":1}"#, #"{"n":3,"a":2,"z":2}"#,
                [".z: 1 -> 2", ".a: 1 -> 2", ".m: removed 1", ".n: added 3"]
            ),
            (#"{"a":{}}"#, #"{"a":[]}"#, [".a: {} -> []"]), (#"{"a":1,"a":2}"#, #"{"a":1,"a":3}"#, [".a: 2 -> 3"]),
            ("1", "2", [".: 1 -> 2"]),
            (#"{"a":1,"a":2}"#, #"{"a":1}"#, [".a: removed 2"]),
        ]
    )
    func objects(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test(
        "A change of spelling is flagged as one",
        arguments: [
            ("1", "1.0", true), ("1e2", "100", true), (#""é""#, #""\u00e9""#, true), ("1", "1.5", false),
            (#""e""#, #""é""#, false), ("true", "false", false),
        ]
    )
    func spelling(_ old: String, _ new: String, _ isSpellingOnly: Bool) throws {
        let changes = try JSONDiff.changes(from: parsed("[\(old)]"), to: parsed("[\(new)]"))
        #expect(changes.map(\.kind) == [.changed])
        #expect(changes.map(\.isSpellingOnly) == [isSpellingOnly])
        #expect(changes.first?.old?.rawText == old)
        #expect(changes.first?.new?.rawText == new)
    }

    @Test(
        "Elements are aligned, so that one that comes or goes is one change",
        arguments: [
            ("[1,2,3]", "[1,3]", [".[1]: removed 2"]), ("[1,3]", "[1,2,3]", [".[1]: added 2"]),
            ("[1,2,3]", "[0,1,2,3]", [".[0]: added 0"]),
            ("[1,2,3]", "[1,2]", [".[2]: removed 3"]), ("[1,2,3]", "[1,9,3]", [".[1]: 2 -> 9"]),
            ("[]", "[1]", [".[0]: added 1"]),
            ("[1,2,3,4]", "[9,1,2,4]", [".[0]: added 9", ".[2]: removed 3"]),
            (#"[{"a":1},{"b":2}]"#, #"[{"a":1},{"b":3}]"#, [".[1].b: 2 -> 3"]),
        ]
    )
    func arrays(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test(
        "An element found elsewhere has moved",
        arguments: [
            ("[1,2,3]", "[3,1,2]", [".[0]: moved from .[2]"]), ("[1,2,3]", "[2,3,1]", [".[2]: moved from .[0]"]),
            (#"{"x":[[1],[2],[3]]}"#, #"{"x":[[3],[1],[2]]}"#, [".x[0]: moved from .x[2]"]),
        ]
    )
    func moves(_ old: String, _ new: String, _ expected: [String]) throws {
        #expect(try changes(old, new) == expected)
    }

    @Test("Elements with an id belong together wherever they stand")
    func identities() throws {
        #expect(
            try changes(#"[{"id":"a","n":1},{"id":"b","n":1}]"#, #"[{"id":"b","n":2}]"#)
                == [#".[0]: removed {"id":"a","n":1}"#, ".[0].n: 1 -> 2"]
        )
        #expect(
            try changes(#"[{"id":1,"n":1},0,5]"#, #"[0,5,{"id":1,"n":2}]"#)
                == [".[2]: moved from .[0]", ".[2].n: 1 -> 2"]
        )
    }

    @Test("Nothing is reported at or below an ignored path")
    func ignoring() throws {
        let old = #"{"t":1,"a":[{"t":1,"u":1},{"t":1}],"b":{"c":1}}"#
        let new = #"{"t":2,"a":[{"t":2,"u":2},{"t":2}],"b":{"c":2}}"#
        #expect(try changes(old, new, ignoring: [".t", ".a[].t", ".b"]) == [".a[0].u: 1 -> 2"])
        #expect(try changes(old, new, ignoring: ["."]).isEmpty)
        #expect(try changes(#"{"a":1}"#, #"{"b":1}"#, ignoring: [".a", ".b"]).isEmpty)
    }

    @Test("The order of members is looked at when asked, and the fewest members have moved")
    func memberOrder() throws {
        #expect(try changes(#"{"a":1,"b":2,"c":3}"#, #"{"c":3,"a":1,"b":2}"#, order: true) == [".c: moved from .c"])
        #expect(try changes(#"{"a":1,"b":2}"#, #"{"a":1,"x":0,"b":2}"#, order: true) == [".x: added 0"])
    }

    @Test("Arrays too long to align by table are compared by place between their equal ends")
    func longArrays() throws {
        let old = "[" + (0..<3_000).map(String.init).joined(separator: ",") + "]"
        let new = "[" + (0..<3_000).map { String($0 % 1_500 == 7 ? -1 : $0) }.joined(separator: ",") + "]"
        #expect(try changes(old, new) == [".[7]: 7 -> -1", ".[1507]: 1507 -> -1"])
    }

    /// Puts the changes of values without arrays into the old value.
    private func apply(_ changes: [JSONChange], to old: [String: String]) -> [String: String] {
        var result = old
        for change in changes { result[change.path.description] = change.new?.rawText }
        return result
    }

    @Test("What is reported turns the old object into the new one", arguments: 0..<100 as Range<UInt64>)
    func completeness(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        func object() -> String {
            let members = (0..<generator.random(8)).map { _ in "k\(generator.random(6))" }
            let pairs = Set(members).sorted().map { "\"\($0)\": \(generator.random(3))" }
            return "{\(pairs.joined(separator: ", "))}"
        }
        let old = try parsed(object())
        let new = try parsed(object())
        func table(_ value: JSONValue) -> [String: String] {
            Dictionary(value.members.map { (".\($0.key)", $0.value.rawText) }) { $1 }
        }
        #expect(apply(JSONDiff.changes(from: old, to: new), to: table(old)) == table(new))
        #expect(JSONDiff.changes(from: old, to: new).isEmpty == old.isStructurallyEqual(to: new))
    }
}
