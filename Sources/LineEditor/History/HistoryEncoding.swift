/// libedit's history file format: a first line, then each entry through `strvis(3)` on a line of its own.
enum HistoryEncoding {
    static let header = "_HiStOrY_V2_"

    /// As `strvis(VIS_WHITE)` writes it: blanks as `\040`, tab and newline as `\^I`, `\^J`, the rest of UTF-8 as it is.
    static func encode(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case " ":
                line += "\\040"
            case "\\":
                line += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                line += "\\^"
                line.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value ^ 0x40)))
            default:
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// As `strunvis(3)` reads it; what is no valid escape stands for itself.
    static func decode(_ line: some Collection<UInt8>) -> String {
        guard line.contains(UInt8(ascii: "\\")) else { return String(decoding: line, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.count)
        var rest = Array(line)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            if let (decoded, length) = escape(rest) {
                rest = rest.dropFirst(length)
                if let decoded {
                    bytes.append(decoded)
                }
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The byte that the escape after a backslash stands for (none for `\$`) and the escape's length.
    private static func escape(_ rest: ArraySlice<UInt8>) -> (UInt8?, Int)? {
        guard let first = rest.first else { return nil }
        let second = rest.dropFirst().first
        let third = rest.dropFirst(2).first
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let digits = rest.prefix(3).prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
            let value = digits.reduce(0) { $0 * 8 + Int($1 - UInt8(ascii: "0")) }
            return (UInt8(truncatingIfNeeded: value), digits.count)
        case UInt8(ascii: "^"):
            return second.map { (control($0), 2) }
        case UInt8(ascii: "M"):
            guard let third else { return nil }
            switch second {
            case UInt8(ascii: "-"): return (third | 0x80, 3)
            case UInt8(ascii: "^"): return (control(third) | 0x80, 3)
            default: return nil
            }
        case UInt8(ascii: "$"):
            return (nil, 1)
        default:
            return letters[first].map { ($0, 1) }
        }
    }

    private static func control(_ letter: UInt8) -> UInt8 {
        letter == UInt8(ascii: "?") ? 0x7F : letter & 0x1F
    }

    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "a"): 0x07, UInt8(ascii: "v"): 0x0B,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "s"): 0x20, UInt8(ascii: "E"): 0x1B,
    ]
}
