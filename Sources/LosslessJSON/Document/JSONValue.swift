/// A value in a document: a view, cheap to copy, that keeps the document alive.
public struct JSONValue: Sendable, CustomStringConvertible {
    /// The six kinds of values.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Members in braces.
        case object
        /// Elements in brackets.
        case array
        /// Text in quotes.
        case string
        /// A number.
        case number
        /// `true` or `false`.
        case bool
        /// `null`
        case null
    }

    let tape: Tape
    let index: Int

    var node: TapeNode { tape.nodes[index] }

    /// What kind of value this is.
    public var kind: Kind {
        switch tape.firstByte(index) {
        case .openBrace: .object
        case .openBracket: .array
        case .quote: .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// The value's own bytes, as they stand in the document; the indices are offsets into it.
    public var rawBytes: ArraySlice<UInt8> { tape.slice(index) }

    /// The value's own text, as it stands in the document.
    public var rawText: String { String(decoding: rawBytes, as: UTF8.self) }

    /// The value's own text.
    public var description: String { rawText }

    /// The text of a string with its escapes decoded; a lone surrogate becomes U+FFFD.
    ///
    /// Nil for other kinds.
    public var string: String? {
        tape.firstByte(index) == .quote ? tape.decodedString(index) : nil
    }

    /// The spelling of a number.
    ///
    /// Nil for other kinds.
    public var numberText: String? { kind == .number ? rawText : nil }

    /// A number that is an integer and fits, whatever its spelling: `5`, `5.0` and `50e-1` are all 5.
    ///
    /// Nil for other kinds, for fractions and for what does not fit. Never rounded: 2^53 + 1 stays.
    public var int: Int? { kind == .number ? DecimalNumber.integer(rawBytes) : nil }

    /// A number as the nearest `Double`.
    ///
    /// Nil for other kinds, and for numbers beyond its range such as `1e400`.
    public var double: Double? {
        guard let text = numberText, let double = Double(text), double.isFinite else { return nil }
        return double
    }

    /// `true` or `false`.
    ///
    /// Nil for other kinds: `"true"` and 1 are not Booleans.
    public var bool: Bool? {
        switch tape.firstByte(index) {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    /// Whether this is `null`.
    public var isNull: Bool { tape.firstByte(index) == UInt8(ascii: "n") }

    /// How many members or elements there are, duplicates counted; 0 for other kinds.
    public var count: Int {
        switch tape.firstByte(index) {
        case .openBrace, .openBracket: Int(node.count)
        default: 0
        }
    }

    /// The document this value is part of.
    public var document: JSONDocument { JSONDocument(tape: tape) }
}
