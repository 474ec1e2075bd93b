/// How much a text may ask of the reader before it is refused.
public struct JSONLimits: Sendable, Hashable {
    /// How many arrays and objects may be open at once.
    ///
    /// Nothing recurses, so any value is safe for the stack.
    public var depth: Int
    /// How many bytes a ``JSONDocument`` may have; at most 4 GiB - 1, because its table has 32-bit offsets.
    ///
    /// ``JSONFormatter`` keeps no text and ignores it.
    public var bytes: Int

    /// Makes limits; the defaults are those of `jq` for depth and the largest document for size.
    public init(depth: Int = 10_000, bytes: Int = Int(UInt32.max)) {
        self.depth = depth
        self.bytes = min(bytes, Int(UInt32.max))
    }
}
