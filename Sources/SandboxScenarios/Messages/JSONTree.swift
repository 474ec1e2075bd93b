import LosslessJSON

/// A JSON text to be sent, with its members in the order they are written here.
enum JSONTree: Sendable {
    case object([(String, JSONTree)])
    case array([JSONTree])
    case string(String)
    case int(Int)
    case bool(Bool)
    case null
    /// A value spelled as it stands, for numbers with a fraction and values that are passed on.
    case raw(String)

    static func optional(_ text: String?) -> JSONTree {
        text.map { .string($0) } ?? .null
    }

    static func optional(_ number: Int?) -> JSONTree {
        number.map { .int($0) } ?? .null
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        append(to: &output)
        return output
    }

    /// Members added at the end of an object; anything else stays as it is.
    func adding(_ members: [(String, JSONTree)]) -> JSONTree {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    // The trees are written in this package, a few levels deep, so the recursion is bounded.
    private func append(to output: inout [UInt8]) {
        switch self {
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSONText.append(quoted: member.0, to: &output)
                output.append(UInt8(ascii: ":"))
                member.1.append(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.append(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .string(let text):
            JSONText.append(quoted: text, to: &output)
        case .int(let number):
            output.append(contentsOf: String(number).utf8)
        case .bool(let value):
            output.append(contentsOf: (value ? "true" : "false").utf8)
        case .null:
            output.append(contentsOf: "null".utf8)
        case .raw(let text):
            output.append(contentsOf: text.utf8)
        }
    }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    init(dictionaryLiteral members: (String, JSONTree)...) {
        self = .object(members)
    }

    init(arrayLiteral elements: JSONTree...) {
        self = .array(elements)
    }

    init(stringLiteral text: String) {
        self = .string(text)
    }
}

extension JSONTree: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral {
    init(integerLiteral number: Int) {
        self = .int(number)
    }

    init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    init(nilLiteral: ()) {
        self = .null
    }
}
