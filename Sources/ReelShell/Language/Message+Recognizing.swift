extension Message {
    /// The sentence that `text` is, of those that modules below the shell make; else `text` itself, untranslated.
    ///
    /// They know no languages: their sentences are told apart by what stands between the values.
    package init(recognizing text: String) {
        for key in Phrasebook.foreignSentences {
            guard let values = Self.values(in: text, by: key) else { continue }
            // Behind a colon stands the reason, a sentence of its own.
            var said = values.map(Value.text)
            if let reason = values.last, key.hasSuffix(": {}") {
                said[said.count - 1] = .message(Message(recognizing: reason))
            }
            self.init(key: key, values: said)
            return
        }
        if text.hasSuffix(".") {
            let sentence = Message(recognizing: String(text.dropLast()))
            if sentence.key != "{}" {
                self = "\(sentence)."
                return
            }
        }
        self.init(verbatim: text)
    }

    /// A sentence of a table, in which words in capitals stand for values.
    package init(template: String, _ words: [String: String]) {
        var (key, rest) = ("", template[...])
        var values: [Value] = []
        while let next = words.keys.compactMap({ word in rest.firstRange(of: word).map { (word, $0) } })
            .min(by: { $0.1.lowerBound < $1.1.lowerBound })
        {
            key += rest[..<next.1.lowerBound] + "{}"
            values.append(.text(words[next.0] ?? ""))
            rest = rest[next.1.upperBound...]
        }
        self.init(key: key + rest, values: values)
    }

    private init(key: String, values: [Value]) {
        self.key = key
        self.values = values
    }

    /// What stands in `text` where `key` has `{}`; nil if it is another sentence.
    private static func values(in text: String, by key: String) -> [String]? {
        let parts = key.split(separator: "{}", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return text == key ? [] : nil }
        guard let first = parts.first, let last = parts.last, text.hasPrefix(first), text.hasSuffix(last),
            text.utf8.count >= first.utf8.count + last.utf8.count
        else { return nil }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        var values: [String] = []
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return nil }
            values.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return values + [String(rest)]
    }
}
