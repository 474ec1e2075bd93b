/// Writes the bits of one NAL unit, with the emulation prevention bytes of H.264 7.4.1.1.
struct BitWriter {
    private(set) var bytes: [UInt8]
    private var pending: UInt8 = 0
    private var pendingCount = 0
    private var zeros = 0

    init(header: UInt8) {
        bytes = [header]
    }

    mutating func bits(_ value: Int, _ count: Int) {
        for shift in stride(from: count - 1, through: 0, by: -1) {
            bit((value >> shift) & 1)
        }
    }

    mutating func flag(_ value: Bool) {
        bit(value ? 1 : 0)
    }

    /// An unsigned Exp-Golomb code, H.264 9.1.
    mutating func unsigned(_ value: Int) {
        let code = value + 1
        let length = Int.bitWidth - code.leadingZeroBitCount
        bits(0, length - 1)
        bits(code, length)
    }

    /// A signed Exp-Golomb code, H.264 9.1.1.
    mutating func signed(_ value: Int) {
        unsigned(value > 0 ? 2 * value - 1 : -2 * value)
    }

    /// Zero bits up to the next whole byte, as in front of PCM samples.
    mutating func alignWithZeros() {
        while pendingCount > 0 {
            bit(0)
        }
    }

    /// Whole bytes that hold no value below 4, so that they can never need an emulation prevention byte.
    mutating func samples(_ samples: [UInt8]) {
        bytes.append(contentsOf: samples)
        zeros = 0
    }

    /// The stop bit and the zeros after it.
    mutating func finish() -> [UInt8] {
        bit(1)
        alignWithZeros()
        return bytes
    }

    private mutating func bit(_ value: Int) {
        pending = pending << 1 | UInt8(value)
        pendingCount += 1
        if pendingCount == 8 {
            emit(pending)
            pending = 0
            pendingCount = 0
        }
    }

    private mutating func emit(_ byte: UInt8) {
        if zeros >= 2, byte <= 3 {
            bytes.append(3)
            zeros = 0
        }
        bytes.append(byte)
        zeros = byte == 0 ? zeros + 1 : 0
    }
}
