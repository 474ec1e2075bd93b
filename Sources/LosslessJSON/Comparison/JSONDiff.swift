/// One difference between two values.
public struct JSONChange: Sendable, CustomStringConvertible {
    /// What happened to the value at the path.
    public enum Kind: Sendable, Hashable {
        /// It is only in the new value.
        case added
        /// It was only in the old value.
        case removed
        /// It is another one.
        case changed
        /// It stands elsewhere among its siblings; shifts by neighbours that came or went do not count.
        case moved(from: JSONPath)
    }

    /// Where it stands in the new value, or stood in the old one if it was removed.
    ///
    /// The steps above it are those of the new value.
    public let path: JSONPath
    /// What happened.
    public let kind: Kind
    /// What stood there.
    public let old: JSONValue?
    /// What stands there.
    public let new: JSONValue?
    /// Whether both mean the same and only the spelling differs: `1` and `1.0`, `"é"` and `"\u00e9"`.
    public let isSpellingOnly: Bool

    /// One line: `.a: 1 -> 2`.
    public var description: String {
        let before = old?.rawText ?? ""
        let after = new?.rawText ?? ""
        switch kind {
        case .added: return "\(path): added \(after)"
        case .removed: return "\(path): removed \(before)"
        case .changed: return "\(path): \(before) -> \(after)\(isSpellingOnly ? " (spelling only)" : "")"
        case .moved(let source): return "\(path): moved from \(source)"
        }
    }
}

/// Differences between values.
public enum JSONDiff {
    /// What changed from one value to another, in the order of the old one.
    ///
    /// Objects are compared by name. In arrays, equal elements are aligned (longest common subsequence, for arrays
    /// of up to about a thousand differing elements; by place beyond); of the others, those found elsewhere have moved,
    /// those with an equal `id` belong together, and the rest is compared by place. Nothing at or below a path that
    /// `ignoring` matches is reported. The order of members is looked at only with `noticingMemberOrder`.
    public static func changes(
        from old: JSONValue,
        to new: JSONValue,
        ignoring: [JSONPath] = [],
        noticingMemberOrder: Bool = false
    ) -> [JSONChange] {
        var comparison = Comparison(
            old: old,
            new: new,
            ignoring: ignoring,
            noticesMemberOrder: noticingMemberOrder
        )
        comparison.run()
        return comparison.changes
    }
}
