extension JSONValue {
    /// The first value at `path`, in the order of the text.
    public subscript(path: JSONPath) -> JSONValue? {
        var current = self
        for step in path.steps {
            let next: JSONValue?
            switch step {
            case .key(let key): next = current[key]
            case .index(let index): next = current[index]
            case .each: return firstBranching(path)
            }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// The first value at `path`; the label keeps a literal from being read as a member name.
    public subscript(path path: JSONPath) -> JSONValue? { self[path] }

    /// Every value at `path` in the order of the text, each with its own path, in which `[]` is a place or a name.
    ///
    /// A place from the end is given as one from the beginning.
    public func all(_ path: JSONPath) -> [(path: JSONPath, value: JSONValue)] {
        var found: [(path: JSONPath, value: JSONValue)] = []
        visit(path) { steps, value in
            found.append((JSONPath(steps), value))
            return true
        }
        return found
    }

    /// The first of `paths` at which there is a value, `null` included.
    public func first(of paths: JSONPath...) -> (path: JSONPath, value: JSONValue)? { first(of: paths) }

    /// The first of `paths` at which there is a value, `null` included.
    public func first(of paths: [JSONPath]) -> (path: JSONPath, value: JSONValue)? {
        for path in paths {
            if let value = self[path] { return (path, value) }
        }
        return nil
    }

    private func firstBranching(_ path: JSONPath) -> JSONValue? {
        var first: JSONValue?
        visit(path) { _, value in
            first = value
            return false
        }
        return first
    }

    /// Calls `body` for every match until it returns false.
    ///
    /// Walks with a stack of its own: a path may be long.
    private func visit(_ path: JSONPath, _ body: ([JSONPath.Step], JSONValue) -> Bool) {
        var pending: [(steps: [JSONPath.Step], value: JSONValue)] = [([], self)]
        while var (steps, value) = pending.popLast() {
            // Straight on while the path does not branch, so that only branches copy the steps.
            var isDeadEnd = false
            while steps.count < path.steps.count, path.steps[steps.count] != .each {
                guard let (step, child) = value.child(path.steps[steps.count]) else {
                    isDeadEnd = true
                    break
                }
                steps.append(step)
                value = child
            }
            if isDeadEnd { continue }
            guard steps.count < path.steps.count else {
                guard body(steps, value) else { return }
                continue
            }
            let children =
                value.kind == .object
                ? value.members.map { (JSONPath.Step.key($0.key), $0.value) }
                : value.elements.enumerated().map { (JSONPath.Step.index($0.offset), $0.element) }
            pending.append(contentsOf: children.reversed().map { (steps + [$0.0], $0.1) })
        }
    }

    private func child(_ step: JSONPath.Step) -> (JSONPath.Step, JSONValue)? {
        switch step {
        case .key(let key): return self[key].map { (step, $0) }
        case .index(let index): return self[index].map { (.index(index < 0 ? index + count : index), $0) }
        case .each: return nil
        }
    }
}
