import Testing

@Suite("The numbered cases")
struct CaseTableTests {
    /// The suites whose tests carry a number in their titles, by number: `12`, `K4`.
    private static let found: [String: Set<String>] = {
        var found: [String: Set<String>] = [:]
        for file in Checkout.files(below: "Tests", suffix: ".swift") {
            let suite = file.split(separator: "/").last.map { String($0.dropLast(".swift".count)) } ?? ""
            for match in (Checkout.text(file) ?? "").matches(of: /"[Cc]ase ([K0-9][K0-9, -]*):/) {
                for number in numbers(String(match.1)) { found[number, default: []].insert(suite) }
            }
        }
        return found
    }()

    /// `7, 12` and `K4-K7`, one by one.
    private static func numbers(_ text: String) -> [String] {
        text.split(separator: ",").flatMap { part -> [String] in
            let ends = part.split(separator: "-").map { $0.filter { $0 != " " } }
            let values = ends.compactMap { Int($0.filter(\.isNumber)) }
            guard values.count == 2, values[0] <= values[1] else { return [ends.joined()] }
            return (values[0]...values[1]).map { ends[0].hasPrefix("K") ? "K\($0)" : "\($0)" }
        }
    }

    private static let all = (1...80).map(String.init) + (1...13).map { "K\($0)" }

    @Test("each is carried by a test, and the table names all of them", arguments: all)
    func table(number: String) throws {
        let page = try #require(Checkout.text("docs/reliability.md"))
        let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(number) |") }, "no row \(number)")
        let cells = row.split(separator: "|").map { $0.filter { $0 != "`" && $0 != " " } }
        let named = Set((cells.last ?? "").split(separator: ",").map(String.init))
        #expect(!named.isEmpty)
        #expect(named == Self.found[number, default: []])
    }
}
