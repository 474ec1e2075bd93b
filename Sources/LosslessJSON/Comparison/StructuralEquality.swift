/// Whether two values mean the same; see ``JSONValue/isStructurallyEqual(to:)``.
public func structurallyEqual(_ left: JSONValue, _ right: JSONValue) -> Bool { left.isStructurallyEqual(to: right) }

extension JSONValue {
    /// Whether two values mean the same: numbers by value (1, 1.0 and 10e-1 are equal, whatever their size), strings by
    /// their decoded scalars, members in any order, elements in theirs.
    ///
    /// Duplicate names count, in their order.
    public func isStructurallyEqual(to other: JSONValue) -> Bool {
        var pending = [(self, other)]
        while let (left, right) = pending.popLast() {
            let kind = left.kind
            guard kind == right.kind else { return false }
            switch kind {
            case .object:
                guard left.count == right.count else { return false }
                for (old, new) in left.tape.matchedMembers(of: left.index, with: right.tape, right.index) {
                    guard let old, let new else { return false }
                    pending.append(
                        (JSONValue(tape: left.tape, index: old + 1), JSONValue(tape: right.tape, index: new + 1))
                    )
                }
            case .array:
                guard left.count == right.count else { return false }
                pending.append(contentsOf: zip(left.elements, right.elements))
            default: guard left.isEqualScalar(to: right) else { return false }
            }
        }
        return true
    }

    /// Whether two strings, numbers, Booleans or nulls of one kind mean the same.
    func isEqualScalar(to other: JSONValue) -> Bool {
        if rawBytes == other.rawBytes { return true }
        switch kind {
        case .string: return tape.decodedKey(index) == other.tape.decodedKey(other.index)
        case .number:
            guard let number = DecimalNumber(rawBytes) else { return false }
            return number == DecimalNumber(other.rawBytes)
        default: return false
        }
    }
}

extension Tape {
    /// The members of two objects in pairs of equal names, given as the places of the names: first those of `left` in
    /// their order, then those only `right` has.
    ///
    /// The n-th of a repeated name goes with the n-th.
    func matchedMembers(of left: Int, with other: Tape, _ right: Int) -> [(Int?, Int?)] {
        var olds: [Int] = []
        forEachMember(of: left) { olds.append($0) }
        var news: [Int] = []
        other.forEachMember(of: right) { news.append($0) }
        // Replies of one upstream have their members in one order; the table is for those that have not.
        let oldKeys = olds.map(decodedKey)
        let newKeys = news.map(other.decodedKey)
        if oldKeys == newKeys { return Array(zip(olds, news)) }
        var places: [ArraySlice<UInt8>: [Int]] = [:]
        for place in news.indices.reversed() { places[newKeys[place], default: []].append(place) }
        var isTaken = Array(repeating: false, count: news.count)
        var pairs: [(Int?, Int?)] = []
        for (old, key) in zip(olds, oldKeys) {
            let place = places[key]?.popLast()
            if let place { isTaken[place] = true }
            pairs.append((old, place.map { news[$0] }))
        }
        for place in news.indices where !isTaken[place] { pairs.append((nil, news[place])) }
        return pairs
    }

    private func forEachMember(of object: Int, _ body: (Int) -> Void) {
        var child = object + 1
        while child < next(object) {
            body(child)
            child = next(child + 1)
        }
    }
}
