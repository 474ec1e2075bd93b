import LosslessJSON
import Testing

/// A JSON text with a name, as the cases of JSONTestSuite have them.
struct TextCase: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// For rejected texts: what is wrong, and at which byte.
    let code: JSONError.Code
    let offset: Int

    var testDescription: String { name }

    init(_ name: String, _ text: String) {
        self.init(name, Array(text.utf8), .empty, at: 0)
    }

    init(_ name: String, _ bytes: [UInt8]) {
        self.init(name, bytes, .empty, at: 0)
    }

    init(_ name: String, _ text: String, _ code: JSONError.Code, at offset: Int) {
        self.init(name, Array(text.utf8), code, at: offset)
    }

    init(_ name: String, _ bytes: [UInt8], _ code: JSONError.Code, at offset: Int) {
        self.name = name
        self.bytes = bytes
        self.code = code
        self.offset = offset
    }
}

/// The text of bytes, for comparisons that print.
func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

/// The root of a text.
func parsed(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root }

/// The tokens of a text as (kind, bytes).
func tokens(_ bytes: [UInt8]) throws -> [String] {
    var tokenizer = JSONTokenizer(bytes, allowsSeveralValues: true)
    var tokens: [String] = []
    while let token = try tokenizer.next() { tokens.append("\(token.kind) \(text(bytes[token.range]))") }
    return tokens
}

/// What the formatter makes of chunks.
func formatted(_ chunks: [ArraySlice<UInt8>], style: JSONFormatter.Style = .pretty) throws -> [UInt8] {
    var formatter = JSONFormatter(style: style)
    var output: [UInt8] = []
    for chunk in chunks { try formatter.append(chunk, to: &output) }
    try formatter.finish(to: &output)
    return output
}
