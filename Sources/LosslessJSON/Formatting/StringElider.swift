/// Measures a string value piece by piece and keeps only its beginning, so that a film in base64 costs nothing.
struct StringElider: Sendable {
    private let columns: Int
    private let headColumns: Int
    /// The content while it still may be shown whole; then what is shown of it.
    private var kept: [UInt8] = []
    /// How much of `kept` fits into `headColumns`.
    private var headCount = 0
    private var width = 0
    private var characterCount = 0
    private var byteCount = 0
    /// Bytes of the escape sequence or the scalar under way, and its scalar so far.
    private var unitBytes = 0
    private var unitLength = 0
    private var scalar: UInt32 = 0
    private var followsHighSurrogate = false

    init(columns: Int, headColumns: Int) {
        self.columns = columns
        self.headColumns = headColumns
    }

    /// Whether the string is wider than the view allows, as far as it has been read.
    var isTooWide: Bool { width > columns }

    /// The string as it is, quotes included.
    ///
    /// Only whole if it is not too wide.
    var verbatim: [UInt8] { [.quote] + kept + [.quote] }

    /// What is known of the string.
    var elided: JSONFormatter.ElidedString {
        JSONFormatter.ElidedString(
            head: Array(kept[..<headCount]),
            characterCount: characterCount,
            byteCount: byteCount
        )
    }

    /// Takes the next byte of the content, which is valid JSON and UTF-8.
    mutating func append(_ byte: UInt8) {
        byteCount += 1
        if !isTooWide { kept.append(byte) }
        if unitBytes == 0 { begin(byte) } else { continueUnit(byte) }
        unitBytes += 1
        if unitBytes == unitLength { endUnit() }
    }

    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case .backslash: (unitLength, scalar) = (2, 0)
        case ..<0x80: (unitLength, scalar) = (1, UInt32(byte))
        case ..<0xE0: (unitLength, scalar) = (2, UInt32(byte & 0x1F))
        case ..<0xF0: (unitLength, scalar) = (3, UInt32(byte & 0x0F))
        default: (unitLength, scalar) = (4, UInt32(byte & 0x07))
        }
    }

    private mutating func continueUnit(_ byte: UInt8) {
        if byte & 0xC0 == 0x80 {
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        } else if unitBytes == 1, byte == UInt8(ascii: "u") {
            unitLength = 6
        } else if unitLength == 6 {
            scalar = scalar << 4 | UInt32(byte.isDigit ? byte - 0x30 : (byte | 0x20) - 0x57)
        }
    }

    private mutating func endUnit() {
        let isEscape = unitLength == 6
        let isSecondHalf = isEscape && followsHighSurrogate && scalar & 0xFC00 == 0xDC00
        if !isSecondHalf { characterCount += 1 }
        followsHighSurrogate = isEscape && !isSecondHalf && scalar & 0xFC00 == 0xD800
        // An escape is shown as it is written, so it takes its own length.
        width += isEscape ? 6 : unitLength == 2 && scalar < 0x80 ? 2 : Self.isWide(scalar) ? 2 : 1
        if width <= headColumns { headCount = byteCount }
        unitBytes = 0
    }

    /// The blocks of East Asian width W and F, roughly; good enough to cut a line.
    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF: true
        case 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
