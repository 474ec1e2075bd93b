/// What a piece of text is; the colour follows from it, and is never the only sign of it.
package enum TextStyle: Sendable, CaseIterable {
    case error
    case warning
    case success
    case muted
    case emphasis
    case heading
    case prompt
    /// A JSON object's key or a header's name.
    case key
    case string
    case number
    /// `true`, `false`, `null`.
    case literal
    case punctuation
    /// Removed and added lines of a comparison.
    case removed
    case added

    /// The parameters of the SGR sequence (ECMA-48, 8.3.117): the terminal's own 16 colours, so themes apply.
    var parameters: String {
        switch self {
        case .error: "1;31"
        case .warning: "33"
        case .success: "32"
        case .muted: "2"
        case .emphasis, .heading: "1"
        case .prompt: "1;36"
        case .key: "34"
        case .string: "32"
        case .number: "36"
        case .literal: "35"
        case .punctuation: "2"
        case .removed: "31"
        case .added: "32"
        }
    }

    /// `text` in this style, or as it is in plain mode.
    package func apply(to text: String, _ mode: ColorMode) -> String {
        mode == .plain || text.isEmpty ? text : "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    }
}
