/// What bytes say once the escapes of JSON in them are read, and where in the bytes each character of it stands.
///
/// A server that echoes a key as `\u0073\u006b-…` says it to every reader of JSON.
struct EscapedText: Sendable {
    private var decoded: [UInt8] = []
    /// Where each decoded byte starts, and the end behind the last.
    private var starts: [Int] = []

    /// Reads `bytes`; nil where they escape no ASCII character with `\u`, as nearly all do.
    init?(_ bytes: [UInt8]) {
        guard bytes.offset(of: Array("\\u00".utf8)) != nil else { return nil }
        decoded.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count + 1)
        var index = 0
        while index < bytes.count {
            let (byte, length) = Self.character(in: bytes, at: index)
            decoded.append(byte)
            starts.append(index)
            index += length
        }
        starts.append(bytes.count)
    }

    /// Where in the bytes `needle` stands, escaped or not, in order and without overlap.
    func ranges(of needle: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var from = 0
        while let hit = decoded.offset(of: needle, from: from) {
            from = hit + needle.count
            ranges.append(starts[hit]..<starts[from])
        }
        return ranges
    }

    /// The byte that is meant at `index`, and how many bytes say so.
    private static func character(in bytes: [UInt8], at index: Int) -> (byte: UInt8, length: Int) {
        guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else { return (bytes[index], 1) }
        let mark = bytes[index + 1]
        guard mark == UInt8(ascii: "u") else {
            let isItself = [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/")].contains(mark)
            return isItself ? (mark, 2) : (bytes[index], 1)
        }
        guard index + 5 < bytes.count,
            let code = UInt16(String(decoding: bytes[index + 2...index + 5], as: UTF8.self), radix: 16), code < 0x80
        else { return (bytes[index], 1) }
        return (UInt8(code), 6)
    }
}
