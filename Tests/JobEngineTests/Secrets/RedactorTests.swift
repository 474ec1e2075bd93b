import Foundation
import JobEngine
import Testing
import VideoProviderKit

@Suite("Keys are taken out of whatever leaves")
struct RedactorTests {
    private func redactor(_ keys: String...) throws -> Redactor {
        let redactor = Redactor()
        for key in keys { redactor.add(try Sample.secret(key)) }
        return redactor
    }

    private static func percent(_ text: String, keeping kept: String, upper: Bool) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            if character.isLetter || character.isNumber || kept.contains(character) { return String(character) }
            let digits = String(byte, radix: 16)
            return "%\(upper ? digits.uppercased() : digits)"
        }.joined()
    }

    private static func escaped(_ text: String, where isEscaped: (Int) -> Bool) -> String {
        text.utf8.enumerated().map { index, byte in
            let digits = String(byte, radix: 16, uppercase: index.isMultiple(of: 3))
            return isEscaped(index) ? "\\u00\(digits.count == 1 ? "0" : "")\(digits)" : String(UnicodeScalar(byte))
        }.joined()
    }

    /// The ways in which an upstream or reel itself may write a key.
    static let spellings: [(name: String, text: String)] = [
        ("plain", Sample.key),
        ("percent, all", percent(Sample.key, keeping: "", upper: true)),
        ("percent, all, lower case", percent(Sample.key, keeping: "", upper: false)),
        ("percent, as in a query", PercentEncoding.queryComponent(Sample.key)),
        ("percent, as in a query, lower case", percent(Sample.key, keeping: "-._~", upper: false)),
        ("percent, as in a path", PercentEncoding.segment(Sample.key)),
        ("JSON with escaped slashes", Sample.key.replacing("/", with: "\\/")),
        ("JSON, every character as a number", escaped(Sample.key) { _ in true }),
        ("JSON, every other character as a number", escaped(Sample.key) { $0.isMultiple(of: 2) }),
    ]

    @Test("case 76: every spelling of a key is replaced by its mask", arguments: spellings.map(\.text))
    func spelling(_ text: String) throws {
        let redactor = try redactor(Sample.key)
        let scrubbed = redactor.scrub("before \(text) after \(text)")
        #expect(scrubbed == "before sk-...=9xZ after sk-...=9xZ")
        #expect(redactor.findsSecret(in: Array(text.utf8)))
    }

    @Test("case 76: base64 is known at any alignment", arguments: 0..<3)
    func base64(_ offset: Int) throws {
        let redactor = try redactor(Sample.key)
        let prefix = String(repeating: "u", count: offset)
        let encoded = Data("\(prefix)\(Sample.key):tail".utf8).base64EncodedString()
        let scrubbed = redactor.scrub("Basic \(encoded)")
        #expect(scrubbed != "Basic \(encoded)")
        let rest = String(scrubbed.dropFirst(6).split(separator: "...").first ?? "")
        #expect(
            Data(base64Encoded: rest + "====").map { !String(decoding: $0, as: UTF8.self).contains("canary") } ?? true
        )
        #expect(redactor.findsSecret(in: Array(encoded.utf8)))
    }

    @Test("case 76: base64 is known in the alphabet of URLs, and of a key without its prefix", arguments: ["", "sk-"])
    func otherBase64(_ prefix: String) throws {
        let secret = "~~~>>>???~~~0123456789abc"
        let redactor = try redactor(prefix + secret)
        let plain = Data(secret.utf8).base64EncodedString()
        #expect(plain.contains("+") || plain.contains("/"))
        for text in [plain, plain.replacing("+", with: "-").replacing("/", with: "_")] {
            #expect(redactor.findsSecret(in: Array("x \(text) y".utf8)), "\(text)")
        }
    }

    @Test("Quotes and backslashes of a key are known as JSON writes them")
    func jsonEscapes() throws {
        let key = #"k"e\y/12345678"#
        let encoded = String(decoding: try JSONEncoder().encode([key]), as: UTF8.self)
        #expect(try redactor(key).scrub(encoded).contains("12345678") == false)
    }

    @Test("Scrubbing twice is scrubbing once", arguments: spellings.map(\.text))
    func idempotent(_ text: String) throws {
        let redactor = try redactor(Sample.key)
        let once = redactor.scrub("a\(text)b")
        #expect(redactor.scrub(once) == once)
    }

    @Test("A key that begins with another one goes as a whole")
    func nestedKeys() throws {
        let redactor = try redactor("sk-12345678", "sk-1234567890abcdef")
        #expect(redactor.scrub("sk-1234567890abcdef") == "sk-...cdef")
    }

    @Test("Bytes without a key come back unchanged")
    func untouched() throws {
        let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(try redactor(Sample.key).scrub(bytes) == bytes)
        #expect(try redactor(Sample.key).findsSecret(in: bytes) == false)
    }

    @Test("Keys of fewer than eight bytes are not searched for")
    func shortKeys() throws {
        #expect(try redactor("cat").scrub("a cat in the rain") == "a cat in the rain")
    }

    @Test("Keys at the very start and end, and side by side, are found")
    func edges() throws {
        let key = "sk-123456789"
        #expect(try redactor(key).scrub("\(key)\(key)x\(key)") == "sk-...6789sk-...6789xsk-...6789")
    }
}
