import JobEngine
import Testing

@Suite("A key")
struct SecretTests {
    @Test(
        "shows its first word and last four characters, or nothing when it is short",
        arguments: [
            ("sk-abcdefgh9f3c", "sk-...9f3c"), ("abcdefghijkl", "...ijkl"), ("short-key", "..."), ("x", "..."),
            ("averylongprefix-123456789", "...6789"),
        ]
    )
    func mask(_ key: String, _ shown: String) throws {
        #expect(try Sample.secret(key).masked == shown)
    }

    @Test("loses the white space a file or command leaves around it")
    func trimmed() throws {
        #expect(try Sample.secret(" sk-abc\r\n").withBytes { String(decoding: $0, as: UTF8.self) } == "sk-abc")
    }

    @Test(
        "is refused when it is empty or cannot stand in a header",
        arguments: ["", " \n", "a b", "a\r\nX-Evil: 1", "a\u{0}b", "schlüssel", "a\tb"]
    )
    func refused(_ text: String) {
        #expect(Secret(text) == nil)
    }

    @Test("has a fingerprint that tells keys apart and does not contain them")
    func fingerprint() throws {
        let first = try Sample.secret("sk-abcdefgh9f3c")
        let (equal, other) = (try Sample.secret("sk-abcdefgh9f3c"), try Sample.secret("sk-abcdefgh9f3d"))
        #expect(first.fingerprint == equal.fingerprint)
        #expect(first.fingerprint != other.fingerprint)
        #expect(first.fingerprint.count == 8)
    }

    @Test("does not show itself when printed")
    func description() throws {
        let secret = try Sample.secret()
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("canary")) }
    }
}
