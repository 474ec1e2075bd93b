extension Completer {
    /// The dim text behind a cursor at the end of `line`: the rest of a unique word, else what is expected there.
    ///
    /// Asked at every key, so it uses the catalog, parameters, values, providers and models, but neither the journal
    /// nor the file system.
    package static func hint(
        line: String,
        context: GrammarContext,
        sources: CompletionSources,
    ) -> String? {
        let before = Array(line.unicodeScalars)
        // A line this long is a pasted text, and reading it at every key would delay the echo.
        guard before.count <= 4096 else { return nil }
        var finder = CursorFinder(before, context: context)
        let place = finder.find()
        let offer = CandidateFinding(context: context, sources: sources, after: []).offer(at: place)
        if let offer, let rest = rest(of: offer, typed: before[min(offer.slot.start, before.count)...]) {
            return rest
        }
        return remark(at: place, offer: offer, context: context, sources: sources)
    }

    /// What remains of the only candidate.
    private static func rest(of offer: CompletionOffer, typed: ArraySlice<Unicode.Scalar>) -> String? {
        guard offer.isQuick, !typed.isEmpty else { return nil }
        let candidates = offer.slot.fitting(offer.candidates())
        guard let first = candidates.first, candidates.allSatisfy({ $0.text == first.text }) else { return nil }
        let scalars = first.text.unicodeScalars
        guard scalars.count > typed.count, scalars.starts(with: typed) else { return nil }
        return String(scalars: scalars.dropFirst(typed.count))
    }

    private static func remark(
        at place: CursorPlace,
        offer: CompletionOffer?,
        context: GrammarContext,
        sources: CompletionSources,
    ) -> String? {
        if let offer, let parameter = offer.parameter {
            return offer.slot.typed.isEmpty ? sources.valueHint(parameter) : nil
        }
        switch place {
        case .verb(let word):
            return context.catalog[word.text].flatMap(usage).map { " " + $0 }
        case .argument(let word, let reader):
            guard word.scalars.isEmpty, word.open == nil else { return nil }
            if let flag = reader.openFlag { return flag.value }
            guard reader.arguments.isEmpty else { return reader.spec.isBillable ? billable : nil }
            return usage(of: reader.spec)
        default:
            return nil
        }
    }

    private static func usage(of spec: CommandSpec) -> String? {
        let arguments = spec.synopsis.dropFirst(spec.name.count + 1)
        let parts = (spec.isBillable ? [billable] : []) + (arguments.isEmpty ? [] : [String(arguments)])
        return parts.isEmpty ? nil : parts.joined(separator: "  ")
    }

    private static let billable = "may be billed"
}
