/// What the lexer found in one step: a token, a piece of one that a chunk cut, or why there is none.
struct Lexeme {
    enum Kind: UInt8 {
        case beginObject
        case endObject
        case beginArray
        case endArray
        case key
        case string
        case number
        case yes
        case no
        case null
        /// The chunk is used up.
        case exhausted
        /// The text is not JSON; `Lexer.failure` says why.
        case failed
    }

    var kind: Kind
    /// Offsets into the chunk.
    var start: Int
    var end: Int
    /// Both true for a whole token.
    var isFirstPiece = true
    var isLastPiece = true

    @inline(__always) var isWhole: Bool { isFirstPiece && isLastPiece }
}
