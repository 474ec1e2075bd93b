/// A sentence with its values apart, so that it can be said in another language.
///
/// Written as an interpolated literal. The literal with `{}` for each value is the key of the phrasebook.
package struct Message: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// A value in a message.
    enum Value: Sendable, Hashable {
        case text(String)
        case message(Message)
    }

    /// The English sentence with `{}` for each value.
    let key: String
    let values: [Value]

    /// A sentence of its own that is not translated: a vendor's words, a name, a path.
    package init(verbatim text: String) {
        key = "{}"
        values = [.text(text)]
    }

    package init(stringLiteral value: String) {
        key = value
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        key = stringInterpolation.key
        values = stringInterpolation.values
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var key = ""
        var values: [Value] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            key.reserveCapacity(literalCapacity + 2 * interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { key += literal }

        package mutating func appendInterpolation(_ message: Message) {
            key += "{}"
            values.append(.message(message))
        }

        package mutating func appendInterpolation(_ value: some Any) {
            key += "{}"
            values.append(.text("\(value)"))
        }
    }

    /// The sentence in English.
    package var description: String { text(in: .english) }

    /// The sentence in a language.
    package func text(in language: Language) -> String {
        Self.fill(
            language.say(key),
            values.map { value in
                switch value {
                case .text(let text): text
                case .message(let message): message.text(in: language)
                }
            }
        )
    }

    /// Puts values into `{}` in turn, and into `{1}` by their place, counted from 1.
    private static func fill(_ template: String, _ values: [String]) -> String {
        guard !values.isEmpty else { return template }
        var result = ""
        var next = 0
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let behind = rest.index(after: open)
            guard let close = rest[behind...].firstIndex(of: "}") else { break }
            let inner = rest[behind..<close]
            let place = inner.isEmpty ? next + 1 : Int(inner) ?? 0
            if inner.isEmpty { next += 1 }
            if values.indices.contains(place - 1) {
                result += values[place - 1]
            } else {
                result += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}

extension Message {
    /// Whether nothing is said.
    var isEmpty: Bool { description.isEmpty }

    /// Things in a row: `a, b, c`.
    static func list(_ messages: [Message]) -> Message {
        messages.dropFirst().reduce(messages.first ?? "") { "\($0), \($1)" }
    }

    /// Sentences in a row: `one; two`.
    static func joined(_ messages: [Message]) -> Message {
        messages.dropFirst().reduce(messages.first ?? "") { "\($0); \($1)" }
    }

    /// Words in a row, two blanks between them.
    static func spaced(_ messages: [Message]) -> Message {
        messages.dropFirst().reduce(messages.first ?? "") { "\($0)  \($1)" }
    }

    static func + (left: Message, right: Message) -> Message { "\(left)\(right)" }

    static func += (left: inout Message, right: Message) { left = "\(left)\(right)" }
}
