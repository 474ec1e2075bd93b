/// How an entry that cannot be read could be read; what to try is made of it and of what was typed.
enum GrammarMend: Sendable, Hashable {
    /// Another text in place of the word in question.
    case word(String)
    /// The command without that word.
    case without
    /// The command and something behind it.
    case ending(String)
    /// The command without its last character.
    case withoutLast
    /// The words up to the next item as the value of one, which begins with `name` and its operator; the value begins
    /// at that place.
    case value(name: String, from: Int, valueFrom: Int)
}

extension GrammarError {
    /// With the whole command to try, where it can be made from what was typed at `start` and behind.
    func mended(in entry: [Unicode.Scalar], from start: Int) -> Self {
        guard let mend, start <= offset, offset <= entry.count else { return self }
        var scanner = EntryScanner(entry)
        scanner.advance(offset)
        _ = scanner.readWord()
        let wordEnd = scanner.offset
        scanner.skipCommand()
        let (head, tail) = (entry[start..<offset], entry[wordEnd..<scanner.offset])
        let whole: [Unicode.Scalar]
        switch mend {
        case .word(let text): whole = Array(head) + Array(text.unicodeScalars) + Array(tail)
        case .without: whole = Array(head + tail.drop(while: \.isBlank))
        case .ending(let text):
            whole = Array(entry[start..<scanner.offset].trimmingBlanks()) + Array(text.unicodeScalars)
        case .withoutLast: whole = Array(entry[start..<scanner.offset].dropLast())
        case .value(let name, let from, let valueFrom):
            // An item of an alias does not stand in the entry, nor does one that goes over a line's end as it is read.
            guard from >= start, from <= valueFrom, valueFrom <= offset,
                valueFrom == from || entry[from..<valueFrom].elementsEqual(name.unicodeScalars),
                let value = Self.value(entry, from: valueFrom), value.end <= scanner.offset
            else { return self }
            let item = Array("\(name)\"\(value.text)\"".unicodeScalars)
            whole = Array(entry[start..<from]) + item + Array(entry[value.end..<scanner.offset])
        }
        return trying(String(scalars: whole[...].trimmingBlanks()))
    }

    /// The same for a command line, whose words the user's shell has split; `program` stands before them.
    func mended(in words: [String], program: String) -> Self {
        var words = words
        switch mend {
        case nil:
            let own = suggestion ?? "help"
            return trying(own.hasPrefix("reel ") ? program + own.dropFirst(4) : "\(program) \(own)")
        case .word(let text) where words.indices.contains(offset):
            let quoted = words.map(Programs.word)
            return trying(([program] + quoted[..<offset] + [text] + quoted[(offset + 1)...]).joined(separator: " "))
        case .without where words.indices.contains(offset):
            words.remove(at: offset)
        case .value(let name, let from, _) where words.indices.contains(from):
            let own = from == offset ? words[from] : String(words[from].dropFirst(name.count))
            let end =
                words[(from + 1)...].firstIndex { RequestItem(LexedWord(plain: $0, offset: 0)) != nil } ?? words.count
            words[from..<end] = [name + ([own] + words[(from + 1)..<end]).joined(separator: " ")]
        default: return self
        }
        return trying(([program] + words.map(Programs.word)).joined(separator: " "))
    }

    /// With another thing to try, unless that is no line that one would paste.
    private func trying(_ text: String) -> Self {
        guard !text.isEmpty, text.unicodeScalars.count <= 200, !text.contains(where: \.isNewline) else { return self }
        var error = self
        error.suggestion = text
        error.mend = nil
        return error
    }

    /// The words that are no items from a place on, and where they end.
    private static func value(_ entry: [Unicode.Scalar], from start: Int) -> (text: String, end: Int)? {
        var scanner = EntryScanner(entry)
        scanner.advance(start)
        var end = start
        while true {
            let word = scanner.readWord()
            if RequestItem(word) != nil, end > start { break }
            end = scanner.offset
            scanner.skipBlanks()
            if scanner.isAtCommandEnd || scanner.peek() == "|" || scanner.peek() == ">" { break }
        }
        let text = entry[start..<end]
        guard !text.contains(where: { "\"'\\$".unicodeScalars.contains($0) }) else { return nil }
        return (String(scalars: text), end)
    }
}

extension EntryScanner {
    /// Goes to the end of the command.
    mutating func skipCommand() {
        while !isAtCommandEnd {
            if peek() == "|" {
                skipLine()
            } else if readWord().scalars.isEmpty, !isAtCommandEnd {
                advance()
            }
        }
    }
}
