extension Lexer {
    /// The string whose opening quote is at `start`.
    @inline(__always) mutating func string(in bytes: RawSpan, at start: Int, as kind: Lexeme.Kind) -> Lexeme {
        hasEscapes = false
        let end = bytes.endOfPlainRun(from: start &+ 1)
        if end < bytes.byteCount, bytes.byte(at: end) == .quote {
            return finishString(kind, start, end &+ 1, in: bytes)
        }
        return slowString(in: bytes, pieceStart: start, from: end, as: kind)
    }

    @inline(__always) private mutating func finishString(
        _ kind: Lexeme.Kind,
        _ start: Int,
        _ end: Int,
        in bytes: RawSpan
    ) -> Lexeme {
        if kind == .string {
            finishValue(at: end)
        } else if end < bytes.byteCount, bytes.byte(at: end) == .colon {
            // A colon right behind the name is taken with it, and saves a turn.
            expectation = .memberValue
            position = end &+ 1
        } else {
            expectation = .colon
            position = end
        }
        return Lexeme(kind: kind, start: start, end: end)
    }

    /// A string with escapes, text that is not ASCII, or no end in this chunk.
    @inline(never) private mutating func slowString(
        in bytes: RawSpan,
        pieceStart: Int,
        from start: Int,
        as kind: Lexeme.Kind
    ) -> Lexeme {
        stringState = .plain
        cutToken = .none
        return continueString(in: bytes, pieceStart: pieceStart, from: start, as: kind)
    }

    /// Reads on in a string, whose state is in `stringState`, until it or the chunk ends.
    mutating func continueString(
        in bytes: RawSpan,
        pieceStart: Int,
        from start: Int,
        as kind: Lexeme.Kind
    ) -> Lexeme {
        let isFirstPiece = cutToken == .none
        var index = start
        var state = stringState
        while true {
            if state == .plain {
                index = skipText(in: bytes, from: index)
                guard index < bytes.byteCount else { break }
                if bytes.byte(at: index) == .quote {
                    cutToken = .none
                    var lexeme = finishString(kind, pieceStart, index &+ 1, in: bytes)
                    lexeme.isFirstPiece = isFirstPiece
                    return lexeme
                }
            }
            guard index < bytes.byteCount else { break }
            let byte = bytes.byte(at: index)
            switch state.next(byte) {
            case .success(let next):
                if next == .escape { hasEscapes = true }
                if byte & 0xC0 == 0x80 { continuationBytes &+= 1 }
                state = next
            case .failure(let fault): return fail(fault.code, index, byte)
            }
            index &+= 1
        }
        stringState = state
        cutToken = kind == .key ? .key : .string
        if isLastChunk { return fail(.unexpectedEnd, index, nil) }
        position = index
        return Lexeme(kind: kind, start: pieceStart, end: index, isFirstPiece: isFirstPiece, isLastPiece: false)
    }

    /// Skips plain ASCII and whole UTF-8 sequences.
    @inline(__always) private mutating func skipText(in bytes: RawSpan, from start: Int) -> Int {
        var index = start
        var skipped = 0
        while true {
            let sequence = bytes.lengthOfSequence(at: index)
            if sequence > 0 {
                index &+= sequence
                skipped &+= sequence &- 1
                continue
            }
            let end = bytes.endOfPlainRun(from: index)
            if end == index { break }
            index = end
        }
        continuationBytes &+= skipped
        return index
    }
}
