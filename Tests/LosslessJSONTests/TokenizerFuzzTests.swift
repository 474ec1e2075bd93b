import LosslessJSON
import TestSupport
import Testing

@Suite("Spoiled JSON", .ownThread)
struct TokenizerFuzzTests {
    @Test("However a text is spoiled, what the tree reads the formatter lays out, and its layout is stable")
    func run() throws {
        let campaign = Campaign("TokenizerFuzzTests", short: 20_000, long: 10_000_000)
        var random = campaign.random
        var mutator = Mutator(campaign.random)
        let corpus = (acceptedTexts + rejectedTexts).map(\.bytes).filter { $0.count < 4096 }
        var (accepted, differences) = (0, 0)
        for round in 0..<campaign.rounds {
            let bytes = mutator.mutated(corpus[random.below(corpus.count)], with: corpus[random.below(corpus.count)])
            let isJSON = (try? JSONDocument(parsing: bytes)) != nil
            let compact = try? JSONFormatter.format(bytes, style: .compact)
            // The formatter takes streams of no or several values too, so it may accept more, but never less.
            guard !isJSON || compact != nil else {
                differences += 1
                Issue.record("round \(round): tree and formatter differ on \(bytes); \(campaign.replay)")
                continue
            }
            guard let compact else { continue }
            accepted += 1
            let again = try JSONFormatter.format(try JSONFormatter.format(compact), style: .compact)
            if again != compact { Issue.record("round \(round): the layout changes \(bytes); \(campaign.replay)") }
        }
        #expect(accepted > campaign.rounds / 50)
        campaign.report("\(campaign.rounds) texts, \(accepted) of them JSON, 0 crashes, \(differences) disagreements")
    }
}
