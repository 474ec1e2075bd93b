/// Why a text is not JSON, and where.
///
/// `description` is one sentence that names the place, the byte found there and what was expected.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong with the text.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing but white space.
        case empty
        /// The text stopped inside a value: a truncated reply, usually.
        case unexpectedEnd
        /// A byte that cannot begin a value.
        case unexpectedByte
        /// More text after the one value a document may hold.
        case trailingContent
        /// A member name that is not a string in double quotes.
        case expectedKey
        /// Something other than `:` after a member name.
        case expectedColon
        /// Something other than `,` or the closing bracket after a value.
        case expectedCommaOrEnd
        /// A comma with nothing after it before the closing bracket.
        case trailingComma
        /// `}` where `]` was due, or the reverse.
        case mismatchedBracket
        /// Letters that are not `true`, `false` or `null`.
        case invalidLiteral
        /// A number that RFC 8259 section 6 does not allow.
        case invalidNumber
        /// A number with a zero before its other digits.
        case leadingZero
        /// A backslash before a character that has no escape.
        case invalidEscape
        /// `\u` without four hexadecimal digits.
        case invalidUnicodeEscape
        /// A byte below 0x20 inside a string.
        case controlCharacter
        /// A byte sequence in a string that is not UTF-8.
        case invalidUTF8
        /// Text in UTF-16 or UTF-32.
        case unsupportedEncoding
        /// More brackets open at once than ``JSONLimits/depth`` allows.
        case tooDeep
        /// More bytes than ``JSONLimits/bytes`` allows.
        case tooLarge
    }

    /// What was wrong.
    public let code: Code
    /// The first offending byte, counted from 0.
    ///
    /// The length of the text when it ended too early.
    public let offset: Int
    /// The line of `offset`, counted from 1.
    ///
    /// Lines end at U+000A.
    public let line: Int
    /// The column of `offset`, counted from 1 in Unicode scalars, so that an editor finds it.
    public let column: Int
    /// The byte at `offset`, or nil at the end of the text.
    public let found: UInt8?

    /// Makes an error from its parts.
    public init(code: Code, offset: Int, line: Int, column: Int, found: UInt8? = nil) {
        self.code = code
        self.offset = offset
        self.line = line
        self.column = column
        self.found = found
    }

    /// One full sentence.
    ///
    /// Such as `Not valid JSON at line 3, column 9 (byte 41): expected ":" after the member name, found "}".`
    public var description: String {
        let place = "Not valid JSON at line \(line), column \(column) (byte \(offset))"
        switch code {
        case .empty, .unexpectedEnd, .tooLarge: return "\(place): \(code.explanation)."
        default:
            return found.map { "\(place): \(code.explanation), found \(Self.name(of: $0))." }
                ?? "\(place): \(code.explanation)."
        }
    }

    private static func name(of byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return "\"\(Unicode.Scalar(byte))\"" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x\(byte < 16 ? "0" : "")\(digits)"
    }
}

extension JSONError.Code {
    /// What was expected, as the second half of a sentence.
    var explanation: String {
        switch self {
        case .empty: "the text holds no value"
        case .unexpectedEnd: "the text ends before its value is complete"
        case .unexpectedByte: "expected a value"
        case .trailingContent: "expected nothing more after the value"
        case .expectedKey: "expected a member name in double quotes"
        case .expectedColon: "expected \":\" after the member name"
        case .expectedCommaOrEnd: "expected \",\" or the closing bracket after a value"
        case .trailingComma: "expected another value after \",\""
        case .mismatchedBracket: "the closing bracket does not match the opening one"
        case .invalidLiteral: "expected true, false or null"
        case .invalidNumber: "the number is malformed"
        case .leadingZero: "a number must not begin with a zero followed by digits"
        case .invalidEscape: "no escape sequence has this character after the backslash"
        case .invalidUnicodeEscape: "expected four hexadecimal digits after \\u"
        case .controlCharacter: "control characters in a string must be escaped"
        case .invalidUTF8: "the string is not valid UTF-8"
        case .unsupportedEncoding: "the text is not UTF-8 but looks like UTF-16 or UTF-32"
        case .tooDeep: "the nesting exceeds the limit"
        case .tooLarge: "the text exceeds the size limit"
        }
    }
}
