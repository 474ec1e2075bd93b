/// How many columns text takes on a terminal.
///
/// The tables are our own, so a table is laid out the same whatever the locale and C library. Terminals
/// differ on joined emoji; the count is that of those which draw a grapheme cluster as one picture.
package enum DisplayWidth {
    /// Columns of a whole string; controls count none, for they are not shown (see ``TerminalText``).
    package static func columns(of text: some StringProtocol) -> Int {
        // Printable ASCII, the common case, needs no clusters.
        if let plain = text.utf8.withContiguousStorageIfAvailable(asciiColumns) ?? nil {
            return plain
        }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// Columns of one grapheme cluster.
    package static func columns(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        let sum = scalars.reduce(0) { $0 + columns(of: $1) }
        guard scalars.count > 1 else { return sum }
        let isPicture = scalars.contains { scalar in
            scalar == "\u{FE0F}" || scalar == "\u{200D}" || (0x1F1E6...0x1F1FF).contains(scalar.value)
                || (0x1F3FB...0x1F3FF).contains(scalar.value)
        }
        return isPicture && sum > 0 ? 2 : sum
    }

    /// Columns of one scalar on its own: 0, 1 or 2.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: 1
        case 0..<0x20, 0x7F..<0xA0: 0
        case 0..<0x300: 1
        default: contains(WidthTables.zero, scalar.value) ? 0 : contains(WidthTables.wide, scalar.value) ? 2 : 1
        }
    }

    private static func asciiColumns(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        bytes.allSatisfy { (0x20..<0x7F).contains($0) } ? bytes.count : nil
    }

    private static func contains(_ table: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            if table[middle].upperBound < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < table.count && table[low].lowerBound <= value
    }
}
