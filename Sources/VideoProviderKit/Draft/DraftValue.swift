public import LosslessJSON

/// A value in a draft, already read by the type its parameter declares.
public enum DraftValue: Sendable, Hashable {
    /// Text, words and sizes.
    case text(String)
    /// A number as it was spelled.
    case number(String)
    /// True or false.
    case flag(Bool)
    /// Pictures or films.
    case media([Media])
    /// Any JSON, token for token.
    case json(RawJSON)

    /// The value as the user would type it; media as their summary.
    public var text: String {
        switch self {
        case .text(let text): text
        case .number(let spelling): spelling
        case .flag(let flag): flag ? "true" : "false"
        case .media(let media): media.map(\.summary).joined(separator: ", ")
        case .json(let json): json.text
        }
    }

    /// Whether it says nothing: no text, no picture, or JSON that is neither.
    var isBlank: Bool {
        switch self {
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .media(let media): media.isEmpty
        case .json(let json): json.isBlank
        case .number, .flag: false
        }
    }
}

/// Valid JSON kept as its own bytes.
public struct RawJSON: Sendable, Hashable {
    /// The text, with outer white space removed.
    public let text: String

    /// Checks that `text` is one JSON value.
    public init(parsing text: String) throws(JSONError) {
        let document = try JSONDocument(parsing: text)
        self.text = document.root.rawText
    }

    /// Takes a value out of a document.
    public init(_ value: JSONValue) { self.text = value.rawText }

    /// `null`, a text of blanks, `[]` or `{}`.
    var isBlank: Bool {
        guard let root = try? JSONDocument(parsing: text).root else { return true }
        switch root.kind {
        case .null: return true
        case .string: return (root.string ?? "").allSatisfy(\.isWhitespace)
        case .array: return root.elements.isEmpty
        case .object: return root.members.isEmpty
        case .number, .bool: return false
        }
    }
}

/// Something about a draft that keeps it from being sent, or deserves a warning.
public struct DraftProblem: Error, Sendable, Hashable {
    /// What kind of problem.
    public enum Code: String, Sendable, Hashable {
        /// Required and not given.
        case missing
        /// Not of the declared type.
        case wrongType
        /// Not among the words allowed.
        case notAllowed
        /// Outside the range.
        case outOfRange
        /// Too long or too large.
        case tooLarge
        /// No such parameter.
        case unknown
        /// Not with this model or mode.
        case notApplicable
        /// Not together with another parameter.
        case excluded
        /// Media of a type or source the vendor does not take.
        case media
        /// Not in the vendor's list, which is advice.
        case unlisted
    }

    /// How much it matters.
    public enum Severity: Sendable, Hashable {
        /// The draft is sent all the same.
        case warning
        /// The draft cannot be sent.
        case error
    }

    /// What kind of problem.
    public var code: Code
    /// How much it matters.
    public var severity: Severity
    /// The parameter concerned.
    public var parameter: ParameterName?
    /// One full sentence.
    public var message: String
    /// A value or command that would mend it.
    public var suggestion: String?

    /// Makes a problem, an error unless said otherwise.
    public init(
        _ code: Code,
        _ message: String,
        parameter: ParameterName? = nil,
        severity: Severity = .error,
        suggestion: String? = nil,
    ) {
        self.code = code
        self.message = message
        self.parameter = parameter
        self.severity = severity
        self.suggestion = suggestion
    }
}
