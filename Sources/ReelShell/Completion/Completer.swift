/// Says what may stand at the cursor and what the dim text behind it is.
package enum Completer {
    /// The candidates at `cursor`, which counts Characters from the start of `line`.
    package static func complete(
        line: String,
        cursor: Int,
        context: GrammarContext,
        sources: CompletionSources,
    ) -> CompletionResult {
        let before = line.prefix(max(0, cursor))
        let after = line.dropFirst(max(0, cursor))
        let found = candidates(
            before: Array(before.unicodeScalars),
            after: Array(after.unicodeScalars),
            context: context,
            sources: sources,
        )
        let start = String(scalars: before.unicodeScalars.prefix(found.start)).count
        return CompletionResult(replacement: min(start, before.count)..<before.count, candidates: found.candidates)
    }

    /// What was found, with the start of the replaced part in Unicode scalars.
    static func candidates(
        before: [Unicode.Scalar],
        after: [Unicode.Scalar],
        context: GrammarContext,
        sources: CompletionSources,
    ) -> (start: Int, candidates: [Candidate]) {
        var finder = CursorFinder(before, context: context)
        let finding = CandidateFinding(context: context, sources: sources, after: after)
        guard let offer = finding.offer(at: finder.find()) else { return (before.count, []) }
        return (offer.slot.start, offer.slot.fitting(offer.candidates()))
    }
}

/// What could stand in a slot.
struct CompletionOffer {
    var slot: CompletionSlot
    /// Whether finding the candidates is quick enough for every key.
    var isQuick = true
    /// The parameter whose value the slot holds.
    var parameter: String?
    var candidates: () -> [Candidate]
}
