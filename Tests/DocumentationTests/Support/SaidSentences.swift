/// The literals of a source file that are said to people: the arguments of `ShellFailure`, `GrammarError`, `confirm`,
/// `note`, `tell`, `said` and `remark` that are messages, what is assigned to `what`, `why` and to a `Message`, and what
/// functions return that make one.
struct SaidSentences {
    private let source: [Character]
    private(set) var keys: [String] = []

    static let shellCalls = ["ShellFailure(", "GrammarError(", "confirm(", "note(", "tell(", "remark(", "said("]

    /// Labels of arguments that are no messages.
    private static let others: Set<String> = [
        "tries", "try", "mend", "code", "kind", "place", "at", "json", "exchange",
    ]

    private let calls: [String]

    /// Reads a source of the shell, or with `calls` what other calls say.
    init(_ text: String, calls: [String] = Self.shellCalls) {
        self.calls = calls
        source = Array(text)
        var index = 0
        while index < source.count {
            if isComment(at: index) {
                while index < source.count, source[index] != "\n" { index += 1 }
            } else if let open = callOpening(at: index) {
                index = readArguments(from: open)
            } else if let start = bodyOpening(at: index) {
                let before = keys.count
                index = readArguments(from: start)
                // Words alone are values that are compared or named.
                keys[before...].removeAll { !$0.contains(" ") }
            } else if let start = assignment(at: index) {
                index = readStatement(from: start)
            } else if source[index] == "\"" {
                index = literal(at: index).end
            } else {
                index += 1
            }
        }
        keys.removeAll { !$0.replacing("{}", with: "").contains(where: \.isLetter) }
    }

    private func has(_ word: String, at index: Int) -> Bool {
        index + word.count <= source.count && zip(word, source[index...]).allSatisfy { $0 == $1 }
    }

    private func isComment(at index: Int) -> Bool { has("//", at: index) }

    /// The place behind the parenthesis of a call that makes something said.
    private func callOpening(at index: Int) -> Int? {
        if index > 0, source[index - 1].isLetter || source[index - 1] == "_" { return nil }
        for name in calls
        where has(name, at: index) {
            return index + name.count
        }
        return nil
    }

    private func assignment(at index: Int) -> Int? {
        for name in [".what = ", ".what += ", ".why = ", ".why += ", ": Message = ", ": Message =\n"]
        where has(name, at: index) { return index + name.count }
        return nil
    }

    /// The place behind the brace of a function that makes messages.
    private func bodyOpening(at index: Int) -> Int? {
        for name in [
            "-> Message {", "-> [Message] {", "-> Message? {", "-> [Message]? {", ": Message {", ": [Message] {",
        ]
        where has(name, at: index) { return index + name.count }
        return nil
    }

    private mutating func readArguments(from start: Int) -> Int {
        var (index, depth, label) = (start, 1, "")
        while depth > 0, index < source.count {
            switch source[index] {
            case "/" where isComment(at: index):
                while index < source.count, source[index] != "\n" { index += 1 }
                continue
            case "." where has(".tries = ", at: index):
                while index < source.count, source[index] != "\n" { index += 1 }
                continue
            case let character where character.isLetter && callOpening(at: index) != nil:
                index = readArguments(from: callOpening(at: index) ?? index)
                continue
            case "\"":
                let (key, end) = literal(at: index)
                if !Self.others.contains(label) { keys.append(key) }
                index = end
                continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "," where depth == 1: label = ""
            case let character where depth == 1 && character.isLetter:
                let word = source[index...].prefix { $0.isLetter || $0.isNumber }
                index += word.count
                if index < source.count, source[index] == ":", label.isEmpty { label = String(word) }
                continue
            default: break
            }
            index += 1
        }
        return index
    }

    private mutating func readStatement(from start: Int) -> Int {
        var (index, depth) = (start, 0)
        while index < source.count, source[index] != "\n" || depth > 0 || isContinued(behind: index) {
            guard source[index] == "\"" else {
                if source[index] == "{" { depth += 1 } else if source[index] == "}" { depth -= 1 }
                index += 1
                continue
            }
            let (key, end) = literal(at: index)
            keys.append(key)
            index = end
        }
        return index
    }

    /// Whether the next line goes on with the statement: a choice, a sum, or the value below its `=`.
    private func isContinued(behind newline: Int) -> Bool {
        let next = source[(newline + 1)...].first { !$0.isWhitespace }
        let last = source[..<newline].last { !$0.isWhitespace }
        return next.map { "?:+".contains($0) } == true || last == "="
    }

    /// The literal that begins at `start` with `{}` for interpolations, and where it ends.
    private func literal(at start: Int) -> (key: String, end: Int) {
        let mark = has("\"\"\"", at: start) ? "\"\"\"" : "\""
        var (key, index) = ("", start + mark.count)
        while index < source.count, !has(mark, at: index) {
            guard source[index] == "\\", index + 1 < source.count else {
                key.append(source[index])
                index += 1
                continue
            }
            if source[index + 1] == "(" {
                index = end(ofInterpolation: index + 2)
                key += "{}"
            } else {
                let escaped: [Character: String] = ["n": "\n", "t": "\t", "\n": ""]
                let isLineEnd = source[index + 1] == "\n"
                key += escaped[source[index + 1]] ?? String(source[index + 1])
                index += 2
                // The margin of a line that goes on is no part of the text.
                while isLineEnd, index < source.count, source[index] == " " { index += 1 }
            }
        }
        guard mark.count == 3 else { return (key, index + 1) }
        let lines = key.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let margin = lines.last?.count ?? 0
        return (lines.dropLast().map { $0.dropFirst(margin) }.joined(separator: "\n"), index + 3)
    }

    private func end(ofInterpolation start: Int) -> Int {
        var (index, depth) = (start, 1)
        while depth > 0, index < source.count {
            switch source[index] {
            case "\"":
                index = literal(at: index).end
                continue
            case "(": depth += 1
            case ")": depth -= 1
            default: break
            }
            index += 1
        }
        return index
    }
}
