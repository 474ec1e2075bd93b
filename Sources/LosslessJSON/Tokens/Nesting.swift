/// Which brackets are open: one bit a level, so that a million levels cost 128 KB.
struct Nesting: Sendable {
    private(set) var depth = 0
    /// The innermost 1…64 levels, the innermost in bit 0, a set bit for an object.
    private var top: UInt64 = 0
    /// The levels above, 64 a word.
    private var outer: [UInt64] = []

    @inline(__always) var isInObject: Bool { top & 1 == 1 }

    @inline(__always) mutating func open(object: Bool) {
        if depth & 63 == 0, depth > 0 { spill() }
        top = top &<< 1 | (object ? 1 : 0)
        depth &+= 1
    }

    @inline(__always) mutating func close() {
        top &>>= 1
        depth &-= 1
        if depth & 63 == 0, depth > 0 { refill() }
    }

    @inline(never) private mutating func spill() { outer.append(top) }

    @inline(never) private mutating func refill() { top = outer.removeLast() }
}
