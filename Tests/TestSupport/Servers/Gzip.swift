/// Makes gzip streams without a compression library (RFC 1951, RFC 1952).
package enum Gzip {
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// The bytes in one stored block; at most 65 535.
    package static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        let length = [UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)]
        return header + [1] + length + bytes + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
    }

    /// A stream of `1 + 258 * runs` zero bytes, 13 bits for each run; the checksum is left out.
    package static func zeros(runs: Int) -> [UInt8] {
        var writer = BitWriter(bytes: header)
        // The last block, with fixed codes.
        writer.append([true, true, false])
        // The literal 0.
        writer.append([false, false, true, true, false, false, false, false])
        for _ in 0..<runs {
            // Length 258 (code 285), distance 1 (code 0).
            writer.append([true, true, false, false, false, true, false, true])
            writer.append([false, false, false, false, false])
        }
        writer.append([Bool](repeating: false, count: 7))
        return writer.bytes
    }

    private struct BitWriter {
        var bytes: [UInt8]
        var used = 8

        mutating func append(_ bits: [Bool]) {
            for bit in bits {
                if used == 8 {
                    bytes.append(0)
                    used = 0
                }
                if bit {
                    bytes[bytes.count - 1] |= 1 << UInt8(used)
                }
                used += 1
            }
        }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let carry = sum & 1 == 1
                sum >>= 1
                if carry {
                    sum ^= 0xEDB8_8320
                }
            }
        }
        return ~sum
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { index in UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
    }
}
