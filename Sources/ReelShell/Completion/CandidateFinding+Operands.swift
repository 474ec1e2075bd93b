extension CandidateFinding {
    /// What may stand for an operand or the value of a flag.
    func offer(_ kind: OperandKind?, in slot: CompletionSlot, _ reader: ArgumentReader) -> CompletionOffer? {
        let words = reader.words
        let command = reader.spec.name
        // Naming a job or parameter twice means nothing.
        let given = reader.spec.repeatsLastOperand ? Set(words) : []
        switch kind {
        case nil, .word:
            return nil
        case .job:
            return slow(slot) { (sources.jobs(command) + tasks(command, slot)).filter { !given.contains($0.text) } }
        case .exchange:
            return slow(slot, exchanges)
        case .exchangeOrJob:
            return slow(slot) { exchanges() + sources.jobs(command) + tasks(command, slot) }
        case .parameter:
            return CompletionOffer(slot: slot) { sources.parameters.filter { !given.contains($0.text) } }
        case .value:
            return words.last.flatMap { offerValue(of: $0, in: slot) }
        case .provider:
            return CompletionOffer(slot: slot) { sources.providers }
        case .model:
            return CompletionOffer(slot: slot) { sources.models }
        case .parameterOrModel:
            return CompletionOffer(slot: slot) { sources.parameters + sources.models }
        case .path:
            return slow(slot) {
                PathBeginning(slot.typed).candidates { sources.jsonKeys($0, exchangeBehindCursor) }
            }
        case .file:
            return files(in: slot, parameter: nil)
        case .command:
            return CompletionOffer(slot: slot) {
                context.catalog.all.map { Candidate($0.name, note: $0.summary) }
            }
        case .topic:
            return CompletionOffer(slot: slot) {
                context.catalog.all.map { Candidate($0.name, note: $0.summary) }
                    + HelpTopic.all.map { Candidate($0.name, note: $0.title) } + sources.parameters
            }
        case .alias:
            return CompletionOffer(slot: slot) {
                context.aliases.sorted { $0.key < $1.key }.map { Candidate($0.key, note: $0.value) }
            }
        case .savedRequest:
            return slow(slot, sources.savedRequests)
        case .target:
            return CompletionOffer(slot: slot) {
                (sources.providers + sources.models).filter { !given.contains($0.text) }
            }
        case .setting:
            return CompletionOffer(slot: slot) { sources.settings }
        case .settingValue:
            return CompletionOffer(slot: slot) { words.last.map(sources.settingValues) ?? [] }
        case .choice(let choices, let before):
            guard before == nil || words.last == before else { return nil }
            return CompletionOffer(slot: slot) { choices.map { Candidate($0) } }
        }
    }

    /// The value of the item that `word` is; nil if it is none.
    func offerItem(_ word: LexedWord) -> CompletionOffer? {
        guard let item = RequestItem(word) else { return nil }
        let skipped = (item.name + item.op.rawValue).unicodeScalars.count
        guard let slot = CompletionSlot(word, skipping: skipped) else { return nil }
        switch item.op {
        case .assign:
            return offerReference(in: slot) ?? values(of: item.name, in: slot)
        case .file:
            return files(in: slot, parameter: item.name)
        case .jsonFile:
            return files(in: slot, parameter: nil)
        case .json:
            return offerReference(in: slot) ?? CompletionOffer(slot: slot) { [] }
        case .query, .header:
            return CompletionOffer(slot: slot) { [] }
        }
    }

    private func offerValue(of parameter: String, in slot: CompletionSlot) -> CompletionOffer? {
        // The value of a text parameter takes no quoting, so a candidate's escapes would become part of it.
        guard !context.textParameters.contains(parameter) else {
            return CompletionOffer(slot: slot, parameter: parameter) { [] }
        }
        if slot.quote == .none, slot.typed.hasPrefix("@") {
            var path = slot
            path.start += 1
            path.typed.removeFirst()
            return files(in: path, parameter: parameter)
        }
        return offerReference(in: slot) ?? values(of: parameter, in: slot)
    }

    private func values(of parameter: String, in slot: CompletionSlot) -> CompletionOffer {
        CompletionOffer(slot: slot, parameter: parameter) { sources.values(parameter) }
    }

    /// `$r31.results.seed`: exchanges and jobs, then the keys of the answer.
    private func offerReference(in slot: CompletionSlot) -> CompletionOffer? {
        guard slot.quote != .single, slot.typed.hasPrefix("$") else { return nil }
        guard let path = slot.typed.firstIndex(where: { $0 == "." || $0 == "[" }) else {
            return slow(slot) {
                (exchanges() + sources.jobs("get")).map { Candidate("$" + $0.text, note: $0.note, suffix: "") }
            }
        }
        let base = slot.typed[..<path]
        return slow(slot) {
            PathBeginning(String(slot.typed[path...]))
                .candidates { sources.jsonKeys($0, String(base.dropFirst())) }
                .map { Candidate(base + $0.text, note: $0.note, suffix: $0.suffix) }
        }
    }

    func files(in slot: CompletionSlot, parameter: String?) -> CompletionOffer {
        slow(slot) { sources.files(slot.typed, parameter) }
    }

    private func exchanges() -> [Candidate] {
        [Candidate("last", note: "the exchange last printed"), Candidate("prev", note: "the one before")]
            + sources.exchanges()
    }

    /// Vendors' ids, which nobody wants in a list but who begins to type one.
    private func tasks(_ command: String, _ slot: CompletionSlot) -> [Candidate] {
        slot.typed.isEmpty ? [] : sources.taskIDs(command)
    }

    private func slow(_ slot: CompletionSlot, _ candidates: @escaping () -> [Candidate]) -> CompletionOffer {
        CompletionOffer(slot: slot, isQuick: false, candidates: candidates)
    }

    /// The R in `get PATH R`, when the cursor has gone back to PATH.
    private var exchangeBehindCursor: String? {
        var scanner = EntryScanner(after)
        scanner.skipBlanks()
        let word = scanner.readWord()
        // For `last` and without a word the same is read.
        return word.scalars.isEmpty || word.plain.first == "-" || word.text == "last" ? nil : word.text
    }
}

extension ArgumentReader {
    /// The words taken that are neither flags nor items.
    var words: [String] {
        arguments.compactMap { argument in
            guard case .word(let word) = argument else { return nil }
            return word
        }
    }
}
