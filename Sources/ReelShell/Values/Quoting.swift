/// Writes a text as a word that the grammar reads back as the same text.
enum Quoting {
    /// `text` as it must be typed: plain if it can be, else in quotes.
    static func word(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isPlain = !text.isEmpty && scalars.allSatisfy { !$0.endsWord && !"'\"\\".unicodeScalars.contains($0) }
        // A leading `$` would be a reference, `-` a flag, `#`, `!` and `?` have meanings at a line's start.
        if isPlain, let first = scalars.first, !"$-#!?".unicodeScalars.contains(first) { return text }
        guard scalars.contains("'") else { return "'\(text)'" }
        let escaped = scalars.flatMap { scalar -> [Unicode.Scalar] in
            "\"\\$".unicodeScalars.contains(scalar) ? ["\\", scalar] : [scalar]
        }
        return "\"\(String(scalars: escaped))\""
    }

    /// `name=value` as one word.
    static func item(_ name: String, _ op: RequestItem.Operator, _ value: String) -> String {
        // Unquoted, a value such as `@x` or `=x` would make another operator.
        let first = value.unicodeScalars.first
        let isPart = first == "=" || first == "@"
        let word = word(value)
        return name + op.rawValue + (isPart && word == value ? "'\(value)'" : word)
    }
}
