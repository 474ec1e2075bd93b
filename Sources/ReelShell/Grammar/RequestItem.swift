/// A parameter, query or header given in one word: `seed=7`, `image=@cat.png`, `q==v`, `X-Trace:a`.
package struct RequestItem: Sendable, Hashable {
    /// The name before the operator.
    package var name: String
    /// What the value is.
    package var op: Operator
    /// The value as written, quotes and escapes read; files are not opened and references not followed.
    package var value: String
    /// Whether a `$` at the value's beginning was quoted or escaped, so that it is no reference.
    package var isLiteral: Bool

    package init(name: String, op: Operator, value: String, isLiteral: Bool = false) {
        self.name = name
        self.op = op
        self.value = value
        self.isLiteral = isLiteral
    }

    /// What stands between name and value.
    package enum Operator: String, Sendable, Hashable, CaseIterable {
        /// The file's JSON.
        case jsonFile = ":=@"
        /// JSON, token for token.
        case json = ":="
        /// The file's text, or the file itself for media.
        case file = "=@"
        /// A query parameter.
        case query = "=="
        /// A value, read by the parameter's type.
        case assign = "="
        /// A header.
        case header = ":"
    }
}

extension RequestItem: CustomStringConvertible {
    /// `name`, operator and value, unquoted.
    package var description: String { name + op.rawValue + value }
}
