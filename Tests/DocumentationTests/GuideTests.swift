import LosslessJSON
import Testing

@Suite("docs/adding-a-provider.md")
struct GuideTests {
    private static let path = "docs/adding-a-provider.md"
    private let page = Markdown(Checkout.text(Self.path) ?? "")

    @Test("shows only Swift that is compiled: a marked snippet of the examples, or a quotation from a plugin")
    func swift() {
        let known = Set(Snippets.all.values)
        let blocks = page.blocks.filter { $0.language == "swift" }
        #expect(blocks.count > 10)
        for block in blocks {
            #expect(
                known.contains(block.text.dedented) || Snippets.isQuotedFromPlugin(block.text),
                "The block at line \(block.line) is neither."
            )
        }
    }

    @Test("shows every snippet that is marked")
    func complete() {
        let shown = Set(page.blocks.map(\.text.dedented))
        for (name, text) in Snippets.all { #expect(shown.contains(text), "\(name) is not shown.") }
    }

    @Test("begins with a provider of ten lines: all but imports, opening lines of declarations and closing brackets")
    func tenLines() {
        let text = Snippets.all["lumen"] ?? ""
        let lines = text.split(separator: "\n").map(\.trimmingBlanks).filter { line in
            let isOpening = ["import ", "struct ", "func ", "let "].contains { line.hasPrefix($0) }
            return !isOpening && !["", "}", ")"].contains(line)
        }
        #expect(lines.count == 10)
    }

    @Test("shows JSON that is JSON")
    func json() throws {
        for block in page.blocks where block.language == "json" {
            #expect(throws: Never.self, "line \(block.line)") { try JSONDocument(parsing: block.text) }
        }
    }

    @Test("shows the stub that the examples hold")
    func stub() {
        let stub = Checkout.text("Tests/DocumentationTests/Examples/Lumen/stub.py")
        #expect(page.blocks.filter { $0.language == "python" }.map(\.text) == [stub])
    }

    @Test(
        "says of each refinement whether the program calls it",
        arguments: [
            "FetchesResult", "Cancels", "Uploads", "Reconciles", "SignsRequests", "ListsModels", "ChecksAccount",
            "DeletesTasks",
        ]
    )
    func refinement(name: String) throws {
        let sources = ["Sources/JobEngine", "Sources/ReelShell", "Sources/reel"]
            .flatMap { Checkout.files(below: $0, suffix: ".swift") }
        let isCalled = sources.contains { Checkout.text($0)?.contains("any \(name)") ?? false }
        let row = try #require(page.rows.first { $0.first == "`\(name)`" })
        #expect(row.last == (isCalled ? "yes" : "not yet"))
    }
}
