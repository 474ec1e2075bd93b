import TestSupport
import Testing

@testable import ReelShell

@Suite("Spoiled command lines", .ownThread)
struct GrammarFuzzTests {
    private static let pieces = [
        "'", "\"", "\"\"\"", "\\", "\n", ";", "|", ">", ">>", "=", ":=", "@", "--", "$r1.x", "!", "!!", "#", "猫",
        "\u{301}", "\u{200D}", "\0", "\u{FFFD}", "prompt", "submit ", "set ", "-n 4", "get .a[0]",
    ]

    @Test("However the lines of the help are spoiled, they parse to commands or to one error within the line")
    func run() {
        let campaign = Campaign("GrammarFuzzTests", short: 20_000, long: 10_000_000)
        var random = campaign.random
        var mutator = Mutator(campaign.random, pieces: Self.pieces)
        let corpus = CommandCatalog.standard.all.map { Array($0.synopsis.utf8) }
        var good = 0
        for round in 0..<campaign.rounds {
            let bytes = mutator.mutated(corpus[random.below(corpus.count)], with: corpus[random.below(corpus.count)])
            let line = String(decoding: bytes, as: UTF8.self)
            do throws(GrammarError) {
                _ = try EntryParser.parse(line, in: GrammarTests.context)
                good += 1
            } catch {
                let isWithin = (0...line.unicodeScalars.count).contains(error.offset) && error.line >= 1
                if !isWithin { Issue.record("round \(round): \(line.debugDescription): \(error); \(campaign.replay)") }
            }
        }
        #expect(good > campaign.rounds / 50)
        campaign.report("\(campaign.rounds) lines, \(good) of them commands, 0 crashes")
    }
}
