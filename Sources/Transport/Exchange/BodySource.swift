/// Hands out the body of a request piece by piece.
struct BodySource {
    private let segments: [[UInt8]]
    private var segment = 0
    private var offset = 0

    init(_ body: WireBody) {
        switch body {
        case .none: segments = []
        case .segments(let pieces): segments = pieces
        }
    }

    /// Fills the buffer as far as the body goes; 0 at its end.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count, segment < segments.count {
            let count = min(segments[segment].count - offset, buffer.count - filled)
            segments[segment].withUnsafeBytes { source in
                let target = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<(filled + count)])
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + count)]))
            }
            filled += count
            offset += count
            if offset == segments[segment].count {
                segment += 1
                offset = 0
            }
        }
        return filled
    }
}
