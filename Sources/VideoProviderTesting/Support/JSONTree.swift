import LosslessJSON

/// JSON that can be changed, for fixtures and requests: both are short and shallow, so recursion is safe here.
indirect enum JSONTree {
    case object([(key: String, value: JSONTree)])
    case array([JSONTree])
    case string(String)
    /// A number, `true`, `false` or `null` as it is spelled.
    case token(String)

    init(_ value: JSONValue) {
        self =
            switch value.kind {
            case .object: .object(value.members.map { ($0.key, JSONTree($0.value)) })
            case .array: .array(value.elements.map(JSONTree.init))
            case .string: .string(value.string ?? "")
            case .number, .bool, .null: .token(value.rawText)
            }
    }

    init?(parsing bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes) else { return nil }
        self.init(document.root)
    }

    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    var isNumber: Bool {
        if case .token(let text) = self, let first = text.utf8.first { return first == 45 || (48...57).contains(first) }
        return false
    }

    /// The same with every value replaced, the innermost first; nil takes the member or element away.
    func mapped(_ change: (JSONTree) -> JSONTree?) -> JSONTree? {
        switch self {
        case .object(let members):
            change(.object(members.compactMap { key, value in value.mapped(change).map { (key, $0) } }))
        case .array(let elements): change(.array(elements.compactMap { $0.mapped(change) }))
        case .string, .token: change(self)
        }
    }

    /// The same with the value at `path` replaced; nil takes it away.
    func replacing(_ path: some Collection<JSONPath.Step>, with change: (JSONTree) -> JSONTree?) -> JSONTree? {
        guard let step = path.first else { return change(self) }
        switch (self, step) {
        case (.object(var members), .key(let key)):
            guard let index = members.lastIndex(where: { $0.key == key }) else { return self }
            if let value = members[index].value.replacing(path.dropFirst(), with: change) {
                members[index].value = value
            } else {
                members.remove(at: index)
            }
            return .object(members)
        case (.array(var elements), .index(let index)):
            guard elements.indices.contains(index) else { return self }
            if let value = elements[index].replacing(path.dropFirst(), with: change) {
                elements[index] = value
            } else {
                elements.remove(at: index)
            }
            return .array(elements)
        default: return self
        }
    }

    /// The paths of all values, this one's first.
    func paths(below path: [JSONPath.Step] = []) -> [[JSONPath.Step]] {
        switch self {
        case .object(let members): [path] + members.flatMap { $0.value.paths(below: path + [.key($0.key)]) }
        case .array(let elements):
            [path] + elements.indices.flatMap { elements[$0].paths(below: path + [.index($0)]) }
        case .string, .token: [path]
        }
    }

    private func write(to out: inout [UInt8]) {
        switch self {
        case .object(let members):
            out += "{".utf8
            for (index, member) in members.enumerated() {
                if index > 0 { out += ",".utf8 }
                out += JSONText.quoted(member.key)
                out += ":".utf8
                member.value.write(to: &out)
            }
            out += "}".utf8
        case .array(let elements):
            out += "[".utf8
            for (index, element) in elements.enumerated() {
                if index > 0 { out += ",".utf8 }
                element.write(to: &out)
            }
            out += "]".utf8
        case .string(let text): out += JSONText.quoted(text)
        case .token(let text): out += text.utf8
        }
    }
}

extension JSONTree: Equatable {
    /// Equality of values: members in any order, numbers by their spelling, since `5.0` is refused where `5` is taken.
    static func == (left: JSONTree, right: JSONTree) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in right.contains { $0.key == member.key && $0.value == member.value } }
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.token(let left), .token(let right)): left == right
        default: false
        }
    }
}

extension JSONValue {
    /// All texts and spelled numbers in it, without recursion since the bytes may be anything.
    func contains(text wanted: String) -> Bool {
        var pending = [self]
        while let value = pending.popLast() {
            switch value.kind {
            case .object: pending += value.members.map(\.value)
            case .array: pending += Array(value.elements)
            case .string:
                // Readers drop outer white space of ids, but keep links as they are.
                guard let text = value.string else { continue }
                if text == wanted || text.trimmingBlanks == wanted { return true }
            case .number: if value.rawText == wanted { return true }
            case .bool, .null: continue
            }
        }
        return false
    }
}

extension String {
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
