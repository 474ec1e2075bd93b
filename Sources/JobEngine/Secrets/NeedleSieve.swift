/// Tells in one pass whether any of several byte strings occurs in a text, after Wu and Manber, 1994.
///
/// Everything that is journaled or shown goes through it, and nearly nothing holds a key: so what counts is how fast it
/// says no. Two bytes at the end of a window tell how far the window may be moved without passing over a needle.
struct NeedleSieve: Sendable {
    private let needles: [[UInt8]]
    /// How long the window is: the shortest needle.
    private let window: Int
    private let shifts: [UInt8]

    private static let slots = 4096

    /// Looks for `needles`, each of two bytes at least.
    init(_ needles: [[UInt8]]) {
        self.needles = needles
        window = min(needles.map(\.count).min() ?? 0, Int(UInt8.max))
        guard window >= 2 else {
            shifts = []
            return
        }
        var shifts = [UInt8](repeating: UInt8(window - 1), count: Self.slots)
        for needle in needles {
            for end in 1..<window {
                let slot = Self.slot(needle[end - 1], needle[end])
                shifts[slot] = min(shifts[slot], UInt8(window - 1 - end))
            }
        }
        self.shifts = shifts
    }

    /// Whether one of the needles occurs.
    func finds(in bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(finds(in:)) }

    /// Whether one of the needles occurs.
    func finds(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard window >= 2, text.count >= window else { return false }
        return shifts.withUnsafeBufferPointer { shifts in
            var end = window - 1
            while end < text.count {
                let shift = Int(shifts[Self.slot(text[end - 1], text[end])])
                if shift == 0 {
                    if startsNeedle(text, at: end - window + 1) { return true }
                    end += 1
                } else {
                    end += shift
                }
            }
            return false
        }
    }

    private func startsNeedle(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        needles.contains { needle in
            text.count - start >= needle.count && text[start..<start + needle.count].elementsEqual(needle)
        }
    }

    private static func slot(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) << 5 ^ Int(second)) & (slots - 1)
    }
}
