/// Finds the candidates for a place.
struct CandidateFinding {
    let context: GrammarContext
    let sources: CompletionSources
    /// The text behind the cursor, which may name the exchange that a path is looked up in.
    let after: [Unicode.Scalar]

    func offer(at place: CursorPlace) -> CompletionOffer? {
        switch place {
        case .nothing, .freeText:
            nil
        case .verb(let word):
            offerVerb(word)
        case .helpTopic(let word):
            offer(word, topics)
        case .bareItem(let word):
            offerItem(word) ?? offer(word, itemNames)
        case .file(let word):
            CompletionSlot(word).map { files(in: $0, parameter: nil) }
        case .argument(let word, let reader):
            offerArgument(word, reader)
        }
    }

    private func offerVerb(_ word: LexedWord) -> CompletionOffer? {
        if word.plain.first == "?" { return offer(word, skipping: 1, topics) }
        return offerItem(word) ?? offer(word, commands + aliases + itemNames)
    }

    private func offerArgument(_ word: LexedWord, _ reader: ArgumentReader) -> CompletionOffer? {
        if let flag = reader.openFlag {
            return CompletionSlot(word).flatMap { offer(flag.operand, in: $0, reader) }
        }
        if word.plain.first == "-", !reader.isAfterDashes {
            return offerFlag(word, reader)
        }
        if reader.takesItemNext, let offer = offerItem(word) { return offer }
        guard let slot = CompletionSlot(word) else { return nil }
        let operand = offer(reader.nextOperand, in: slot, reader)
        // The words of `set` name parameters; its later ones and those of other commands are items.
        guard reader.takesItemNext, reader.nextOperand == nil else { return operand }
        return offer(word, itemNames)
    }

    private func offerFlag(_ word: LexedWord, _ reader: ArgumentReader) -> CompletionOffer? {
        if let equals = word.plain.firstIndex(of: "=") {
            guard equals > 2 else { return nil }
            let flag = reader.spec.flag(named: String(scalars: word.plain[2..<equals]))
            return CompletionSlot(word, skipping: equals + 1).flatMap { offer(flag?.operand, in: $0, reader) }
        }
        let given = Set(
            reader.arguments.compactMap { argument -> String? in
                guard case .flag(let name, _) = argument else { return nil }
                return name
            }
        )
        let own = Set(reader.spec.flags.map(\.name))
        let common = CommandCatalog.commonFlags.filter { !own.contains($0.name) }
        let flags = (reader.spec.flags + common).filter { !given.contains($0.name) }
        return offer(
            word,
            flags.map { flag in
                var candidate = Candidate(flag.spelling, note: flag.help)
                // Who asks what there is should see those of one letter, too.
                if flag.isLetterOnly { candidate.alias = "--" }
                return candidate
            }
        )
    }

    func offer(_ word: LexedWord, skipping: Int = 0, _ candidates: [Candidate]) -> CompletionOffer? {
        CompletionSlot(word, skipping: skipping).map { CompletionOffer(slot: $0) { candidates } }
    }

    private var commands: [Candidate] {
        shownCommands.map { Candidate($0.name, note: $0.isBillable ? "\($0.summary) ($)" : $0.summary) }
    }

    private var shownCommands: [CommandSpec] {
        context.catalog.all.filter { !sources.hiddenCommands.contains($0.name) }
    }

    private var aliases: [Candidate] {
        let own = context.aliases.sorted { $0.key < $1.key }.filter { context.catalog[$0.key] == nil }
        return shownCommands.flatMap { spec in spec.aliases.map { Candidate($0, note: spec.name) } }
            + own.map { Candidate($0.key, note: $0.value) }
    }

    private var itemNames: [Candidate] {
        sources.parameters.map { Candidate($0.text + "=", note: $0.note, suffix: "") }
    }

    private var topics: [Candidate] {
        sources.parameters + sources.models + commands
    }
}
