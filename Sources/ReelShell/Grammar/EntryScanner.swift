/// A place in an entry.
///
/// Works on scalars, not Characters: a combining mark behind a quotation mark must not hide it.
struct EntryScanner {
    private let input: [Unicode.Scalar]
    private var index = 0
    private var alias: [Unicode.Scalar] = []
    private var aliasIndex = 0
    private var aliasStart = 0
    /// The line of the entry, from 1.
    private(set) var line = 1

    init(_ input: [Unicode.Scalar]) {
        self.input = input
    }

    /// Whether what comes next is from an alias.
    ///
    /// Words from there are not replaced again, so that the text read is bounded by the input and the aliases.
    var isInAlias: Bool { aliasIndex < alias.count }

    /// The place in the entry; inside an alias, of the word it replaced.
    var offset: Int { isInAlias ? aliasStart : index }

    /// What was typed from `start` to here, without blanks at its ends.
    func source(from start: Int) -> String {
        String(scalars: input[min(start, index)..<index].trimmingBlanks())
    }

    /// The error with what to try made from what was typed at `start` and behind.
    func mended(_ error: GrammarError, from start: Int) -> GrammarError { error.mended(in: input, from: start) }

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let ahead = alias.count - aliasIndex
        if distance < ahead { return alias[aliasIndex + distance] }
        let position = index + distance - ahead
        return position < input.count ? input[position] : nil
    }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            if isInAlias {
                aliasIndex += 1
            } else if index < input.count {
                if input[index] == "\n" { line += 1 }
                index += 1
            }
        }
    }

    /// Reads `text` next, in place of the word that began at `start` and has just been read.
    mutating func replace(wordAt start: Int, with text: String) {
        alias = Array(text.unicodeScalars)
        aliasIndex = 0
        aliasStart = start
    }

    var isAtEnd: Bool { peek() == nil }

    var isAtLineEnd: Bool { isAtEnd || peek() == "\n" }

    /// Whether the command is over: the line's end or `;`.
    var isAtCommandEnd: Bool { isAtLineEnd || peek() == ";" }

    func isNext(_ text: String) -> Bool {
        for (distance, scalar) in text.unicodeScalars.enumerated() where peek(distance) != scalar {
            return false
        }
        return true
    }

    /// Skips blanks within the line, continuations included.
    mutating func skipBlanks() {
        while let scalar = peek() {
            if scalar.isBlank {
                advance()
            } else if scalar == "\\", peek(1) == "\n" {
                advance(2)
            } else {
                return
            }
        }
    }

    mutating func skipLine() {
        while !isAtLineEnd { advance() }
    }
}

extension Unicode.Scalar {
    /// A blank within a line; the carriage return is there for files with CRLF.
    var isBlank: Bool { self == " " || self == "\t" || self == "\r" }

    /// Whether an unquoted word ends here.
    var endsWord: Bool { isBlank || self == "\n" || self == ";" || self == "|" || self == ">" }

    var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

    var isNameStart: Bool { isASCIILetter || self == "_" }

    /// Letters, digits, `_`, and what stands inside header names and `raw.NAME`.
    var isNamePart: Bool { isNameStart || ("0"..."9").contains(self) || self == "-" || self == "." }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self = String(view)
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Without blanks and newlines at both ends.
    func trimmingBlanks() -> Self {
        var trimmed = self
        while let last = trimmed.last, last.isBlank || last == "\n" { trimmed.removeLast() }
        while let first = trimmed.first, first.isBlank || first == "\n" { trimmed.removeFirst() }
        return trimmed
    }
}
