import LosslessJSON

/// Ways to break a body: cut at each byte, each value gone, each value of another type, and bytes changed at random.
struct Mutations {
    let bytes: [UInt8]
    let name: String

    func each(rounds: Int, _ body: ([UInt8]) -> Void) {
        for count in bytes.indices { body(Array(bytes.prefix(count))) }
        structural(body)
        var random = SplitMix64(seed: name)
        for _ in 0..<rounds { body(damaged(&random)) }
    }

    private func structural(_ body: ([UInt8]) -> Void) {
        guard let tree = JSONTree(parsing: bytes) else { return }
        for path in tree.paths() {
            if let changed = tree.replacing(path, with: { _ in nil }) { body(changed.bytes) }
            for other in [
                JSONTree.token("null"), .token("true"), .token("0"), .token("-1"), .token("1e400"), .token("17.5"),
                .token("12345678901234567890"), .string(""), .string(" "), .string("zz"), .string("7"), .array([]),
                .object([]), .array([.string("zz")]), .object([("zz", .token("1"))]),
            ] {
                if let changed = tree.replacing(path, with: { _ in other }) { body(changed.bytes) }
            }
            // The same value in another type: 5 and "5", and a value in a list.
            let retyped = tree.replacing(path) { value in
                switch value {
                case .token(let text): .string(text)
                case .string(let text) where Int(text) != nil: .token(text)
                default: .array([value])
                }
            }
            if let retyped { body(retyped.bytes) }
        }
    }

    private func damaged(_ random: inout SplitMix64) -> [UInt8] {
        var out = bytes
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let position = Int.random(in: 0...out.count, using: &random)
            let length = Int.random(in: 0...min(16, out.count - position), using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where position < out.count: out[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1 where position < out.count: out[position] = UInt8.random(in: 0...255, using: &random)
            case 2: out.insert(Self.telling.randomElement(using: &random) ?? 0, at: position)
            case 3: out.removeSubrange(position..<position + length)
            case 4: out.insert(contentsOf: Array(out[position..<position + length]), at: position)
            default:
                guard position < out.count else { continue }
                out.swapAt(position, Int.random(in: 0..<out.count, using: &random))
            }
        }
        return out
    }

    /// Bytes that mean something in JSON, which hit harder than others.
    private static let telling = Array("{}[]\":,\\0-.eEtfn \u{0}".utf8) + [0xFF, 0xC3]
}
