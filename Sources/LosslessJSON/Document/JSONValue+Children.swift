extension JSONValue {
    /// The elements of an array in order; empty for other kinds.
    public var elements: Elements { Elements(container: self, isEmptyView: kind != .array) }

    /// The members of an object in the order of the text, duplicates kept; empty for other kinds.
    public var members: Members { Members(container: self, isEmptyView: kind != .object) }

    /// Where an element or member stands.
    ///
    /// Stepping to the next one is O(1), however large the value between.
    public struct ChildIndex: Comparable, Sendable {
        let node: Int

        /// Whether `left` stands before `right`.
        public static func < (left: ChildIndex, right: ChildIndex) -> Bool { left.node < right.node }
    }

    /// The elements of an array.
    public struct Elements: Collection, Sendable {
        let container: JSONValue
        let isEmptyView: Bool

        /// The first element.
        public var startIndex: ChildIndex { ChildIndex(node: isEmptyView ? endIndex.node : container.index + 1) }
        /// Past the last element.
        public var endIndex: ChildIndex { ChildIndex(node: container.tape.next(container.index)) }
        /// How many there are, in O(1).
        public var count: Int { isEmptyView ? 0 : container.count }
        /// The element after.
        public func index(after index: ChildIndex) -> ChildIndex {
            ChildIndex(node: container.tape.next(index.node))
        }
        /// The element at `index`.
        public subscript(index: ChildIndex) -> JSONValue { JSONValue(tape: container.tape, index: index.node) }
    }

    /// The members of an object.
    public struct Members: Collection, Sendable {
        /// A member: its decoded name, the name's own bytes with their quotes, and its value.
        public typealias Element = (key: String, rawKey: ArraySlice<UInt8>, value: JSONValue)

        let container: JSONValue
        let isEmptyView: Bool

        /// The first member.
        public var startIndex: ChildIndex { ChildIndex(node: isEmptyView ? endIndex.node : container.index + 1) }
        /// Past the last member.
        public var endIndex: ChildIndex { ChildIndex(node: container.tape.next(container.index)) }
        /// How many there are, in O(1).
        public var count: Int { isEmptyView ? 0 : container.count }
        /// The member after.
        public func index(after index: ChildIndex) -> ChildIndex {
            ChildIndex(node: container.tape.next(index.node + 1))
        }
        /// The member at `index`.
        public subscript(index: ChildIndex) -> Element {
            let tape = container.tape
            let value = JSONValue(tape: tape, index: index.node + 1)
            return (tape.decodedString(index.node), tape.slice(index.node), value)
        }
    }

    /// The member of that name; of duplicates the last, which is what JavaScript and jq see.
    ///
    /// Names are compared by their Unicode scalars after decoding, so `"\u0061"` is `a`, but no normalisation is done.
    public subscript(key: String) -> JSONValue? {
        var found: Int?
        forEachMember(named: key) { found = $0 }
        return found.map { JSONValue(tape: tape, index: $0) }
    }

    /// All values of the members of that name, in order.
    public func values(forKey key: String) -> [JSONValue] {
        var values: [JSONValue] = []
        forEachMember(named: key) { values.append(JSONValue(tape: tape, index: $0)) }
        return values
    }

    /// The element at that place in O(index); negative places count from the end, as in jq.
    public subscript(index: Int) -> JSONValue? {
        guard kind == .array else { return nil }
        let place = index < 0 ? index + count : index
        guard place >= 0, place < count else { return nil }
        var child = self.index + 1
        for _ in 0..<place { child = tape.next(child) }
        return JSONValue(tape: tape, index: child)
    }

    private func forEachMember(named key: String, _ body: (Int) -> Void) {
        guard kind == .object else { return }
        var key = key
        key.withUTF8 { name in
            let end = tape.next(index)
            var child = index + 1
            while child < end {
                if tape.key(child, equals: name) { body(child + 1) }
                child = tape.next(child + 1)
            }
        }
    }
}
