/// A page of help that is about no single command.
package struct HelpTopic: Sendable, Hashable {
    /// What `help` is given.
    package var name: String
    /// One line.
    package var title: String
    /// Paragraphs and, indented by two blanks, examples; empty lines between them.
    package var text: String

    /// The topics, in the order of the overview.
    package static let all: [HelpTopic] =
        written + [
            HelpTopic(name: "json", title: "the lines that --json prints", text: ""),
            HelpTopic(name: "settings", title: "what can be set, and where", text: ""),
            HelpTopic(name: "exit-codes", title: "how reel ends", text: ""),
        ]

    /// The topic of that name.
    package static subscript(name: String) -> HelpTopic? { all.first { $0.name == name } }
}
