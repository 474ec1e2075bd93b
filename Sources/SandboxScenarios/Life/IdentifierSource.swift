/// Ids that look like a vendor's, from a seed; its state is saved with the world, so that no id comes twice.
struct IdentifierSource: Sendable, Hashable {
    var state: UInt64

    /// The next number of SplitMix64.
    mutating func number() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func text(_ count: Int, of alphabet: [Character]) -> String {
        String((0..<count).map { _ in alphabet[Int(number() % UInt64(alphabet.count))] })
    }

    /// Lower-case hexadecimal digits in the groups of a UUID.
    mutating func uuid() -> String {
        let groups = [8, 4, 4, 4, 12].map { text($0, of: Self.hexadecimal) }
        return groups.joined(separator: "-")
    }

    static let digits = Array("0123456789")
    static let hexadecimal = Array("0123456789abcdef")
    static let lowercase = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    static let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz")
    static let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
}
