/// The words of a POSIX command line, as a person pastes one: quotes, backslashes, line continuations, `$'...'`.
enum ShellWords {
    struct Unclosed: Error {
        var quote: Character
    }

    static func split(_ text: String) throws(Unclosed) -> [String] {
        var words: [String] = []
        var word: String?
        // A line end of Windows is one character here, and inside of quotes a part of the word.
        var rest = Substring(text)
        func isBlank(_ character: Character) -> Bool { character.isNewline || character == " " || character == "\t" }
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let next = rest.popFirst() else { break }
                if !next.isNewline { word = (word ?? "") + String(next) }
            case "'":
                word = (word ?? "") + (try take(until: "'", &rest) { _ in nil })
            case "\"":
                word =
                    (word ?? "")
                    + (try take(until: "\"", &rest) { next in
                        "\"\\$`".contains(next) ? String(next) : next.isNewline ? "" : "\\\(next)"
                    })
            case "$" where rest.first == "'":
                rest.removeFirst()
                word = (word ?? "") + (try take(until: "'", &rest, escape))
            case "#" where word == nil:
                rest = rest.drop { !$0.isNewline }
            case let blank where isBlank(blank):
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// The text up to a closing quote; `escape` says what a backslash and the character behind it mean, nil for nothing.
    private static func take(
        until quote: Character,
        _ rest: inout Substring,
        _ escape: (Character) -> String?
    ) throws(Unclosed) -> String {
        var out = ""
        // Bytes that are written one by one and make characters together.
        var bytes: [UInt8] = []
        while let character = rest.popFirst() {
            if !bytes.isEmpty, character != "\\" || rest.first != "x" {
                out += String(decoding: bytes, as: UTF8.self)
                bytes = []
            }
            if character == quote { return out }
            guard character == "\\", let next = rest.first, let meant = escape(next) else {
                out.append(character)
                continue
            }
            rest.removeFirst()
            if meant == "\\u" || meant == "\\x" {
                // Four or two digits, as browsers write what is not ASCII.
                let digits = rest.prefix(meant == "\\u" ? 4 : 2)
                rest = rest.dropFirst(digits.count)
                if meant == "\\x" {
                    if let byte = UInt8(digits, radix: 16) { bytes.append(byte) }
                } else if let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) {
                    out.unicodeScalars.append(scalar)
                }
            } else {
                out += meant
            }
        }
        throw Unclosed(quote: quote)
    }

    private static func escape(_ character: Character) -> String? {
        switch character {
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case "u": "\\u"
        case "x": "\\x"
        default: String(character)
        }
    }
}
