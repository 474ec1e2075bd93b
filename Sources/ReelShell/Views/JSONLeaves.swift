import LosslessJSON

/// Walks every value of a document with its path, without recursion, as replies may be as deep as they like.
enum JSONLeaves {
    /// Calls `visit` for each scalar and each empty container in the order of the text, until it returns false.
    static func visit(_ root: JSONValue, _ visit: (JSONPath, JSONValue) -> Bool) {
        var pending: [(path: JSONPath, value: JSONValue)] = [(.root, root)]
        while let (path, value) = pending.popLast() {
            let children = children(of: value, at: path)
            if children.isEmpty {
                guard visit(path, value) else { return }
            } else {
                pending.append(contentsOf: children.reversed())
            }
        }
    }

    /// The members or elements of a value with their paths.
    static func children(of value: JSONValue, at path: JSONPath) -> [(path: JSONPath, value: JSONValue)] {
        switch value.kind {
        case .object: value.members.map { (path.appending(key: $0.key), $0.value) }
        case .array: value.elements.enumerated().map { (path.appending(index: $0.offset), $0.element) }
        default: []
        }
    }
}
