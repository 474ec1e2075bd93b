/// JSON tokens made from Swift values.
public enum JSONText {
    /// A string token for `text`, with its quotes.
    ///
    /// Only what must be escaped is (RFC 8259 section 7): `"`, `\` and U+0000…U+001F. Other text stays UTF-8.
    public static func quoted(_ text: some StringProtocol) -> [UInt8] {
        var output: [UInt8] = []
        append(quoted: text, to: &output)
        return output
    }

    /// Appends a string token for `text` to `output`.
    public static func append(quoted text: some StringProtocol, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + text.utf8.count + 2)
        output.append(.quote)
        for byte in text.utf8 {
            switch byte {
            case .quote, .backslash: output.append(contentsOf: [.backslash, byte])
            case 0x08: output.append(contentsOf: #"\b"#.utf8)
            case 0x09: output.append(contentsOf: #"\t"#.utf8)
            case 0x0A: output.append(contentsOf: #"\n"#.utf8)
            case 0x0C: output.append(contentsOf: #"\f"#.utf8)
            case 0x0D: output.append(contentsOf: #"\r"#.utf8)
            case 0..<0x20:
                output.append(contentsOf: #"\u00"#.utf8)
                output.append(contentsOf: [byte < 0x10 ? 0x30 : 0x31, hexDigit(byte & 0xF)])
            default: output.append(byte)
            }
        }
        output.append(.quote)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
