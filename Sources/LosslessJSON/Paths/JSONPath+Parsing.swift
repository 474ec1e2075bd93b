/// Why a text is not a path, and where.
public struct JSONPathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong with the text.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// No text; the value itself is `.`.
        case empty
        /// A dot without a name behind it.
        case expectedName
        /// Something between two steps that begins neither.
        case unexpectedCharacter
        /// A bracket holding neither a place nor a name in double quotes.
        case invalidIndex
        /// A bracket that is not closed.
        case unclosedBracket
        /// A quoted name that is not a JSON string.
        case invalidName
    }

    /// What was wrong.
    public let code: Code
    /// The text.
    public let text: String
    /// Where, in UTF-8 bytes from the beginning of the text.
    public let offset: Int

    /// One full sentence.
    public var description: String {
        let problem =
            switch code {
            case .empty: "a path needs at least \".\""
            case .expectedName: "expected a member name"
            case .unexpectedCharacter: "expected \".\" or \"[\""
            case .invalidIndex: "expected a number, a name in double quotes, or nothing between the brackets"
            case .unclosedBracket: "a bracket is not closed"
            case .invalidName: "the name in quotes is not a JSON string"
            }
        return "The path \"\(text)\" is malformed at byte \(offset): \(problem)."
    }
}

extension JSONPath {
    /// Reads a path that somebody typed.
    public init(parsing text: String) throws(JSONPathError) {
        // Literals in a provider are read for each reply, and nearly all are one plain word.
        if let key = Self.plainWord(text) {
            self.init([.key(key)])
            return
        }
        var parser = PathParser(text: text)
        self.init(try parser.steps())
    }
}

extension JSONPath {
    private static func plainWord(_ text: String) -> String? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0.isDigit || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_") })
        else { return nil }
        return text
    }
}

private struct PathParser {
    let text: String
    let bytes: [UInt8]
    var position = 0

    init(text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    mutating func steps() throws(JSONPathError) -> [JSONPath.Step] {
        guard let first = bytes.first else { throw error(.empty) }
        if bytes.count == 1, first == UInt8(ascii: ".") { return [] }
        var steps: [JSONPath.Step] = []
        // The dot before the first name may be missing; the dot before a first bracket may stand.
        if first != UInt8(ascii: "."), first != .openBracket { steps.append(try name()) }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "."):
                position += 1
                if steps.isEmpty, position < bytes.count, bytes[position] == .openBracket { continue }
                steps.append(try name())
            case .openBracket: steps.append(try bracket())
            default: throw error(.unexpectedCharacter)
            }
        }
        return steps
    }

    private mutating func name() throws(JSONPathError) -> JSONPath.Step {
        if position < bytes.count, bytes[position] == .quote { return .key(try quotedName()) }
        let start = position
        while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
        guard position > start else { throw error(.expectedName) }
        return .key(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func bracket() throws(JSONPathError) -> JSONPath.Step {
        let start = position
        position += 1
        guard position < bytes.count else { throw error(.unclosedBracket, at: start) }
        let step: JSONPath.Step
        switch bytes[position] {
        case .closeBracket: step = .each
        case .quote: step = .key(try quotedName())
        default:
            let end = bytes[position...].firstIndex(of: .closeBracket)
            guard let end else { throw error(.unclosedBracket, at: start) }
            let digits = bytes[position..<end]
            // `Int` would take a plus sign, which no path has.
            guard digits.first != UInt8(ascii: "+"), let place = Int(String(decoding: digits, as: UTF8.self)) else {
                throw error(.invalidIndex)
            }
            step = .index(place)
            position = end
        }
        guard position < bytes.count else { throw error(.unclosedBracket, at: start) }
        guard bytes[position] == .closeBracket else { throw error(.invalidIndex) }
        position += 1
        return step
    }

    private mutating func quotedName() throws(JSONPathError) -> String {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != .quote {
            position += bytes[position] == .backslash ? 2 : 1
        }
        guard position < bytes.count else { throw error(.invalidName, at: start) }
        position += 1
        guard let name = try? JSONDocument(parsing: Array(bytes[start..<position])).root.string else {
            throw error(.invalidName, at: start)
        }
        return name
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == .openBracket || byte == .closeBracket || byte == .quote || byte <= .space
    }

    private func error(_ code: JSONPathError.Code, at offset: Int? = nil) -> JSONPathError {
        JSONPathError(code: code, text: text, offset: offset ?? position)
    }
}
