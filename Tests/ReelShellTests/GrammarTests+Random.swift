import TestSupport
import Testing

@testable import ReelShell

extension GrammarTests {
    @Suite(.ownThread) struct RandomEntries {
        @Test("20 000 random entries parse to the same commands, or to one error within the entry", arguments: 0..<20)
        func isTotal(part: Int) {
            var random = SeededGenerator(state: UInt64(part) &* 7_919 &+ 17)
            for _ in 0..<1_000 {
                let entry = Self.entry(&random)
                let first = Result { () throws(GrammarError) in try EntryParser.parse(entry, in: GrammarTests.context) }
                let second = Result { () throws(GrammarError) in try EntryParser.parse(entry, in: GrammarTests.context)
                }
                var isRight = first == second
                if case .failure(let error) = first {
                    let isWithin = (0...entry.unicodeScalars.count).contains(error.offset)
                    isRight = isRight && isWithin && error.line >= 1 && error.column >= 1 && error.suggestion != nil
                }
                if !isRight { Issue.record("\(entry.debugDescription): \(first)") }
            }
        }

        @Test("An entry that asks on can be completed or stays incomplete with more text", arguments: 0..<5)
        func asksOnRightly(part: Int) {
            var random = SeededGenerator(state: UInt64(part) &+ 99)
            for _ in 0..<1_000 {
                let entry = Self.entry(&random)
                guard EntryParser.needsMore(entry, in: GrammarTests.context) else { continue }
                let closings = ["\n\"\"\"", "\n'", "\n\"", "\nx"]
                #expect(
                    closings.contains { !EntryParser.needsMore(entry + $0, in: GrammarTests.context) },
                    "\(entry)",
                )
            }
        }

        @Test("Long input without end is read in one pass")
        func readsLongInput() {
            let alias = String(repeating: "s4;", count: 20_000)
            #expect((try? GrammarTests.actions(alias))?.count == 20_000)
            #expect(GrammarTests.error(String(repeating: "\"'", count: 50_000)) != nil)
            #expect(GrammarTests.error(String(repeating: "((((", count: 50_000))?.code == .unknownCommand)
            let words = "watch" + String(repeating: " j1", count: 50_000)
            #expect((try? GrammarTests.arguments(words))?.count == 50_000)
        }

        static func entry(_ random: inout SeededGenerator) -> String {
            (0..<Int.random(in: 0...14, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }

        private static let pieces = [
            "submit", "set ", "prompt ", "show", "s4", "two", "p ", "h", " ", "  ", "\n", ";", "|", ">", ">>", "'",
            "\"",
            "\"\"\"", "\\", "\\\n", "#", "!", "!!", "?", "seed=7", "k:=@f", "X-A:b", "--note", "--note=", "--", "-n",
            "-",
            "=", ":", "@", "$r1.x", "猫", "e\u{301}", "\u{301}", "\u{200D}", "\r\n", "\t", "\u{0}", "🐈‍⬛", "a",
            "get .a[0]",
        ]
    }
}

/// splitmix64, so that a failing entry comes again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
