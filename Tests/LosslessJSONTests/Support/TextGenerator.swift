/// Writes random valid JSON with every oddity of spelling, the same for the same seed.
struct TextGenerator {
    private var state: UInt64
    private var text: [UInt8] = []

    init(seed: UInt64) { state = seed }

    /// SplitMix64: small, and good enough to choose cases.
    mutating func random(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }

    /// One value with white space around it.
    mutating func document() -> [UInt8] {
        text = []
        value(depth: 0)
        return text
    }

    /// Cuts bytes into chunks of up to `longest`, some of them empty.
    mutating func chunks(_ bytes: [UInt8], longest: Int) -> [ArraySlice<UInt8>] {
        var chunks: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + random(longest + 1))
            chunks.append(bytes[start..<end])
            start = end
        }
        return chunks
    }

    private mutating func value(depth: Int) {
        space()
        switch random(depth > 6 ? 4 : 8) {
        case 0: append(["true", "false", "null"])
        case 1, 2: append(Self.numbers)
        case 3: string()
        case 4, 5: list("{", "}", depth) { $0.member(depth) }
        default: list("[", "]", depth) { $0.value(depth: depth + 1) }
        }
        space()
    }

    private mutating func list(_ open: String, _ close: String, _ depth: Int, _ item: (inout Self) -> Void) {
        text.append(contentsOf: open.utf8)
        let count = random(5)
        if count == 0 { space() }
        for place in 0..<count {
            if place > 0 { text.append(UInt8(ascii: ",")) }
            item(&self)
        }
        text.append(contentsOf: close.utf8)
    }

    private mutating func member(_ depth: Int) {
        space()
        string()
        space()
        text.append(UInt8(ascii: ":"))
        value(depth: depth + 1)
    }

    private mutating func string() {
        text.append(UInt8(ascii: "\""))
        for _ in 0..<random(6) { append(Self.pieces) }
        if random(20) == 0 { text.append(contentsOf: repeatElement(UInt8(ascii: "x"), count: random(600))) }
        text.append(UInt8(ascii: "\""))
    }

    private mutating func space() {
        for _ in 0..<random(3) { append([" ", "\n", "\t", "\r", "          ", "\r\n\t"]) }
    }

    private mutating func append(_ choices: [String]) {
        text.append(contentsOf: choices[random(choices.count)].utf8)
    }

    private static let numbers = [
        "0", "-0", "1", "12", "1.0", "-1.50", "1e3", "1E+03", "2e-007", "12345678901234567890", "0.1e1", "1e400",
        "-0.0",
        "9007199254740993",
    ]

    private static let pieces = [
        "a", "status", "task_id", " ", #"\n"#, #"\""#, #"\\"#, #"\/"#, #"\u0041"#, #"\ud83d\ude00"#, #"\uD800"#, "猫",
        "é",
        "😀", "\u{7F}", "\u{2028}", "https://example.com/a/b?c=d", "{", "]", ":", ",", #"\u4e2d"#,
    ]
}
