extension Lexer {
    /// The number whose first byte is at `start`.
    @inline(__always) mutating func number(in bytes: RawSpan, at start: Int) -> Lexeme {
        let first = bytes.byte(at: start)
        // Nearly every number is an integer that the chunk holds whole: no state to keep.
        if first != UInt8(ascii: "-"), first != UInt8(ascii: "0") {
            var index = start &+ 1
            while index < bytes.byteCount, bytes.byte(at: index).isDigit { index &+= 1 }
            if index < bytes.byteCount, bytes.byte(at: index).isDelimiter {
                finishValue(at: index)
                return Lexeme(kind: .number, start: start, end: index)
            }
        }
        return slowNumber(in: bytes, at: start, first)
    }

    @inline(never) private mutating func slowNumber(in bytes: RawSpan, at start: Int, _ first: UInt8) -> Lexeme {
        numberState = first == UInt8(ascii: "-") ? .minus : first == UInt8(ascii: "0") ? .zero : .integer
        cutToken = .none
        return continueNumber(in: bytes, pieceStart: start, from: start + 1)
    }

    /// Reads on in a number, whose state is in `numberState`, until it or the chunk ends.
    mutating func continueNumber(in bytes: RawSpan, pieceStart: Int, from start: Int) -> Lexeme {
        let isFirstPiece = cutToken == .none
        var index = start
        var state = numberState
        while index < bytes.byteCount {
            let byte = bytes.byte(at: index)
            if byte.isDigit, state == .integer || state == .fraction {
                index &+= 1
                continue
            }
            guard let next = state.next(byte) else {
                guard state.isComplete, byte.isDelimiter else {
                    return fail(state == .zero && byte.isDigit ? .leadingZero : .invalidNumber, index, byte)
                }
                break
            }
            state = next
            index &+= 1
        }
        if index == bytes.byteCount {
            numberState = state
            cutToken = .number
            guard isLastChunk else {
                position = index
                return Lexeme(
                    kind: .number,
                    start: pieceStart,
                    end: index,
                    isFirstPiece: isFirstPiece,
                    isLastPiece: false
                )
            }
            guard state.isComplete else { return fail(.unexpectedEnd, index, nil) }
        }
        cutToken = .none
        finishValue(at: index)
        return Lexeme(kind: .number, start: pieceStart, end: index, isFirstPiece: isFirstPiece)
    }
}
