extension Tape {
    /// The text of the string or member name at `index`.
    func decodedString(_ index: Int) -> String {
        let node = nodes[index]
        let content = bytes[Int(node.start) + 1..<Int(node.end) - 1]
        guard node.count == 1 else { return String(decoding: content, as: UTF8.self) }
        return String(decoding: Self.unescaped(content), as: UTF8.self)
    }

    /// Whether the member name at `index` decodes to `name`.
    ///
    /// Allocates nothing unless the name has escapes.
    func key(_ index: Int, equals name: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = nodes[index]
        if node.count == 1 { return Self.unescaped(bytes[Int(node.start) + 1..<Int(node.end) - 1]).elementsEqual(name) }
        guard Int(node.end &- node.start) == name.count + 2 else { return false }
        let start = Int(node.start) + 1
        for offset in 0..<name.count where bytes[start + offset] != name[offset] { return false }
        return true
    }

    /// The UTF-8 of a valid string's content; lone surrogates become U+FFFD, and `onLone` hears where they stand.
    static func unescaped(_ content: ArraySlice<UInt8>, onLone: (Int) -> Void = { _ in }) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            let byte = content[index]
            guard byte == .backslash else {
                result.append(byte)
                index += 1
                continue
            }
            let escape = content[index + 1]
            guard escape == UInt8(ascii: "u") else {
                result.append(meaning(of: escape))
                index += 2
                continue
            }
            let unit = codeUnit(content, at: index + 2)
            if unit & 0xFC00 == 0xD800, let low = lowSurrogate(content, at: index + 6) {
                append(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF, to: &result)
                index += 12
                continue
            }
            if unit & 0xF800 == 0xD800 { onLone(index) }
            append(unit & 0xF800 == 0xD800 ? 0xFFFD : unit, to: &result)
            index += 6
        }
        return result
    }

    private static func meaning(of escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: escape
        }
    }

    private static func lowSurrogate(_ content: ArraySlice<UInt8>, at index: Int) -> UInt32? {
        guard index + 6 <= content.endIndex, content[index] == .backslash else { return nil }
        guard content[index + 1] == UInt8(ascii: "u") else { return nil }
        let unit = codeUnit(content, at: index + 2)
        return unit & 0xFC00 == 0xDC00 ? unit : nil
    }

    private static func codeUnit(_ content: ArraySlice<UInt8>, at index: Int) -> UInt32 {
        var unit: UInt32 = 0
        for digit in content[index..<index + 4] {
            unit = unit << 4 | UInt32(digit.isDigit ? digit - 0x30 : (digit | 0x20) - 0x57)
        }
        return unit
    }

    private static func append(_ scalar: UInt32, to result: inout [UInt8]) {
        result.append(contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
    }
}
