import TestSupport
import Testing

@testable import JobEngine

@Suite("the sieve for keys")
struct NeedleSieveTests {
    @Test("finds what a search at every place finds, and nothing else", arguments: 1...40 as ClosedRange<UInt64>)
    func againstEveryPlace(seed: UInt64) {
        var random = SplitMix(state: seed)
        // Few letters, so that needles nearly occur, overlap and repeat themselves.
        func text(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 97...99, using: &random) } }
        for _ in 0..<200 {
            let needles = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                text(Int.random(in: 8...12, using: &random))
            }
            let sieve = NeedleSieve(needles)
            var hay = text(Int.random(in: 0...120, using: &random))
            if Bool.random(using: &random) {
                hay.insert(contentsOf: needles[0], at: Int.random(in: 0...hay.count, using: &random))
            }
            let isThere = needles.contains { needle in
                hay.indices.contains { hay[$0...].starts(with: needle) }
            }
            #expect(sieve.finds(in: hay) == isThere)
        }
    }

    @Test("Without needles nothing is found, and a needle may be the whole text")
    func edges() {
        let needle = Array("sk-12345".utf8)
        #expect(!NeedleSieve([]).finds(in: needle))
        #expect(NeedleSieve([needle]).finds(in: needle))
        #expect(!NeedleSieve([needle]).finds(in: Array(needle.dropLast())))
        #expect(!NeedleSieve([needle]).finds(in: []))
        let long = [UInt8](repeating: 120, count: 2000)
        #expect(NeedleSieve([long]).finds(in: [1, 2, 3] + long))
    }
}
