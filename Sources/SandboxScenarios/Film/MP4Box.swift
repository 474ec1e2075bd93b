/// Bytes of an ISO base media file, in big-endian order.
struct MP4Bytes {
    private(set) var bytes: [UInt8] = []

    mutating func u8(_ value: Int) { bytes.append(UInt8(truncatingIfNeeded: value)) }

    mutating func u16(_ value: Int) {
        u8(value >> 8)
        u8(value)
    }

    mutating func u32(_ value: Int) {
        u16(value >> 16)
        u16(value)
    }

    mutating func zeros(_ count: Int) {
        bytes.append(contentsOf: repeatElement(0, count: count))
    }

    mutating func text(_ value: StaticString) {
        value.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func raw(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    /// A box: its length, its four-letter type, then what `content` writes.
    mutating func box(_ type: StaticString, _ content: (inout MP4Bytes) -> Void) {
        let start = bytes.count
        u32(0)
        text(type)
        content(&self)
        let length = bytes.count - start
        for index in 0..<4 {
            bytes[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index))
        }
    }

    /// A box that starts with version 0 and flags.
    mutating func fullBox(_ type: StaticString, flags: Int = 0, _ content: (inout MP4Bytes) -> Void) {
        box(type) { inner in
            inner.u32(flags)
            content(&inner)
        }
    }
}
