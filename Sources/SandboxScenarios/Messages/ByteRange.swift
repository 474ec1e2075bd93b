/// What a `Range` header asks for, RFC 9110 14.1.2; only single ranges of bytes.
package enum ByteRange: Sendable, Hashable {
    /// From a place on, up to and including another one or to the end.
    case from(Int, through: Int?)
    /// The last bytes.
    case last(Int)

    /// `nil` for what is not a single range of bytes: such a header is to be ignored.
    init?(_ field: String) {
        guard field.hasPrefix("bytes="), !field.contains(",") else { return nil }
        let ends = field.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last): self = .from(first, through: last)
        case (nil, let last?) where ends[0].isEmpty: self = .last(last)
        default: return nil
        }
    }

    /// The bytes meant in a body of `count` bytes; `nil` when there are none of them.
    package func resolved(in count: Int) -> Range<Int>? {
        switch self {
        case .from(let first, let last):
            guard first < count else { return nil }
            let end = min(last ?? count - 1, count - 1)
            return first <= end ? first..<end + 1 : nil
        case .last(let length):
            return length > 0 ? max(count - length, 0)..<count : nil
        }
    }
}
