/// The top level of an MP4 file (ISO/IEC 14496-12, 4.2): boxes of a size and a four-letter type.
struct Film {
    /// The types in their order.
    let boxes: [String]
    /// Whether the boxes fill the file to its last byte.
    let tiles: Bool

    init(_ bytes: [UInt8]) {
        var boxes: [String] = []
        var offset = 0
        while offset + 8 <= bytes.count {
            let size = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            guard size >= 8 else { break }
            boxes.append(String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self))
            offset += size
        }
        self.boxes = boxes
        tiles = !bytes.isEmpty && offset == bytes.count
    }
}
