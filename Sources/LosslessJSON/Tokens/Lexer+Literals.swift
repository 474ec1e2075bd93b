extension Lexer {
    /// `true`, `false` or `null`, whose first byte is at `start`.
    @inline(__always) mutating func literal(_ kind: Lexeme.Kind, in bytes: RawSpan, at start: Int) -> Lexeme {
        let end = kind == .no ? start &+ 5 : start &+ 4
        if end < bytes.byteCount, bytes.byte(at: end).isDelimiter,
            bytes.halfWord(at: end &- 4) == Self.lastFourBytes(of: kind)
        {
            finishValue(at: end)
            return Lexeme(kind: kind, start: start, end: end)
        }
        return slowLiteral(kind, in: bytes, at: start)
    }

    @inline(never) private mutating func slowLiteral(
        _ kind: Lexeme.Kind,
        in bytes: RawSpan,
        at start: Int
    ) -> Lexeme {
        literal = kind
        matchedBytes = 1
        position = start + 1
        cutToken = .none
        return continueLiteral(in: bytes, pieceStart: start)
    }

    /// Reads on in `literal` until it, the byte that must follow it, or the chunk ends.
    mutating func continueLiteral(in bytes: RawSpan, pieceStart: Int) -> Lexeme {
        let isFirstPiece = cutToken == .none
        let spelling = Self.spelling(of: literal)
        while position < bytes.byteCount, matchedBytes < spelling.count {
            let byte = bytes.byte(at: position)
            guard byte == spelling[matchedBytes] else { return fail(.invalidLiteral, position, byte) }
            matchedBytes += 1
            position += 1
        }
        if position == bytes.byteCount {
            cutToken = .literal
            guard isLastChunk else {
                return Lexeme(
                    kind: literal,
                    start: pieceStart,
                    end: position,
                    isFirstPiece: isFirstPiece,
                    isLastPiece: false
                )
            }
            guard matchedBytes == spelling.count else { return fail(.unexpectedEnd, position, nil) }
        } else if !bytes.byte(at: position).isDelimiter {
            return fail(.invalidLiteral, position, bytes.byte(at: position))
        }
        cutToken = .none
        finishValue(at: position)
        return Lexeme(kind: literal, start: pieceStart, end: position, isFirstPiece: isFirstPiece)
    }

    /// Little-endian, as ``RawSpan/halfWord(at:)`` reads them; the first byte of `false` has been seen already.
    @inline(__always) private static func lastFourBytes(of kind: Lexeme.Kind) -> UInt32 {
        switch kind {
        case .yes: 0x6575_7274
        case .no: 0x6573_6C61
        default: 0x6C6C_756E
        }
    }

    private static func spelling(of kind: Lexeme.Kind) -> [UInt8] {
        switch kind {
        case .yes: Array("true".utf8)
        case .no: Array("false".utf8)
        default: Array("null".utf8)
        }
    }
}
