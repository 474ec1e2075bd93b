/// A token of a JSON text: what it is, which bytes are its own, and how deep it stands.
public struct JSONToken: Sendable, Hashable {
    /// The kinds of tokens.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `{`
        case beginObject
        /// `}`
        case endObject
        /// `[`
        case beginArray
        /// `]`
        case endArray
        /// A member name, with its quotes.
        case key
        /// A string value, with its quotes.
        case string
        /// A number.
        case number
        /// `true` or `false`.
        case bool
        /// `null`
        case null
    }

    /// What the token is.
    public let kind: Kind
    /// Where its bytes stand in the text.
    public let range: Range<Int>
    /// How many brackets are open around it; a bracket counts itself out.
    public let depth: Int

    /// The class by which a view colours the token.
    public var colorClass: JSONColorClass {
        switch kind {
        case .beginObject, .endObject, .beginArray, .endArray: .punctuation
        case .key: .key
        case .string: .string
        case .number: .number
        case .bool: .bool
        case .null: .null
        }
    }
}

/// Reads a text token by token and checks the whole grammar of RFC 8259 on the way, without recursion.
///
/// Commas and colons are not reported: they stand in the gaps, and the kinds on both sides say which.
public struct JSONTokenizer: Sendable {
    /// The text.
    public let bytes: [UInt8]
    private var lexer: Lexer

    /// Starts at the beginning of `bytes`.
    ///
    /// With `allowsSeveralValues`, any number of top-level values may follow each other, as in NDJSON.
    public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits(), allowsSeveralValues: Bool = false) {
        self.bytes = bytes
        lexer = Lexer(depthLimit: limits.depth, allowsSeveralValues: allowsSeveralValues, isLastChunk: true)
    }

    /// The next token, or nil after the last one.
    public mutating func next() throws(JSONError) -> JSONToken? {
        if let error = lexer.error { throw error }
        let text = bytes
        let lexeme = lexer.next(in: text.span.bytes)
        let kind: JSONToken.Kind
        switch lexeme.kind {
        case .beginObject: kind = .beginObject
        case .endObject: kind = .endObject
        case .beginArray: kind = .beginArray
        case .endArray: kind = .endArray
        case .key: kind = .key
        case .string: kind = .string
        case .number: kind = .number
        case .yes, .no: kind = .bool
        case .null: kind = .null
        case .exhausted: return nil
        case .failed:
            guard let error = lexer.error else { return nil }
            throw error
        }
        let isOpening = kind == .beginObject || kind == .beginArray
        return JSONToken(
            kind: kind,
            range: lexeme.start..<lexeme.end,
            depth: isOpening ? lexer.nesting.depth - 1 : lexer.nesting.depth
        )
    }
}
