extension GrammarError {
    init(_ code: Code, _ message: Message, at offset: Int, try suggestion: String) {
        self.init(
            code: code,
            message: message,
            line: 1,
            column: offset + 1,
            offset: offset,
            suggestion: suggestion,
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
            Self(.unterminatedQuote, "the quote ' is not closed", at: offset, try: "a closing ', or \\' for the sign")
        case .double(let offset):
            Self(
                .unterminatedQuote,
                "the quote \" is not closed",
                at: offset,
                try: "a closing \", or \\\" for the sign",
            )
        case .block(let offset):
            Self(.unterminatedBlock, "the block \"\"\" is not closed", at: offset, try: "a closing \"\"\"")
        case .backslash(let offset):
            Self(.trailingBackslash, "the entry ends in a \\ and nothing follows", at: offset, try: "\\\\ for the sign")
        }
    }

    static func unexpected(_ word: LexedWord, _ rule: Message, try suggestion: String) -> Self {
        Self(.unexpectedWord, "\(rule), so \"\(word.text.clipped)\" is one too many", at: word.offset, try: suggestion)
    }

    static func notAnItem(_ word: LexedWord, after item: RequestItem?) -> Self {
        let example = item.map { "\($0.name)\($0.op.rawValue)\"\($0.value.clipped) \(word.text.clipped)\"" }
        return Self(
            .unexpectedWord,
            "\"\(word.text.clipped)\" is not an item such as seed=7",
            at: word.offset,
            try: example ?? "NAME=VALUE, in quotes if the value has blanks",
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
            )
        case .unknown(let nearest):
            throw GrammarError(
                .unknownCommand,
                unknownMessage(text),
                at: word.offset,
                try: suggestion(for: word, next: next) ?? nearest ?? nearestAlias(to: text) ?? "help",
            )
        }
    }

    private func unknownMessage(_ text: String) -> Message {
        switch text {
        case "": "a command is missing here"
        case _ where text.hasPrefix("#"): "# begins a comment only at a line's start"
        default: "unknown command \"\(text.clipped)\""
        }
    }

    private func suggestion(for word: LexedWord, next: EntryScanner?) -> String? {
        if let item = RequestItem(word) { return "set \(item.description.clipped)" }
        let text = word.text
        if text == "clear" || text == "cls" { return "Ctrl-L, or !clear" }
        if var next {
            next.skipBlanks()
            if next.isNext("=") || next.isNext(":="), word.plain.first?.isNameStart == true {
                return "\(text.clipped)=VALUE, without blanks around ="
            }
        }
        return textParameters.contains(text) ? "set \(text) ..." : nil
    }

    private func nearestAlias(to text: String) -> String? {
        CommandCatalog.nearest(to: text, in: aliases.keys.sorted())
    }
}

extension String {
    /// Short enough for a message.
    var clipped: String {
        unicodeScalars.count <= 48 ? self : String(scalars: unicodeScalars.prefix(45)) + "..."
    }
}
