/// A text between `"""` and `"""`, taken as it is over any number of lines.
enum TextBlock {
    static let mark = "\"\"\""

    /// Reads from the opening mark to behind the closing one; nil, at the entry's end, if there is none.
    ///
    /// A newline right behind the opening mark and one right before the closing mark belong to the marks.
    static func read(from scanner: inout EntryScanner) -> ArraySlice<Unicode.Scalar>? {
        scanner.advance(3)
        var text: [Unicode.Scalar] = []
        while let scalar = scanner.peek() {
            // Of more than three marks in a row the last three close, so that a text may end in one.
            if scalar == "\"", scanner.isNext(mark), scanner.peek(3) != "\"" {
                scanner.advance(3)
                var content = text[...]
                if content.first == "\n" { content.removeFirst() }
                if content.last == "\n" { content.removeLast() }
                return content
            }
            text.append(scalar)
            scanner.advance()
        }
        return nil
    }
}

extension EntryScanner {
    /// Reads the name of a text parameter and the blanks behind it, if a value follows on the line; else moves nowhere.
    mutating func readTextParameter(of names: Set<String>) -> String? {
        var ahead = self
        ahead.skipBlanks()
        var name: [Unicode.Scalar] = []
        while let scalar = ahead.peek(), !scalar.isBlank, scalar != "\n", scalar != "\\", name.count < 128 {
            name.append(scalar)
            ahead.advance()
        }
        let text = String(scalars: name)
        guard names.contains(text) else { return nil }
        let isSeparated = ahead.peek().map { $0.isBlank || $0 == "\\" } ?? false
        ahead.skipBlanks()
        guard isSeparated, !ahead.isAtLineEnd else { return nil }
        self = ahead
        return text
    }

    /// Reads the value of a text parameter: a block, or the rest of the line or of the entry.
    ///
    /// Nothing in it has a meaning but `\` at a line's end: before the newline it joins lines, doubled it is one `\`.
    mutating func readFreeText(toEntryEnd: Bool) throws(GrammarError) -> String {
        guard isNext(TextBlock.mark) else {
            return FreeText.trimmed(try readRest(toEntryEnd: toEntryEnd, keepsBackslashes: false)[...])
        }
        let start = offset
        guard let text = TextBlock.read(from: &self) else { throw .unterminated(.block(start)) }
        skipBlanks()
        guard isAtLineEnd else {
            throw GrammarError(
                .textAfterBlock,
                "nothing may follow the closing \"\"\" on its line",
                at: offset,
                try: "(begin a new line after \"\"\")",
            )
        }
        return String(scalars: text)
    }

    /// Reads to the line's end, or the entry's, over lines that end in an odd number of `\`.
    mutating func readRest(
        toEntryEnd: Bool = false,
        keepsBackslashes: Bool,
    ) throws(GrammarError) -> [Unicode.Scalar] {
        var rest: [Unicode.Scalar] = []
        var backslashes = 0
        while true {
            let scalar = peek()
            guard scalar == nil || scalar == "\n" else {
                backslashes = scalar == "\\" ? backslashes + 1 : 0
                if let scalar { rest.append(scalar) }
                advance()
                continue
            }
            let isContinued = backslashes % 2 == 1
            if isContinued, scalar == nil { throw .unterminated(.backslash(offset - 1)) }
            if !keepsBackslashes { rest.removeLast(backslashes - backslashes / 2) }
            backslashes = 0
            guard scalar != nil, isContinued || toEntryEnd else { return rest }
            if !isContinued || keepsBackslashes { rest.append("\n") }
            advance()
        }
    }
}

enum FreeText {
    /// Without outer blanks and without one pair of `'` or `"` around the whole, as one would quote it in a shell.
    static func unquoted(_ text: ArraySlice<Unicode.Scalar>) -> String {
        let trimmed = text.trimmingBlanks()
        let inner = trimmed.dropFirst().dropLast()
        guard trimmed.count >= 2, trimmed.first == "'", trimmed.last == "'", !inner.contains("'") else {
            return Self.trimmed(text)
        }
        return String(scalars: inner)
    }

    /// Without outer blanks, or exactly what one pair of `"` around the whole encloses.
    static func trimmed(_ text: ArraySlice<Unicode.Scalar>) -> String {
        let trimmed = text.trimmingBlanks()
        let inner = trimmed.dropFirst().dropLast()
        guard trimmed.count >= 2, trimmed.first == "\"", trimmed.last == "\"", !inner.contains("\"") else {
            return String(scalars: trimmed)
        }
        return String(scalars: inner)
    }
}
