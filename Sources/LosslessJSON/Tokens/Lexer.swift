/// The grammar of RFC 8259 as a state machine over chunks; the document, the tokenizer and the formatter run on it.
///
/// Commas and colons are consumed, not reported: the kinds of the tokens on both sides say which one stood there.
/// A token that a chunk cuts is reported in pieces, so no text is kept and a string may be longer than memory.
struct Lexer: Sendable {
    /// What may come next between tokens.
    enum Expectation: UInt8 {
        case topLevelValue
        case topLevelEnd
        case memberValue
        case element
        case firstElement
        case firstKey
        case key
        case colon
        case commaOrEnd
    }

    /// The token in which the last chunk ended.
    enum CutToken: UInt8 {
        case none
        case key
        case string
        case number
        case literal
        case byteOrderMark
    }

    let depthLimit: Int
    /// Whether several top-level values may follow each other, and none is no error.
    let allowsSeveralValues: Bool
    /// Whether no chunk will follow, so that a number may end with the text.
    var isLastChunk: Bool

    var position = 0
    var expectation = Expectation.topLevelValue
    var nesting = Nesting()
    var cutToken = CutToken.none
    /// Whether the last string contained a backslash.
    var hasEscapes = false
    var stringState = StringState.plain
    var numberState = NumberState.minus
    var literal = Lexeme.Kind.null
    var matchedBytes = 0

    private(set) var failure: (code: JSONError.Code, offset: Int, found: UInt8?)?
    /// Bytes in the chunks before this one.
    private var base = 0
    private var line = 1
    private var lineStart = 0
    /// UTF-8 continuation bytes on this line, which count for offsets but not for columns.
    var continuationBytes = 0
    /// Whether a byte order mark was skipped.
    private(set) var hasByteOrderMark = false

    init(depthLimit: Int, allowsSeveralValues: Bool, isLastChunk: Bool) {
        self.depthLimit = depthLimit
        self.allowsSeveralValues = allowsSeveralValues
        self.isLastChunk = isLastChunk
    }

    /// Says that the chunk of `byteCount` bytes is used up and another one follows.
    mutating func beginChunk(after byteCount: Int) {
        base += byteCount
        position = 0
    }

    /// The failure as callers see it.
    var error: JSONError? {
        guard let failure else { return nil }
        return JSONError(
            code: failure.code,
            offset: failure.offset,
            line: line,
            column: failure.offset - lineStart - continuationBytes + 1,
            found: failure.found
        )
    }

    /// The next token, piece of a token, or the end of the chunk.
    @inline(__always) mutating func next(in bytes: RawSpan) -> Lexeme {
        if cutToken != .none { return resume(in: bytes) }
        var index = skipWhitespace(in: bytes, from: position)
        guard index < bytes.byteCount else { return exhausted(at: index) }
        var byte = bytes.byte(at: index)
        if expectation == .commaOrEnd {
            guard byte == .comma else { return close(byte, at: index) }
            expectation = nesting.isInObject ? .key : .element
            index = skipWhitespace(in: bytes, from: index &+ 1)
            guard index < bytes.byteCount else { return exhausted(at: index) }
            byte = bytes.byte(at: index)
        }
        switch expectation {
        case .firstKey:
            guard byte == .quote else { return close(byte, at: index) }
        case .key:
            guard byte == .quote else { return fail(byte == .closeBrace ? .trailingComma : .expectedKey, index, byte) }
        case .colon:
            guard byte == .colon else { return fail(.expectedColon, index, byte) }
            expectation = .memberValue
            index = skipWhitespace(in: bytes, from: index &+ 1)
            guard index < bytes.byteCount else { return exhausted(at: index) }
            byte = bytes.byte(at: index)
        case .firstElement:
            if byte == .closeBracket { return close(byte, at: index) }
        case .topLevelEnd:
            guard allowsSeveralValues else { return fail(.trailingContent, index, byte) }
        default: break
        }
        if byte == .quote {
            let isKey = expectation == .key || expectation == .firstKey
            return string(in: bytes, at: index, as: isKey ? .key : .string)
        }
        return value(byte, in: bytes, at: index)
    }

    /// A value that is no string.
    @inline(__always) private mutating func value(_ byte: UInt8, in bytes: RawSpan, at index: Int) -> Lexeme {
        switch byte {
        case .openBrace, .openBracket:
            guard nesting.depth < depthLimit else { return fail(.tooDeep, index, byte) }
            let isObject = byte == .openBrace
            nesting.open(object: isObject)
            expectation = isObject ? .firstKey : .firstElement
            position = index &+ 1
            return Lexeme(kind: isObject ? .beginObject : .beginArray, start: index, end: index &+ 1)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return number(in: bytes, at: index)
        case UInt8(ascii: "t"): return literal(.yes, in: bytes, at: index)
        case UInt8(ascii: "f"): return literal(.no, in: bytes, at: index)
        case UInt8(ascii: "n"): return literal(.null, in: bytes, at: index)
        default: return unexpected(byte, in: bytes, at: index)
        }
    }

    @inline(__always) private mutating func close(_ byte: UInt8, at index: Int) -> Lexeme {
        let isObject = nesting.isInObject
        guard byte == (isObject ? .closeBrace : .closeBracket) else {
            if byte == .closeBrace || byte == .closeBracket { return fail(.mismatchedBracket, index, byte) }
            return fail(expectation == .firstKey ? .expectedKey : .expectedCommaOrEnd, index, byte)
        }
        nesting.close()
        finishValue(at: index &+ 1)
        return Lexeme(kind: isObject ? .endObject : .endArray, start: index, end: index &+ 1)
    }

    /// Notes that a value ended before `index`.
    @inline(__always) mutating func finishValue(at index: Int) {
        expectation = nesting.depth == 0 ? .topLevelEnd : .commaOrEnd
        position = index
    }

    @inline(__always) private mutating func skipWhitespace(in bytes: RawSpan, from start: Int) -> Int {
        if start < bytes.byteCount, bytes.byte(at: start) > .space { return start }
        return skipWhitespaceRun(in: bytes, from: start)
    }

    @inline(never) private mutating func skipWhitespaceRun(in bytes: RawSpan, from start: Int) -> Int {
        var index = start
        while index < bytes.byteCount {
            let byte = bytes.byte(at: index)
            if byte > .space { break }
            if byte == .newline {
                line &+= 1
                lineStart = base &+ index &+ 1
                continuationBytes = 0
                index = bytes.endOfSpaces(from: index &+ 1)
            } else if byte == .space || byte == 0x0D || byte == 0x09 {
                index &+= 1
            } else {
                break
            }
        }
        return index
    }

    /// Ends the chunk at `index`, which is the end of the text if no chunk follows.
    mutating func exhausted(at index: Int) -> Lexeme {
        position = index
        if isLastChunk {
            let isBetweenValues = nesting.depth == 0 && cutToken == .none
            if isBetweenValues, expectation == .topLevelValue, !allowsSeveralValues { return fail(.empty, index, nil) }
            if !isBetweenValues || (expectation != .topLevelEnd && expectation != .topLevelValue) {
                return fail(.unexpectedEnd, index, nil)
            }
        }
        return Lexeme(kind: .exhausted, start: index, end: index)
    }

    /// Records why the text is not JSON.
    @inline(never) mutating func fail(_ code: JSONError.Code, _ index: Int, _ found: UInt8?) -> Lexeme {
        if failure == nil { failure = (code, base + index, found) }
        return Lexeme(kind: .failed, start: index, end: index)
    }

    @inline(never) private mutating func unexpected(_ byte: UInt8, in bytes: RawSpan, at index: Int) -> Lexeme {
        let offset = base + index
        if offset == 0, byte == 0xEF {
            cutToken = .byteOrderMark
            matchedBytes = 1
            position = index + 1
            return resume(in: bytes)
        }
        // A NUL beside the first character, or a UTF-16 mark: naming the encoding beats naming the byte.
        if offset == 0 && byte >= 0xFE || offset <= 1 && byte == 0 { return fail(.unsupportedEncoding, index, byte) }
        if byte == .closeBrace || byte == .closeBracket {
            if expectation == .element, byte == .closeBracket { return fail(.trailingComma, index, byte) }
            if expectation == .element || expectation == .firstElement { return fail(.mismatchedBracket, index, byte) }
        }
        return fail(.unexpectedByte, index, byte)
    }

    @inline(never) private mutating func resume(in bytes: RawSpan) -> Lexeme {
        guard position < bytes.byteCount || isLastChunk else {
            return Lexeme(kind: .exhausted, start: position, end: position)
        }
        switch cutToken {
        case .key: return continueString(in: bytes, pieceStart: position, from: position, as: .key)
        case .string: return continueString(in: bytes, pieceStart: position, from: position, as: .string)
        case .number: return continueNumber(in: bytes, pieceStart: position, from: position)
        case .literal: return continueLiteral(in: bytes, pieceStart: position)
        case .byteOrderMark: return continueByteOrderMark(in: bytes)
        case .none: return exhausted(at: position)
        }
    }

    private mutating func continueByteOrderMark(in bytes: RawSpan) -> Lexeme {
        while matchedBytes < 3 {
            guard position < bytes.byteCount else { return exhausted(at: position) }
            let byte = bytes.byte(at: position)
            guard byte == (matchedBytes == 1 ? 0xBB : 0xBF) else { return fail(.unexpectedByte, position, byte) }
            matchedBytes += 1
            position += 1
        }
        cutToken = .none
        hasByteOrderMark = true
        lineStart = 3
        return next(in: bytes)
    }
}
