/// Lays out JSON token by token while it streams through, checking it against RFC 8259 on the way.
///
/// Nothing is parsed into values: every token leaves with the bytes it came with. Memory is flat in the size of the
/// input, the chunks may be cut anywhere, and any number of top-level values may follow each other (NDJSON).
/// A byte order mark at the very beginning is dropped.
///
///     var formatter = JSONFormatter()
///     while let chunk = try read() { try formatter.append(chunk, to: &output) }
///     try formatter.finish(to: &output)
public struct JSONFormatter: Sendable {
    private var lexer: Lexer
    private var layout: Layout
    /// Where a chunk's output is put together before it is appended to the caller's.
    private var stage: [UInt8] = []
    private var error: JSONError?

    private static let stageSize = 64 * 1024

    /// Makes a formatter for one stream.
    ///
    /// Of `limits`, only the depth matters.
    public init(style: Style = .pretty, limits: JSONLimits = JSONLimits()) {
        lexer = Lexer(depthLimit: limits.depth, allowsSeveralValues: true, isLastChunk: false)
        layout = Layout(style: style)
    }

    /// Appends the layout of the tokens in `chunk` to `output`.
    ///
    /// After an error, which every later call throws again, `output` holds what stood before the error.
    public mutating func append(_ chunk: Span<UInt8>, to output: inout [UInt8]) throws(JSONError) {
        try append(chunk.bytes, to: &output)
    }

    /// Appends the layout of the tokens in `chunk` to `output`.
    public mutating func append(_ chunk: [UInt8], to output: inout [UInt8]) throws(JSONError) {
        try append(chunk.span.bytes, to: &output)
    }

    /// Appends the layout of the tokens in `chunk` to `output`.
    public mutating func append(_ chunk: ArraySlice<UInt8>, to output: inout [UInt8]) throws(JSONError) {
        try append(chunk.span.bytes, to: &output)
    }

    /// Appends the layout of the tokens in `chunk` to `output`.
    public mutating func append(_ chunk: RawSpan, to output: inout [UInt8]) throws(JSONError) {
        if let error { throw error }
        if stage.isEmpty { stage = [UInt8](repeating: 0, count: Self.stageSize) }
        layOut(chunk, to: &output)
        if let failure = lexer.error {
            error = failure
            throw failure
        }
        lexer.beginChunk(after: chunk.byteCount)
    }

    /// Ends the stream, which must not be inside a value.
    ///
    /// No value at all is no error.
    public mutating func finish(to output: inout [UInt8]) throws(JSONError) {
        lexer.isLastChunk = true
        try append([], to: &output)
        if layout.style.endsWithNewline, layout.hasWrittenValue { output.append(.newline) }
    }

    /// The layout of a whole text.
    public static func format(_ bytes: [UInt8], style: Style = .pretty) throws(JSONError) -> [UInt8] {
        try format(bytes[...], style: style)
    }

    /// The layout of a whole text, such as a value's ``JSONValue/rawBytes``.
    public static func format(_ bytes: ArraySlice<UInt8>, style: Style = .pretty) throws(JSONError) -> [UInt8] {
        var formatter = JSONFormatter(style: style)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        try formatter.append(bytes, to: &output)
        try formatter.finish(to: &output)
        return output
    }

    private mutating func layOut(_ chunk: RawSpan, to output: inout [UInt8]) {
        // Taken out of `self` for the time, so that its span and the lexer can be used side by side.
        var buffer: [UInt8] = []
        swap(&buffer, &stage)
        var elements = buffer.mutableSpan
        var bytes = elements.mutableBytes
        layout.run(chunk, lexer: &lexer, stage: &bytes, output: &output)
        swap(&buffer, &stage)
    }
}
