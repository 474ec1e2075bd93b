/// Where in the grammar the cursor stands, found by reading the text before it.
enum CursorPlace {
    /// Where nothing can be completed: comments, shell commands, unknown commands.
    case nothing
    /// In the first word of a command.
    case verb(LexedWord)
    /// In a word behind `?`.
    case helpTopic(LexedWord)
    /// In an item behind other bare items.
    case bareItem(LexedWord)
    /// In a word of a command; the reader has taken the words before.
    case argument(LexedWord, ArgumentReader)
    /// In the file name behind `>`.
    case file(LexedWord)
    /// In the value of a text parameter.
    case freeText
}

/// Reads an unfinished entry as the parser would, going on where the parser would stop at an error.
struct CursorFinder {
    private var scanner: EntryScanner
    private let context: GrammarContext
    private var isLineStart = true
    private var isFirstLine = true

    init(_ before: [Unicode.Scalar], context: GrammarContext) {
        scanner = EntryScanner(before)
        self.context = context
    }

    mutating func find() -> CursorPlace {
        while true {
            scanner.skipBlanks()
            guard let next = scanner.peek() else { return .verb(LexedWord(offset: scanner.offset)) }
            if next == "\n" {
                scanner.advance()
                isLineStart = true
                isFirstLine = false
            } else if next == ";" {
                scanner.advance()
                isLineStart = false
            } else if isLineStart, next == "#" || next == "!" {
                scanner.skipLine()
                if scanner.isAtEnd { return .nothing }
            } else if let place = findInCommand() {
                return place
            }
        }
    }

    /// The place, if the cursor is in the command that begins here; else the command has been read.
    private mutating func findInCommand() -> CursorPlace? {
        isLineStart = false
        var verb = nextWord()
        if scanner.isAtEnd { return verb.map(CursorPlace.verb) ?? .nothing }
        if let text = verb.flatMap({ context.catalog[$0.text] == nil ? context.aliases[$0.text] : nil }) {
            scanner.replace(wordAt: scanner.offset, with: text)
            scanner.skipBlanks()
            verb = scanner.readWord()
        }
        guard let verb, !verb.scalars.isEmpty else { return skipCommand() }
        if verb.plain.first == "?" { return findInWords { .helpTopic($0) } }
        if let item = RequestItem(verb), item.op != .header { return findInWords { .bareItem($0) } }
        guard case .found(let spec) = context.catalog.resolve(verb.text, allowsPrefix: context.allowsPrefixes) else {
            return skipCommand()
        }
        if spec.name == "set", scanner.readTextParameter(of: context.textParameters) != nil {
            return findInFreeText()
        }
        var reader = ArgumentReader(spec: spec)
        let place = findInWords(before: { try? reader.take($0) }, at: { .argument($0, reader) })
        if spec.takesRest, case .argument(_, let reader) = place, reader.wordCount > 0 { return .nothing }
        return place
    }

    private mutating func findInFreeText() -> CursorPlace? {
        if scanner.isNext(TextBlock.mark) {
            guard TextBlock.read(from: &scanner) != nil else { return .freeText }
            scanner.skipLine()
        } else {
            guard (try? scanner.readFreeText(toEntryEnd: isFirstLine)) != nil else { return .freeText }
        }
        return scanner.isAtEnd ? .freeText : nil
    }

    /// Reads words up to the one at the cursor; nil if the command ends before.
    private mutating func findInWords(
        before take: (LexedWord) -> Void = { _ in },
        at place: (LexedWord) -> CursorPlace,
    ) -> CursorPlace? {
        while true {
            scanner.skipBlanks()
            switch scanner.peek() {
            case nil: return place(LexedWord(offset: scanner.offset))
            case "\n", ";": return nil
            case "|": return skipCommand()
            case ">": return findInSink()
            default: break
            }
            let word = nextWord()
            if scanner.isAtEnd { return word.map(place) ?? .nothing }
            if let word { take(word) }
        }
    }

    private mutating func findInSink() -> CursorPlace? {
        while scanner.peek() == ">" { scanner.advance() }
        scanner.skipBlanks()
        let word = nextWord()
        return scanner.isAtEnd ? word.map(CursorPlace.file) ?? .nothing : skipCommand()
    }

    private mutating func skipCommand() -> CursorPlace? {
        while !scanner.isAtCommandEnd {
            if scanner.peek() == "|" {
                scanner.skipLine()
            } else if scanner.readWord().scalars.isEmpty, !scanner.isAtCommandEnd {
                scanner.advance()
            }
        }
        return scanner.isAtEnd ? .nothing : nil
    }

    /// A word; nil if its text does not tell where it stands, as parts come from an alias or other lines.
    private mutating func nextWord() -> LexedWord? {
        let isInAlias = scanner.isInAlias
        let word = scanner.readWord()
        guard !isInAlias || !scanner.isAtEnd else { return nil }
        return word.isJoined && scanner.isAtEnd ? nil : word
    }
}
