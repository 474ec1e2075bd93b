import Foundation

/// A test over many random inputs: short in `make test` with a fixed seed, long in `make torture` with a new one.
///
/// `REEL_SEED` and `REEL_ROUNDS` repeat a run that failed.
package struct Campaign: Sendable {
    /// What it is called in its line of figures, and the filter that runs it alone.
    package let name: String
    /// The seed of this run.
    package let seed: UInt64
    /// How many rounds this run has.
    package let rounds: Int

    /// Whether this run is a long one.
    package static let isLong = variable("REEL_TORTURE") != nil

    /// A campaign of so many rounds.
    package init(_ name: String, short: Int, long: Int) {
        self.name = name
        rounds = Self.variable("REEL_ROUNDS").flatMap { Int($0) } ?? (Self.isLong ? long : short)
        let fresh = UInt64(Date().timeIntervalSince1970)
        seed = Self.variable("REEL_SEED").flatMap { UInt64($0) } ?? (Self.isLong ? fresh : 2026)
    }

    /// The random numbers of this run.
    package var random: SplitMix { SplitMix(state: seed) }

    /// Words to find a failure again with.
    package var replay: String { "REEL_SEED=\(seed) REEL_ROUNDS=\(rounds) swift test --skip-build --filter \(name)" }

    /// Prints the one line of figures.
    package func report(_ figures: String) { print("campaign \(name): \(figures); replay: \(replay)") }

    private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}

/// SplitMix64: small, and good enough to choose cases.
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Begins at `state`.
    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}

/// Spoils bytes the way broken and hostile senders do.
package struct Mutator: Sendable {
    private var random: SplitMix
    private let pieces: [[UInt8]]

    /// A mutator that also inserts `pieces`, besides single bytes.
    package init(_ random: SplitMix, pieces: [String] = Mutator.json) {
        self.random = random
        self.pieces = pieces.map { Array($0.utf8) }
    }

    /// Pieces that mean something in JSON.
    package static let json = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "-0", "1e400", "1.0e-9",
        "9223372036854775808", "\u{FEFF}", "\u{0}", "\"status\":", "\"Succeed\"", "\"id\":", "\u{202E}", "é", "猫",
    ]

    /// `bytes` after one to eight changes; now and then with a part of `other` in them.
    package mutating func mutated(_ bytes: [UInt8], with other: [UInt8] = []) -> [UInt8] {
        var result = bytes
        for _ in 0...random.below(8) {
            let place = random.below(result.count + 1)
            let length = min(random.below(12), result.count - place)
            switch random.below(8) {
            case 0: result.removeSubrange(place..<place + length)
            case 1: result.insert(contentsOf: result[place..<place + length], at: place)
            case 2: result.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            case 3 where !result.isEmpty:
                result[random.below(result.count)] ^= 1 << UInt8(random.below(8))
            case 4: result.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
            case 5: result.removeSubrange(place...)
            case 6 where !other.isEmpty:
                let start = random.below(other.count)
                result.insert(contentsOf: other[start...].prefix(random.below(40)), at: place)
            default:
                result.replaceSubrange(place..<place + length, with: pieces[random.below(pieces.count)])
            }
        }
        return result
    }
}
