import Testing

@testable import ReelShell

extension CompletionTests {
    @Suite struct Hints {
        @Test(
            "The hint is the rest of a unique word, else what is expected",
            arguments: [
                ("su", "bmit"),
                ("sub", "mit"),
                ("prev", "iew"),
                ("w", nil),
                ("status", " [J]"),
                ("status ", "[J]"),
                ("status j3", nil),
                ("status j3 ", nil),
                ("reset", nil),
                ("submit seed=7 ", "may be billed"),
                ("set image_size 1", "280x720"),
                ("image_size=9", "60x960"),
                ("set seed ", "0...4294967295"),
                ("seed=", "0...4294967295"),
                ("set seed 1", nil),
                ("use so", "rarelay"),
                ("watch --until ", "STATE"),
                ("watch --until ru", "nning"),
                ("submit --wat", "ch"),
                ("set prompt a cat", nil),
                ("fetch j", nil),
                ("image=@c", nil),
                ("nonsense ", nil),
                ("", nil),
            ],
        )
        func hints(line: String, hint: String?) {
            #expect(
                Completer.hint(line: line, context: CompletionTests.context, sources: CompletionTests.sources) == hint
            )
        }

        @Test("A billable command says so before its usage", arguments: ["submit", "submit "])
        func warns(line: String) throws {
            let hint = Completer.hint(line: line, context: CompletionTests.context, sources: CompletionTests.sources)
            #expect(try #require(hint).drop { $0 == " " }.hasPrefix("may be billed  [ITEM...]"))
        }

        @Test("Hints ask neither the journal nor the file system")
        func staysInMemory() {
            var sources = CompletionTests.sources
            sources.jobs = { _ in asked() }
            sources.exchanges = { asked() }
            sources.jsonKeys = { _, _ in asked() }
            sources.files = { _, _ in asked() }
            for line in ["fetch j", "headers r", "get .st", "image=@c", "raw > a", "seed=$r", "log --job j"] {
                #expect(Completer.hint(line: line, context: CompletionTests.context, sources: sources) == nil)
            }
        }
    }

    @Suite struct RandomLines {
        @Test("Random lines never break completion, and the replaced part ends at the cursor", arguments: 0..<5)
        func isTotal(part: Int) {
            var random = SeededGenerator(state: UInt64(part) &+ 4_242)
            for _ in 0..<400 {
                let line = GrammarTests.RandomEntries.entry(&random)
                let cursor = Int.random(in: 0...line.count, using: &random)
                let result = Completer.complete(
                    line: line,
                    cursor: cursor,
                    context: CompletionTests.context,
                    sources: CompletionTests.sources,
                )
                #expect(result.replacement.upperBound == cursor, "\(line)")
                let hint = Completer.hint(
                    line: line,
                    context: CompletionTests.context,
                    sources: CompletionTests.sources,
                )
                #expect(hint?.isEmpty != true, "\(line)")
            }
        }
    }
}

private func asked() -> [Candidate] {
    Issue.record("a slow source was asked")
    return []
}
