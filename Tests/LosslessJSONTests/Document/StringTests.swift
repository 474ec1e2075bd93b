import LosslessJSON
import Testing

@Suite("Strings")
struct StringTests {
    @Test(
        "Escapes are decoded",
        arguments: [
            (#""""#, ""), (#""猫""#, "猫"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u732B""#, "Aé猫"),
            (#""\ud83d\uDE00""#, "😀"), (#""a\u0000b""#, "a\u{0}b"), (#""\uFFFF""#, "\u{FFFF}"),
            (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
            (#""\\u0041""#, #"\u0041"#),
        ]
    )
    func decoding(_ json: String, _ expected: String) throws {
        #expect(try parsed(json).string.map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test(
        "A lone surrogate becomes U+FFFD and takes nothing with it",
        arguments: [
            (#""\ud800""#, "\u{FFFD}"), (#""\udc00\ud800""#, "\u{FFFD}\u{FFFD}"), (#""\ud800x""#, "\u{FFFD}x"),
            (#""\ud800\n""#, "\u{FFFD}\n"), (#""\ud800\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud800\u0041""#, "\u{FFFD}A"),
        ]
    )
    func loneSurrogates(_ json: String, _ expected: String) throws {
        #expect(try parsed(json).string == expected)
    }

    @Test(
        "Quoting escapes what must be and nothing else",
        arguments: [
            ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#),
            ("\u{0}\u{1F}\u{8}\u{9}\u{A}\u{C}\u{D}", #""\u0000\u001f\b\t\n\f\r""#),
            ("猫é😀\u{7F}\u{2028}", "\"猫é😀\u{7F}\u{2028}\""),
        ]
    )
    func quoting(_ string: String, _ expected: String) throws {
        #expect(text(JSONText.quoted(string)) == expected)
        #expect(try parsed(expected).string == string)
    }

    @Test("Every scalar below U+0300 survives quoting and reading")
    func quotingRoundTrip() throws {
        let string = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        var output = Array("[".utf8)
        JSONText.append(quoted: string, to: &output)
        output.append(contentsOf: "]".utf8)
        #expect(try JSONDocument(parsing: output).root[0]?.string == string)
    }

    @Test("UTF-8 is accepted exactly where the Unicode Standard has it well-formed")
    func utf8() throws {
        // Every lead with second bytes around their bounds, near the end of the text and away from it, because there
        // sequences are read byte by byte.
        let seconds: [UInt8] = [0x70, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC8]
        let tails: [UInt8] = [0x00, 0x7F, 0x80, 0xBF, 0xC0]
        for lead in UInt8(0x80)...0xFF {
            for second in seconds {
                for third in tails {
                    let sequence = [lead, second, third, 0xBF]
                    for length in 1...4 {
                        let content = Array(sequence[..<length])
                        let isValid = String(validating: content, as: UTF8.self).map {
                            $0.utf8.allSatisfy { $0 >= 0x20 }
                        }
                        for suffix in [[], Array(" ,1234567".utf8)] {
                            let json = [0x5B, 0x22] + content + [0x22] + suffix + [0x5D]
                            let document = try? JSONDocument(parsing: json)
                            if (document != nil) != (isValid ?? false) {
                                Issue.record("\(content) with \(suffix.count) bytes behind it")
                            }
                        }
                    }
                }
            }
        }
    }
}
