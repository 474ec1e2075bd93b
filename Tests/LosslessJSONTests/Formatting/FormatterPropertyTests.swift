import LosslessJSON
import Testing

@Suite("Formatter, on random texts")
struct FormatterPropertyTests {
    static let seeds = 0..<300 as Range<UInt64>

    @Test("Laying out twice changes nothing", arguments: seeds)
    func idempotent(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let once = try JSONFormatter.format(generator.document())
        #expect(try JSONFormatter.format(once) == once)
    }

    @Test("The compact form of the layout is the compact form of the text", arguments: seeds)
    func compactOfPretty(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        let pretty = try JSONFormatter.format(bytes)
        #expect(try JSONFormatter.format(pretty, style: .compact) == JSONFormatter.format(bytes, style: .compact))
    }

    @Test("Every token leaves with the bytes it came with", arguments: seeds)
    func tokensUnchanged(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        #expect(try tokens(JSONFormatter.format(bytes)) == tokens(bytes))
        #expect(try tokens(JSONFormatter.format(bytes, style: .compact)) == tokens(bytes))
    }

    @Test("Any cutting of the stream gives the same output", arguments: seeds)
    func chunks(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        let whole = try JSONFormatter.format(bytes)
        for longest in [1, 2, 5, 40] {
            #expect(try formatted(generator.chunks(bytes, longest: longest)) == whole)
        }
    }

    @Test("Any cutting gives the same colours and elisions", arguments: 0..<100 as Range<UInt64>)
    func decoratedChunks(_ seed: UInt64) throws {
        let style = JSONFormatter.Style(
            colors: [
                .string: .init(prefix: "<s>", suffix: "</s>"), .key: .init(prefix: "<k>", suffix: "</k>"),
                .number: .init(prefix: "<n>", suffix: "</n>"), .punctuation: .init(prefix: "<p>", suffix: "</p>"),
            ],
            elision: .init(columns: 6, headColumns: 3) { $0.head + Array("…\($0.characterCount) \($0.byteCount)".utf8) }
        )
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        let whole = try JSONFormatter.format(bytes, style: style)
        for longest in [1, 3, 20] {
            #expect(try formatted(generator.chunks(bytes, longest: longest), style: style) == whole)
        }
    }

    @Test("A mutated byte is an error or still every token's bytes", arguments: seeds)
    func mutation(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        var bytes = generator.document()
        for _ in 0..<20 {
            let place = generator.random(bytes.count)
            let original = bytes[place]
            bytes[place] = UInt8(generator.random(256))
            let document = try? JSONDocument(parsing: bytes)
            let output = try? JSONFormatter.format(bytes)
            if let document {
                #expect(try tokens(#require(output)) == tokens(bytes))
                #expect(document.bytes == bytes)
            } else if let output {
                // Only a stream of several values is accepted by one and refused by the other.
                #expect(throws: JSONError.self) { try JSONDocument(parsing: output) }
            }
            bytes[place] = original
        }
    }

    @Test("A stream cut at every byte is an error or shorter, never a crash", arguments: 0..<40 as Range<UInt64>)
    func truncation(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        let bytes = generator.document()
        for end in bytes.indices {
            let prefix = Array(bytes[..<end])
            do {
                #expect(try tokens(JSONFormatter.format(prefix)) == tokens(prefix))
            } catch let error as JSONError {
                #expect(error.code == .unexpectedEnd)
                #expect(error.offset == end)
            }
        }
    }
}
