/// A hash of the meaning of every value below a root: equal values have equal hashes, however they are written.
///
/// `Hasher` is seeded anew in each process, so nobody can prepare a reply whose hashes collide.
struct StructuralHashes {
    private var hashes: [Int]
    private let first: Int

    init(of root: JSONValue) {
        let tape = root.tape
        first = root.index
        let end = tape.next(root.index)
        hashes = Array(repeating: 0, count: end - first)
        // Children stand behind their container, so going backwards finds them done: no recursion.
        for index in (first..<end).reversed() { hashes[index - first] = hash(index, in: tape) }
    }

    subscript(index: Int) -> Int { hashes[index - first] }

    private func hash(_ index: Int, in tape: Tape) -> Int {
        var hasher = Hasher()
        let value = JSONValue(tape: tape, index: index)
        let kind = value.kind
        hasher.combine(kind)
        switch kind {
        case .object:
            // A sum, because the order of members means nothing.
            var sum = 0
            var child = index + 1
            while child < tape.next(index) {
                var member = Hasher()
                member.combine(self[child])
                member.combine(self[child + 1])
                sum &+= member.finalize()
                child = tape.next(child + 1)
            }
            hasher.combine(sum)
        case .array:
            var child = index + 1
            while child < tape.next(index) {
                hasher.combine(self[child])
                child = tape.next(child)
            }
        case .string: hasher.combine(tape.decodedKey(index))
        case .number:
            if let number = DecimalNumber(value.rawBytes) {
                hasher.combine(number)
            } else {
                hasher.combine(value.rawBytes)
            }
        case .bool: hasher.combine(value.bool)
        case .null: break
        }
        return hasher.finalize()
    }
}
