/// A way from a value to values inside it, in the notation of jq: `.data.videos[0].url`.
///
/// The leading dot may be left out; `.` is the value itself, `[]` every element or member value, `[-1]` the last
/// element, and `["odd key"]` a name that is not a plain word.
public struct JSONPath: Sendable, Hashable {
    /// One step on the way.
    public enum Step: Sendable, Hashable {
        /// The member of that name; of duplicates the last.
        case key(String)
        /// The element at that place, from the end if negative.
        case index(Int)
        /// Every element, or every member's value.
        case each
    }

    /// The steps, from the outside in.
    public var steps: [Step]

    /// Makes a path of steps; none is the value itself.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// The value itself, `.`.
    public static let root = JSONPath()

    /// This path and one more member name.
    public func appending(key: String) -> JSONPath { JSONPath(steps + [.key(key)]) }

    /// This path and one more place.
    public func appending(index: Int) -> JSONPath { JSONPath(steps + [.index(index)]) }

    /// This path and then the other one.
    public func appending(_ path: JSONPath) -> JSONPath { steps.isEmpty ? path : JSONPath(steps + path.steps) }
}

extension JSONPath: CustomStringConvertible, LosslessStringConvertible, ExpressibleByStringLiteral {
    /// The canonical notation, which begins with a dot, reads back as the same path, and which jq accepts.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key) where Self.isPlainWord(key): text += ".\(key)"
            case .key(let key):
                text += text.isEmpty ? ".[" : "["
                text += String(decoding: JSONText.quoted(key), as: UTF8.self) + "]"
            case .index(let index): text += text.isEmpty ? ".[\(index)]" : "[\(index)]"
            case .each: text += text.isEmpty ? ".[]" : "[]"
            }
        }
        return text.isEmpty ? "." : text
    }

    /// Reads a path, or gives nil if it is malformed; ``init(parsing:)`` says why.
    public init?(_ description: String) {
        guard let path = try? JSONPath(parsing: description) else { return nil }
        self = path
    }

    /// A path written in source code; a malformed one is a mistake of the programmer and traps.
    public init(stringLiteral text: String) {
        do {
            try self.init(parsing: text)
        } catch {
            preconditionFailure(error.description)
        }
    }

    private static func isPlainWord(_ key: String) -> Bool {
        guard let first = key.utf8.first, !first.isDigit else { return false }
        return key.utf8.allSatisfy { $0.isDigit || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_") }
    }
}
