extension GrammarError {
    init(_ code: Code, _ message: Message, at offset: Int, try suggestion: String, mend: GrammarMend? = nil) {
        self.init(
            code: code,
            message: message,
            line: 1,
            column: offset + 1,
            offset: offset,
            suggestion: suggestion,
            mend: mend
        )
    }

    /// Whether more text could mend the entry.
    var isIncomplete: Bool {
        switch code {
        case .unterminatedQuote, .unterminatedBlock, .trailingBackslash: true
        default: false
        }
    }

    /// With line and column of its offset.
    func located(in entry: [Unicode.Scalar]) -> Self {
        let before = entry.prefix(offset)
        var located = self
        located.line = before.count { $0 == "\n" } + 1
        located.column = offset - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0) + 1
        return located
    }

    static func unterminated(_ open: LexedWord.Opening) -> Self {
        switch open {
        case .single(let offset):
            Self(
                .unterminatedQuote,
                "the quote ' is not closed",
                at: offset,
                try: "(close the quote: ')",
                mend: .ending("'")
            )
        case .double(let offset):
            Self(
                .unterminatedQuote,
                "the quote \" is not closed",
                at: offset,
                try: "(close the quote: \")",
                mend: .ending("\"")
            )
        case .block(let offset):
            Self(
                .unterminatedBlock,
                "the block \"\"\" is not closed",
                at: offset,
                try: "(end the text with \"\"\")",
                mend: .ending("\"\"\"")
            )
        case .backslash(let offset):
            Self(
                .trailingBackslash,
                "the entry ends in a \\ and nothing follows",
                at: offset,
                try: "(write \\\\ for the sign)",
                mend: .withoutLast
            )
        }
    }

    static func unexpected(
        _ word: LexedWord,
        _ rule: Message,
        try suggestion: String,
        mend: GrammarMend? = nil
    ) -> Self {
        Self(
            .unexpectedWord,
            "\(rule), so \"\(word.text.clipped)\" is one too many",
            at: word.offset,
            try: suggestion,
            mend: mend
        )
    }

    /// A word where an item should stand; mostly the rest of a value with blanks, else of a prompt.
    static func notAnItem(_ word: LexedWord, after item: RequestItem?, at place: Int?) -> Self {
        let name = item.map { $0.name + $0.op.rawValue } ?? "prompt="
        let start = place ?? word.offset
        return Self(
            .unexpectedWord,
            "\"\(word.text.clipped)\" is not an item such as seed=7",
            at: word.offset,
            try: "help items",
            mend: .value(
                name: name,
                from: start,
                valueFrom: item == nil ? start : start + name.unicodeScalars.count
            )
        )
    }
}

extension GrammarContext {
    /// The command that `word` names; `next` is what follows it, to recognise `seed = 7`.
    func command(named word: LexedWord, next: EntryScanner? = nil) throws(GrammarError) -> CommandSpec {
        let text = word.text
        switch catalog.resolve(text, allowsPrefix: allowsPrefixes) {
        case .found(let spec):
            return spec
        case .ambiguous(let names):
            throw GrammarError(
                .ambiguousCommand,
                "\"\(text.clipped)\" could be \(names.joined(separator: ", "))",
                at: word.offset,
                try: names.first ?? "help",
                mend: names.first.map(GrammarMend.word)
            )
        case .unknown(let nearest):
            let own = suggestion(for: word, next: next)
            let meant = nearest ?? nearestAlias(to: text)
            throw GrammarError(
                .unknownCommand,
                unknownMessage(word, meant),
                at: word.offset,
                try: own ?? meant ?? "help",
                mend: own == nil ? meant.map(GrammarMend.word) : nil
            )
        }
    }

    /// `set promt a cat`: the name is what is wrong, and no word is one too many.
    func misspelled(_ name: LexedWord, of spec: CommandSpec, _ error: GrammarError) -> GrammarError? {
        let known = parameters.union(textParameters)
        guard spec.name == "set", error.code == .unexpectedWord, !known.contains(name.text),
            let meant = CommandCatalog.nearest(to: name.text, in: known.sorted())
        else { return nil }
        return GrammarError(
            .unexpectedWord,
            "there is no parameter \(name.text.clipped)",
            at: name.offset,
            try: "set \(meant) VALUE",
            mend: .word(meant)
        )
    }

    private func unknownMessage(_ word: LexedWord, _ meant: String?) -> Message {
        let text = word.text
        switch text {
        case "": return "a command is missing here"
        case _ where text.hasPrefix("#"): return "# begins a comment only at a line's start"
        case _ where text.hasPrefix("!"): return "! begins a shell command only at a line's start"
        default: break
        }
        guard let meant, meant.hasPrefix(text), let spec = catalog[meant] else {
            return "unknown command \"\(text.clipped)\""
        }
        // Whoever is used to prefixes should learn why this one does not do.
        guard allowsPrefixes else { return "unknown command \"\(text.clipped)\"; scripts need full names" }
        return spec.isBillable
            ? "\"\(text)\" is too short: what may be billed needs \(spec.minimumPrefix) letters at least"
            : "unknown command \"\(text.clipped)\""
    }

    private func suggestion(for word: LexedWord, next: EntryScanner?) -> String? {
        let text = word.text
        // The line below an error, pasted as it stands there.
        if text == "try:", let next, let line = rest(next) { return line }
        if let item = RequestItem(word) { return "set \(item.description.clipped)" }
        if text == "clear" || text == "cls" { return "!clear" }
        if text.hasPrefix("!") { return text.unicodeScalars.count > 1 ? text.clipped : "!ls" }
        guard var next, word.plain.first?.isNameStart == true else { return nil }
        next.skipBlanks()
        let isText = textParameters.contains(text)
        if let op = [":=", "="].first(where: next.isNext) {
            next.advance(op.unicodeScalars.count)
            next.skipBlanks()
            if isText, op == "=" { return "set \(text) \(rest(next) ?? "TEXT")" }
            let value = next.readWord()
            return value.open == nil && !value.scalars.isEmpty
                ? Quoting.item(text, op == "=" ? .assign : .json, value.text) : "describe \(text)"
        }
        if isText { return "set \(text) \(rest(next) ?? "TEXT")" }
        guard parameters.contains(text) else { return nil }
        return rest(next).map { "set \(text) \($0)" } ?? "describe \(text)"
    }

    /// What is left of the line; nil where nothing is.
    private func rest(_ scanner: EntryScanner) -> String? {
        var scanner = scanner
        let rest = (try? scanner.readRest(keepsBackslashes: true))?[...].trimmingBlanks() ?? []
        return rest.isEmpty || rest.count > 150 ? nil : String(scalars: rest)
    }

    private func nearestAlias(to text: String) -> String? {
        CommandCatalog.nearest(to: text, in: aliases.keys.sorted())
    }
}

extension String {
    /// Short enough for a message.
    var clipped: String { clipped(to: 48) }

    /// At most `count` scalars of it.
    func clipped(to count: Int) -> String {
        unicodeScalars.count <= count ? self : String(scalars: unicodeScalars.prefix(count - 3)) + "..."
    }
}
