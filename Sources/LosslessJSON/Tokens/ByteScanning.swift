// The machine words below are read through `RawSpan`, which checks bounds: a mistake here traps, it does not
// read another's memory. `unsafeLoadUnaligned` is named for types with invalid bit patterns; integers have none.

extension UInt8 {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")

    @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }

    @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }

    /// Whether a number or a literal may end before this byte.
    @inline(__always) var isDelimiter: Bool {
        switch self {
        case .comma, .closeBrace, .closeBracket, .newline, .space, 0x0D, 0x09: true
        case .colon, .openBrace, .openBracket, .quote: true
        default: false
        }
    }
}

extension RawSpan {
    @inline(__always) func byte(at offset: Int) -> UInt8 {
        unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    /// Eight bytes, the first in the lowest bits.
    @inline(__always) func word(at offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Four bytes, the first in the lowest bits.
    @inline(__always) func halfWord(at offset: Int) -> UInt32 {
        UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The first offset at or after `offset` whose byte is a quote, a backslash, a control character or not ASCII.
    @inline(__always) func endOfPlainRun(from offset: Int) -> Int {
        var index = offset
        while index &+ 8 <= byteCount {
            let mask = Self.specialBytes(in: word(at: index))
            if mask != 0 { return index &+ mask.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < byteCount {
            let byte = byte(at: index)
            if byte == .quote || byte == .backslash || byte < 0x20 || byte >= 0x80 { break }
            index &+= 1
        }
        return index
    }

    /// The first offset at or after `offset` whose byte is not a space: indentation, eight columns at a time.
    @inline(__always) func endOfSpaces(from offset: Int) -> Int {
        var index = offset
        while index &+ 8 <= byteCount {
            let difference = word(at: index) ^ 0x2020_2020_2020_2020
            if difference != 0 { return index &+ difference.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        return index
    }

    /// A word whose lowest set bit is the top bit of the first byte that is not plain text.
    ///
    /// Borrows of the subtractions may set further bits, but only above a true one.
    @inline(__always) private static func specialBytes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ (ones &* 0x22)) &- ones
        let backslashes = (word ^ (ones &* 0x5C)) &- ones
        let controls = word &- (ones &* 0x20)
        return (quotes | backslashes | controls | word) & (ones &* 0x80)
    }

    /// How long the well-formed multi-byte UTF-8 sequence at `offset` is; 0 if it is cut, malformed or ASCII.
    ///
    /// The masks are those of table 3-7 of the Unicode Standard: no overlong forms, no surrogates, at most U+10FFFF.
    @inline(__always) func lengthOfSequence(at offset: Int) -> Int {
        guard offset &+ 4 <= byteCount else { return 0 }
        let word = halfWord(at: offset)
        if word & 0x00C0_C0F0 == 0x0080_80E0 {
            let lead = word & 0x200F
            return lead == 0 || lead == 0x200D ? 0 : 3
        }
        if word & 0xC0E0 == 0x80C0 { return word & 0x1E == 0 ? 0 : 2 }
        if word & 0xC0C0_C0F8 == 0x8080_80F0 {
            let isOverlong = word & 0x3007 == 0
            let isTooBig = word & 0x04 != 0 && word & 0x3003 != 0
            return isOverlong || isTooBig ? 0 : 4
        }
        return 0
    }
}
