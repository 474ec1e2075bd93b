public import LosslessJSON

/// How an answer departs from the shape its vendor documents.
public struct ShapeDeviation: Sendable, Hashable {
    /// What kind of departure.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A value of another kind.
        case type
        /// A demanded field that is not there.
        case missing
        /// A field the documentation does not have.
        case extra
        /// A status word the documentation does not list, or no table knows.
        case word
        /// The body as a whole is something else, or its status is documented nowhere.
        case body
    }

    /// What kind of departure.
    public var kind: Kind
    /// Where; the whole body is `.`.
    public var path: JSONPath
    /// What is documented and what was sent, for people.
    public var detail: String
    /// What is known about it, and where the documentation itself says otherwise.
    public var note: String?

    /// Makes a deviation.
    public init(_ kind: Kind, _ path: JSONPath, _ detail: String = "", note: String? = nil) {
        self.kind = kind
        self.path = path
        self.detail = detail
        self.note = note
    }
}

extension ReplyShape {
    /// How `root` departs from this shape, in the order of the documentation, then of the text.
    public func deviations(of root: JSONValue) -> [ShapeDeviation] {
        guard self.root.allow(root) else {
            return [ShapeDeviation(.body, .root, "documented \(self.root.description), sent \(root.kind.word)")]
        }
        var found: [ShapeDeviation] = []
        for field in fields { found += deviations(of: root, at: field) }
        return found + extras(in: root)
    }

    private func deviations(of root: JSONValue, at field: Field) -> [ShapeDeviation] {
        let values = root.all(field.path)
        if values.isEmpty {
            guard field.isRequired, isParentThere(field, root) else { return [] }
            let having = examples.filter { example in example.fields.contains { $0.path == field.path } }.map(\.name)
            let note =
                examples.isEmpty || !having.isEmpty ? field.note : "the page's own examples lack it too"
            return [ShapeDeviation(.missing, field.path, note: note)]
        }
        return values.compactMap { path, value in
            guard field.kinds.allow(value) else {
                return ShapeDeviation(
                    .type,
                    path,
                    "documented \(field.kinds.description), sent \(value.kind.word)",
                    note: field.note ?? exampleNote(field.path, value)
                )
            }
            guard !field.words.isEmpty, let word = value.string, !field.words.contains(word) else { return nil }
            let list = field.words.map { "\"\($0)\"" }.joined(separator: ", ")
            return ShapeDeviation(.word, path, "\"\(word)\" is not among \(list)", note: field.note)
        }
    }

    /// A demanded field counts as missing only where the object around it is there.
    private func isParentThere(_ field: Field, _ root: JSONValue) -> Bool {
        guard field.path.steps.count > 1 else { return true }
        return root[JSONPath(Array(field.path.steps.dropLast()))]?.kind == .object
    }

    /// Members that are documented nowhere; of what lies below one nothing is said.
    private func extras(in root: JSONValue) -> [ShapeDeviation] {
        var found: [ShapeDeviation] = []
        var pending: [(path: JSONPath, pattern: JSONPath, value: JSONValue)] = [(.root, .root, root)]
        while let (path, pattern, value) = pending.popLast() {
            var next: [(JSONPath, JSONPath, JSONValue)] = []
            switch value.kind {
            case .object where isDescribed(pattern):
                for member in value.members {
                    let childPattern = pattern.appending(key: member.key)
                    let child = path.appending(key: member.key)
                    if isKnown(childPattern) {
                        next.append((child, childPattern, member.value))
                    } else {
                        found.append(ShapeDeviation(.extra, child, note: exampleNote(childPattern, member.value)))
                    }
                }
            case .array:
                let each = pattern.appending(JSONPath([.each]))
                for (index, element) in value.elements.enumerated() {
                    next.append((path.appending(index: index), each, element))
                }
            default: break
            }
            pending.append(contentsOf: next.reversed())
        }
        return found
    }

    /// Whether the members of the object at `pattern` are documented.
    private func isDescribed(_ pattern: JSONPath) -> Bool {
        guard fields.first(where: { $0.path == pattern })?.isOpen != true else { return false }
        return fields.contains {
            $0.path.steps.count > pattern.steps.count && $0.path.steps.starts(with: pattern.steps)
        }
            || (pattern.steps.isEmpty && root.contains(.object))
    }

    private func isKnown(_ pattern: JSONPath) -> Bool {
        fields.contains { $0.path.steps.starts(with: pattern.steps) }
    }

    /// What the page's own examples say about a value that its schema does not have.
    private func exampleNote(_ pattern: JSONPath, _ value: JSONValue) -> String? {
        let having = examples.filter { example in
            example.fields.contains { $0.path == pattern && $0.kinds.allow(value) }
        }
        guard !having.isEmpty else { return nil }
        return "as in the page's own example \(having.map { "\"\($0.name)\"" }.joined(separator: ", "))"
    }

    /// Where the page contradicts itself: its samples against its schema.
    public var contradictions: [String] {
        examples.flatMap { example -> [String] in
            let has = Dictionary(example.fields.map { ($0.path, $0.kinds) }) { first, _ in first }
            let lacking = fields.filter { field in
                let parent = JSONPath(Array(field.path.steps.dropLast()))
                // What stands inside something that is not there is not lacking, too.
                return field.isRequired && has[field.path] == nil && (parent == .root || has[parent] != nil)
            }.map(\.path.description)
            let unknown = example.fields.filter { !isKnown($0.path) }.map(\.path.description)
            let typed = fields.compactMap { field in
                has[field.path].flatMap { kinds in
                    field.kinds.isDisjoint(with: kinds.widened)
                        ? "\(field.path) is \(field.kinds.description) in the schema and \(kinds.description) there"
                        : nil
                }
            }
            var found: [String] = []
            let name = "example \"\(example.name)\""
            if !lacking.isEmpty {
                found.append("\(name) lacks what the schema demands: \(lacking.joined(separator: " "))")
            }
            if !unknown.isEmpty { found.append("\(name) has what the schema lacks: \(unknown.joined(separator: " "))") }
            found += typed.map { "\(name): \($0)" }
            return found
        }
    }
}

extension ReplyShape.Kinds {
    fileprivate var widened: Self { contains(.integer) ? union(.number) : self }
}

extension JSONValue.Kind {
    fileprivate var word: String { self == .array ? "list" : self == .bool ? "true or false" : rawValue }
}

extension ProviderDescriptor {
    /// How a reply departs from what is documented for `call`, by the documented shape that fits it best.
    ///
    /// - Returns: nil when nothing is documented for the call at all.
    public func deviations(
        of reply: UpstreamReply,
        during call: UpstreamCall
    ) -> (shape: ReplyShape?, deviations: [ShapeDeviation])? {
        let documented = shapes.filter { $0.calls.contains(call) }
        guard !documented.isEmpty else { return nil }
        let fitting = documented.filter { $0.statuses.contains(reply.status) }
        guard !fitting.isEmpty else {
            let statuses = Set(documented.map { String($0.statuses.lowerBound) }).sorted().joined(separator: ", ")
            return (nil, [ShapeDeviation(.body, .root, "status \(reply.status) is not documented (\(statuses) are)")])
        }
        guard let root = reply.document?.root else {
            let sent = reply.body.isEmpty ? "nothing" : "text that is no JSON"
            let wanted = fitting[0].root.description
            return (fitting[0], [ShapeDeviation(.body, .root, "documented \(wanted), sent \(sent)")])
        }
        let checked = fitting.map { ($0, $0.deviations(of: root)) }
        return checked.min { $0.1.count < $1.1.count }
    }
}
