/// What stands between the tokens, and the writing of both.
///
/// Output goes into a stage of fixed size, eight bytes at a time where possible, and from there in large pieces to the
/// caller's array: appending to an array costs more than finding the token did.
struct Layout: Sendable {
    /// What was written last.
    private enum Last: UInt8 {
        case nothing
        case opening
        case key
        case value
    }

    let style: JSONFormatter.Style
    private let indent: Int
    private let isPretty: Bool
    /// Whether tokens are written as they are, without colours or elision.
    private let isPlain: Bool
    private var last = Last.nothing
    private var depth = 0
    /// The columns before a token at this depth.
    private var lineWidth = 0
    /// How much of the stage is written.
    private var used = 0
    private var elider: StringElider?

    private static let shortToken = 256

    init(style: JSONFormatter.Style) {
        self.style = style
        indent = max(style.indent ?? 0, 0)
        isPretty = style.indent != nil
        isPlain = style.colors.isEmpty && style.elision == nil
    }

    /// Whether there has been a top-level value.
    var hasWrittenValue: Bool { last == .value }

    /// Lays out the tokens of a chunk.
    ///
    /// A failure is left in `lexer`.
    mutating func run(
        _ chunk: RawSpan,
        lexer: inout Lexer,
        stage: inout MutableRawSpan,
        output: inout [UInt8]
    ) {
        used = 0
        while true {
            let lexeme = lexer.next(in: chunk)
            if lexeme.kind == .exhausted || lexeme.kind == .failed { break }
            // One check of the room for everything that goes with a short token; see `writeQuickly`.
            if isPlain, lexeme.isWhole, lexeme.end &- lexeme.start <= Self.shortToken,
                lexeme.start &+ Self.shortToken &+ 8 <= chunk.byteCount,
                used &+ lineWidth &+ Self.shortToken &+ 32 <= stage.byteCount
            {
                writeQuickly(lexeme, of: chunk, to: &stage)
            } else {
                write(lexeme, of: chunk, to: &stage, output: &output)
            }
        }
        flush(stage, to: &output)
    }

    /// Writes a token and what stands before it by words: up to seven bytes too many, which what follows overwrites.
    @inline(__always) private mutating func writeQuickly(
        _ lexeme: Lexeme,
        of chunk: RawSpan,
        to stage: inout MutableRawSpan
    ) {
        var end = used
        let isClosing = lexeme.kind == .endObject || lexeme.kind == .endArray
        if isClosing { setDepth(depth &- 1) }
        if last == .value, !isClosing {
            stage.storeBytes(of: depth > 0 ? .comma : .newline, toByteOffset: end, as: UInt8.self)
            end &+= 1
        }
        if isPretty, last == .value ? depth > 0 || isClosing : last == .opening && !isClosing {
            stage.storeBytes(of: .newline, toByteOffset: end, as: UInt8.self)
            end &+= 1
            var written = 0
            while written < lineWidth {
                stage.storeBytes(of: 0x2020_2020_2020_2020, toByteOffset: end &+ written, as: UInt64.self)
                written &+= 8
            }
            end &+= lineWidth
        }
        let count = lexeme.end &- lexeme.start
        var copied = 0
        repeat {
            let word = chunk.word(at: lexeme.start &+ copied).littleEndian
            stage.storeBytes(of: word, toByteOffset: end &+ copied, as: UInt64.self)
            copied &+= 8
        } while copied < count
        end &+= count
        switch lexeme.kind {
        case .key:
            stage.storeBytes(of: UInt16(littleEndian: 0x203A), toByteOffset: end, as: UInt16.self)
            end &+= isPretty ? 2 : 1
            last = .key
        case .beginObject, .beginArray:
            setDepth(depth &+ 1)
            last = .opening
        default: last = .value
        }
        used = end
    }

    @inline(__always) private mutating func setDepth(_ newDepth: Int) {
        depth = newDepth
        lineWidth = min(newDepth, style.deepestIndent) &* indent
    }
}

extension Layout {
    /// Writes a token, or a piece of one, with its colours, or what stands for it.
    @inline(never) private mutating func write(
        _ lexeme: Lexeme,
        of chunk: RawSpan,
        to stage: inout MutableRawSpan,
        output: inout [UInt8]
    ) {
        flush(stage, to: &output)
        let isClosing = lexeme.kind == .endObject || lexeme.kind == .endArray
        if isClosing { setDepth(depth - 1) }
        if lexeme.isFirstPiece { separate(isClosing, &output) }
        let decoration = style.colors[lexeme.colorClass]
        if lexeme.isFirstPiece { output.append(contentsOf: decoration?.prefix ?? []) }
        let piece = chunk.extracting(lexeme.start..<lexeme.end)
        if lexeme.kind == .string, let elision = style.elision {
            elide(lexeme, piece, elision, to: &output)
        } else {
            Self.append(piece, to: &output)
        }
        guard lexeme.isLastPiece else { return }
        output.append(contentsOf: decoration?.suffix ?? [])
        switch lexeme.kind {
        case .key:
            appendPunctuation(.colon, to: &output)
            if isPretty { output.append(.space) }
            last = .key
        case .beginObject, .beginArray:
            setDepth(depth + 1)
            last = .opening
        default: last = .value
        }
    }

    /// Writes what stands between the last token and the one that begins now.
    private func separate(_ isClosing: Bool, _ output: inout [UInt8]) {
        switch last {
        case .key, .nothing: return
        case .opening: if isClosing { return }
        case .value where isClosing: break
        case .value:
            guard depth > 0 else {
                output.append(.newline)
                return
            }
            appendPunctuation(.comma, to: &output)
        }
        guard isPretty else { return }
        output.append(.newline)
        output.append(contentsOf: repeatElement(.space, count: lineWidth))
    }

    private func appendPunctuation(_ byte: UInt8, to output: inout [UInt8]) {
        let decoration = style.colors[.punctuation]
        output.append(contentsOf: decoration?.prefix ?? [])
        output.append(byte)
        output.append(contentsOf: decoration?.suffix ?? [])
    }

    private mutating func elide(
        _ lexeme: Lexeme,
        _ piece: RawSpan,
        _ elision: JSONFormatter.Elision,
        to output: inout [UInt8]
    ) {
        var string = elider ?? StringElider(columns: elision.columns, headColumns: elision.headColumns)
        elider = nil
        let first = lexeme.isFirstPiece ? 1 : 0
        let last = piece.byteCount - (lexeme.isLastPiece ? 1 : 0)
        for offset in first..<max(first, last) { string.append(piece.byte(at: offset)) }
        guard lexeme.isLastPiece else {
            elider = string
            return
        }
        output.append(contentsOf: string.isTooWide ? elision.replacement(string.elided) : string.verbatim)
    }

    private mutating func flush(_ stage: borrowing MutableRawSpan, to output: inout [UInt8]) {
        Self.append(stage.bytes.extracting(0..<used), to: &output)
        used = 0
    }

    /// Arrays cannot append a span yet; the buffer pointer does not leave the closure.
    private static func append(_ bytes: RawSpan, to output: inout [UInt8]) {
        bytes.withUnsafeBytes { output.append(contentsOf: $0) }
    }
}

extension Lexeme {
    /// The class by which a view colours the token.
    fileprivate var colorClass: JSONColorClass {
        switch kind {
        case .key: .key
        case .string: .string
        case .number: .number
        case .yes, .no: .bool
        case .null: .null
        default: .punctuation
        }
    }
}
