/// What a token is to somebody who colours it.
public enum JSONColorClass: String, Sendable, Hashable, CaseIterable {
    /// A member name.
    case key
    /// A string value.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case bool
    /// `null`.
    case null
    /// Brackets, commas and colons.
    case punctuation
}
