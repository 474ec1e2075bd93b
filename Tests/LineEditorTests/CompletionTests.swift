import Testing

@testable import LineEditor

@Suite("Completion")
struct CompletionTests {
    private func completions(_ words: [String]) -> Completions {
        Completions(replacementStart: 0, candidates: words.map { .init($0) })
    }

    @Test(
        "One candidate is inserted with its suffix, several up to what they share",
        arguments: [
            ([], "s", .nothing), (["submit"], "su", .insert("submit ")), (["set", "seed"], "s", .insert("se")),
            (["set", "seed"], "se", .ambiguous), (["set", "undo"], "", .ambiguous),
            (["中文一", "中文二"], "中", .insert("中文")),
            (["Set", "Seed"], "se", .ambiguous),
        ] as [([String], String, Completions.Step)]
    )
    func step(words: [String], word: String, expected: Completions.Step) {
        #expect(completions(words).step(replacing: word) == expected)
    }

    @Test("Bare words fill columns downwards")
    func columns() {
        let lines = CandidateList.lines(
            for: completions(["a", "bb", "ccc", "d", "e"]).candidates,
            columns: 12,
            maximumLines: 10,
            width: \.count
        )
        #expect(lines == ["a    d", "bb   e", "ccc"])
    }

    @Test("Candidates with notes stand one to a line, clipped to the width")
    func notes() {
        let lines = CandidateList.lines(
            for: [.init("set", note: "change a value"), .init("submit", note: "send")],
            columns: 16,
            maximumLines: 10,
            width: \.count
        )
        #expect(lines == ["set     change a", "submit  send"])
    }

    @Test("A list longer than the screen says what is missing")
    func long() {
        func lines(_ count: Int) -> [String] {
            CandidateList.lines(
                for: (1...count).map { .init("word\($0)", note: "n") },
                columns: 40,
                maximumLines: 5,
                width: \.count
            )
        }
        // Names alone, where they fit.
        #expect(lines(20).count == 4)
        #expect(lines(20).last == "word4   word8   word12  word16  word20")
        #expect(lines(100).count == 5)
        #expect(lines(100).last == "... and 21 more lines")
    }
}
