/// Reads a YAML text; its one user outside of tests is the parser library, which only the program imports.
package typealias YAMLParser = @Sendable (String) throws(YAMLProblem) -> YAMLNode?

/// A value in a YAML file, with the line it stands on.
package struct YAMLNode: Sendable, Hashable {
    /// What a node is.
    package indirect enum Content: Sendable, Hashable {
        /// A text; plain ones may stand for numbers, true, false and null.
        case scalar(String, isPlain: Bool)
        /// A list.
        case sequence([YAMLNode])
        /// Keys and values in the order of the file.
        case mapping([Member])
    }

    /// A key with its value.
    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: YAMLNode

        package init(key: String, value: YAMLNode) {
            self.key = key
            self.value = value
        }
    }

    package var content: Content
    /// From 1.
    package var line: Int

    package init(_ content: Content, line: Int = 1) {
        self.content = content
        self.line = line
    }

    /// The text, if it is one.
    var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

    /// The members of a mapping.
    var members: [Member]? { if case .mapping(let members) = content { members } else { nil } }

    /// Whether nothing was written for the value: `seed:`.
    var isEmpty: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null"].contains(text)
    }

    subscript(key: String) -> YAMLNode? { members?.first { $0.key == key }?.value }
}

/// Why a YAML file cannot be read.
package struct YAMLProblem: Error, Sendable, Hashable {
    /// From 1.
    package var line: Int
    package var message: String

    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}
