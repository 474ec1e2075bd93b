/// A word with quotes and escapes read.
struct LexedWord: Hashable {
    /// What it says.
    var scalars: [Unicode.Scalar] = []
    /// How many scalars at the beginning were neither quoted nor escaped; names and operators lie there.
    var plainCount = 0
    /// Whether the scalar after the plain ones is only itself, being escaped or in `'...'` or a block.
    var isLiteralAfterPlain = false
    /// Whether a continuation in the middle makes its places differ from those of the entry.
    var isJoined = false
    /// Where it begins in the entry.
    var offset: Int
    /// What was still open at the entry's end.
    var open: Opening?

    var text: String { String(scalars: scalars) }

    /// The unquoted beginning.
    var plain: ArraySlice<Unicode.Scalar> { scalars[..<plainCount] }

    init(offset: Int) {
        self.offset = offset
    }

    /// A word without any quoting, as from a command line.
    init(plain text: String, offset: Int) {
        scalars = Array(text.unicodeScalars)
        plainCount = scalars.count
        self.offset = offset
    }

    /// What may be left open, and where it began.
    enum Opening: Hashable {
        case single(Int)
        case double(Int)
        case block(Int)
        case backslash(Int)
    }
}

extension EntryScanner {
    /// Reads a word, up to an unquoted blank, newline, `;`, `|` or `>`; possibly none.
    mutating func readWord() -> LexedWord {
        var word = LexedWord(offset: offset)
        var isPlain = true
        while let scalar = peek(), !scalar.endsWord, word.open == nil {
            switch scalar {
            case "'":
                isPlain = false
                readSingleQuoted(into: &word)
            case "\"":
                isPlain = false
                if isNext(TextBlock.mark) {
                    readBlock(into: &word)
                } else {
                    readDoubleQuoted(into: &word)
                }
            case "\\" where peek(1) == "\n":
                word.isJoined = true
                advance(2)
            case "\\":
                isPlain = false
                readEscaped(into: &word)
            default:
                word.scalars.append(scalar)
                if isPlain { word.plainCount += 1 }
                advance()
            }
        }
        return word
    }

    /// Reads a path as it stands; blanks and signs in `["..."]` do not end it.
    mutating func readPath() -> LexedWord {
        var word = LexedWord(offset: offset)
        var quote: Int?
        while let scalar = peek(), scalar != "\n", quote != nil || !scalar.endsWord {
            if scalar == "\"", quote != nil || word.scalars.last == "[" { quote = quote == nil ? offset : nil }
            word.scalars.append(scalar)
            advance()
            if quote != nil, scalar == "\\", let next = peek(), next != "\n" {
                word.scalars.append(next)
                advance()
            }
        }
        word.plainCount = word.scalars.count
        if let quote { word.open = .double(quote) }
        return word
    }

    private mutating func readEscaped(into word: inout LexedWord) {
        let start = offset
        advance()
        guard let scalar = peek() else {
            word.open = .backslash(start)
            return
        }
        word.appendLiteral(scalar)
        advance()
    }

    private mutating func readSingleQuoted(into word: inout LexedWord) {
        let start = offset
        advance()
        while let scalar = peek() {
            advance()
            if scalar == "'" { return }
            word.appendLiteral(scalar)
        }
        word.open = .single(start)
    }

    private mutating func readDoubleQuoted(into word: inout LexedWord) {
        let start = offset
        advance()
        while let scalar = peek() {
            advance()
            switch scalar {
            case "\"":
                return
            case "\\":
                readEscapeInQuotes(into: &word)
            default:
                word.scalars.append(scalar)
            }
        }
        word.open = .double(start)
    }

    /// Reads what follows a `\` in `"..."`; an unknown escape stays as it is, as in sh.
    private mutating func readEscapeInQuotes(into word: inout LexedWord) {
        switch peek() {
        case "\n": break
        case "n": word.appendLiteral("\n")
        case "t": word.appendLiteral("\t")
        case let scalar? where scalar == "\"" || scalar == "\\" || scalar == "$": word.appendLiteral(scalar)
        case let scalar?:
            word.scalars.append("\\")
            word.scalars.append(scalar)
        case nil: return
        }
        advance()
    }

    private mutating func readBlock(into word: inout LexedWord) {
        let start = offset
        guard let text = TextBlock.read(from: &self) else {
            word.open = .block(start)
            return
        }
        for scalar in text { word.appendLiteral(scalar) }
    }
}

extension LexedWord {
    fileprivate mutating func appendLiteral(_ scalar: Unicode.Scalar) {
        if scalars.count == plainCount { isLiteralAfterPlain = true }
        scalars.append(scalar)
    }
}
