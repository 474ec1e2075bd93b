/// Reads the lines of an entry and the commands of a line.
struct LineParser {
    var scanner: EntryScanner
    let context: GrammarContext
    private var commands: [ParsedCommand] = []
    private var isFirstLine = true

    init(scanner: EntryScanner, context: GrammarContext) {
        self.scanner = scanner
        self.context = context
    }

    mutating func parse() throws(GrammarError) -> [ParsedCommand] {
        while true {
            try parseLine()
            guard !scanner.isAtEnd else { return commands }
            scanner.advance()
            isFirstLine = false
        }
    }

    private mutating func parseLine() throws(GrammarError) {
        scanner.skipBlanks()
        if scanner.peek() == "#" { return scanner.skipLine() }
        var isAtLineStart = true
        while !scanner.isAtLineEnd {
            if scanner.peek() == ";" {
                scanner.advance()
            } else {
                try parseCommand(isAtLineStart: isAtLineStart)
            }
            isAtLineStart = false
            scanner.skipBlanks()
        }
    }

    private mutating func parseCommand(isAtLineStart: Bool) throws(GrammarError) {
        let start = scanner.offset
        let isInAlias = scanner.isInAlias
        do throws(GrammarError) { try parseCommand(isAtLineStart: isAtLineStart, from: start) } catch {
            // What an alias stands for is not what was typed.
            throw isInAlias || scanner.isInAlias ? error : scanner.mended(error, from: start)
        }
    }

    private mutating func parseCommand(isAtLineStart: Bool, from start: Int) throws(GrammarError) {
        let line = scanner.line
        var isAlias = scanner.isInAlias
        while true {
            if isAtLineStart, scanner.peek() == "!" {
                return append(try parseShell(), from: start, line: line)
            }
            let verb = try scanner.readCompleteWord()
            if !isAlias, let text = aliasText(of: verb) {
                scanner.replace(wordAt: start, with: text)
                isAlias = true
                scanner.skipBlanks()
                if scanner.isAtCommandEnd { return }
                continue
            }
            let action = try parseAction(verb, isFirstLine: isFirstLine)
            let sink = try parseSink()
            return append(action, sink: sink, from: start, line: line)
        }
    }

    private func aliasText(of word: LexedWord) -> String? {
        guard word.plainCount == word.scalars.count, context.catalog[word.text] == nil else { return nil }
        return context.aliases[word.text]
    }

    private mutating func append(
        _ action: ParsedCommand.Action,
        sink: ParsedCommand.Sink? = nil,
        from start: Int,
        line: Int
    ) {
        let source = scanner.source(from: start)
        commands.append(ParsedCommand(line: line, source: source, action: action, sink: sink))
    }
}

extension LineParser {
    private mutating func parseShell() throws(GrammarError) -> ParsedCommand.Action {
        let start = scanner.offset
        scanner.advance()
        guard scanner.peek() == "!" else {
            let rest = try scanner.readRest(keepsBackslashes: true)[...].trimmingBlanks()
            guard !rest.isEmpty else {
                throw GrammarError(
                    .missingShellCommand,
                    "! needs a shell command",
                    at: start,
                    try: "!ls"
                )
            }
            return .shell(String(scalars: rest))
        }
        scanner.advance()
        scanner.skipBlanks()
        guard scanner.isAtLineEnd else {
            throw GrammarError(.unexpectedWord, "!! stands alone on its line", at: scanner.offset, try: "!!")
        }
        return .repeatLast
    }

    private mutating func parseAction(
        _ verb: LexedWord,
        isFirstLine: Bool,
    ) throws(GrammarError) -> ParsedCommand.Action {
        if verb.plain.first == "?" { return try parseHelp(verb) }
        if let item = RequestItem(verb), item.op != .header { return try parseBareItems(item, verb) }
        let spec = try context.command(named: verb, next: scanner)
        if spec.name == "set", let parameter = scanner.readTextParameter(of: context.textParameters) {
            let value = try scanner.readFreeText(toEntryEnd: isFirstLine)
            return .freeText(parameter: parameter, value: value)
        }
        var reader = ArgumentReader(spec: spec)
        var first: LexedWord?
        while let word = try scanner.nextArgument(isPath: reader.takesPathNext) {
            do throws(GrammarError) { try reader.take(word) } catch {
                throw first.flatMap { context.misspelled($0, of: spec, error) } ?? error
            }
            first = first ?? word
            guard spec.takesRest, reader.wordCount == 1 else { continue }
            let rest = try scanner.readRest(keepsBackslashes: true)[...]
            let text = FreeText.unquoted(rest)
            return .run(verb: spec.name, arguments: reader.arguments + (text.isEmpty ? [] : [.word(text)]))
        }
        return try reader.finish()
    }

    private mutating func parseHelp(_ verb: LexedWord) throws(GrammarError) -> ParsedCommand.Action {
        var topic = String(scalars: verb.scalars.dropFirst())
        while let word = try scanner.nextArgument() {
            guard topic.isEmpty else {
                throw .unexpected(word, "? takes one name", try: "?\(topic.clipped)")
            }
            topic = word.text
        }
        return .help(topic.isEmpty ? nil : topic)
    }

    private mutating func parseBareItems(
        _ first: RequestItem,
        _ verb: LexedWord
    ) throws(GrammarError) -> ParsedCommand.Action {
        var items = [first]
        var place = verb.offset
        while let word = try scanner.nextArgument() {
            guard let item = RequestItem(word) else { throw .notAnItem(word, after: items.last, at: place) }
            place = word.offset
            items.append(item)
        }
        return .items(items)
    }

    private mutating func parseSink() throws(GrammarError) -> ParsedCommand.Sink? {
        let start = scanner.offset
        switch scanner.peek() {
        case "|":
            scanner.advance()
            let rest = try scanner.readRest(keepsBackslashes: true)[...].trimmingBlanks()
            guard !rest.isEmpty else {
                throw GrammarError(
                    .missingSinkTarget,
                    "| needs a shell command behind it",
                    at: start,
                    try: "help quoting",
                    mend: .ending(" less")
                )
            }
            return .pipe(String(scalars: rest))
        case ">":
            return try parseFileSink(from: start)
        default:
            return nil
        }
    }

    private mutating func parseFileSink(from start: Int) throws(GrammarError) -> ParsedCommand.Sink {
        scanner.advance()
        let appends = scanner.peek() == ">"
        if appends { scanner.advance() }
        guard let word = try scanner.nextArgument(), !word.scalars.isEmpty else {
            let sign = appends ? ">>" : ">"
            throw GrammarError(
                .missingSinkTarget,
                "\(sign) needs a file name behind it",
                at: start,
                try: "help quoting",
                mend: .ending(" out.txt")
            )
        }
        scanner.skipBlanks()
        guard scanner.isAtCommandEnd else {
            throw GrammarError(
                .textAfterSink,
                "only ; or the line's end may follow the file name",
                at: scanner.offset,
                try: "help quoting",
                mend: .without
            )
        }
        return appends ? .append(path: word.text) : .write(path: word.text)
    }
}

extension EntryScanner {
    /// The next word of the command; nil at its end or before a sink.
    fileprivate mutating func nextArgument(isPath: Bool = false) throws(GrammarError) -> LexedWord? {
        skipBlanks()
        guard !isAtCommandEnd, peek() != "|", peek() != ">" else { return nil }
        return try readCompleteWord(isPath: isPath && peek() == ".")
    }

    /// A word in which nothing is left open.
    fileprivate mutating func readCompleteWord(isPath: Bool = false) throws(GrammarError) -> LexedWord {
        let word = isPath ? readPath() : readWord()
        if let open = word.open { throw .unterminated(open) }
        return word
    }
}
