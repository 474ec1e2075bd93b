public import OrderedCollections

/// The request being composed, as values; knows no provider until it is checked against a descriptor.
public struct Draft: Sendable, Hashable {
    /// Values by parameter, in the order they were first set.
    public private(set) var values: OrderedDictionary<ParameterName, DraftValue> = [:]
    /// Undeclared members of the body, sent only because the user said so with `raw.NAME:=json`.
    public private(set) var extras: OrderedDictionary<String, RawJSON> = [:]
    /// Query items added by the user.
    public var query: [QueryItem] = []
    /// Header fields added by the user, spelled as typed.
    public var headerFields: [QueryItem] = []

    /// Makes an empty draft.
    public init() {}

    /// Whether nothing has been set.
    public var isEmpty: Bool { values.isEmpty && extras.isEmpty && query.isEmpty && headerFields.isEmpty }

    /// The model chosen.
    public var model: String? { values[.model]?.text }

    /// The value of a parameter; nil removes it.
    public subscript(name: ParameterName) -> DraftValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// An undeclared member; nil removes it.
    public subscript(extra name: String) -> RawJSON? {
        get { extras[name] }
        set { extras[name] = newValue }
    }

    /// The draft with the values of `other` over its own.
    public func merging(_ other: Draft) -> Draft {
        var result = self
        for (name, value) in other.values { result.values[name] = value }
        for (name, value) in other.extras { result.extras[name] = value }
        result.query += other.query
        for field in other.headerFields {
            result.headerFields.removeAll { $0.name.lowercased() == field.name.lowercased() }
            result.headerFields.append(field)
        }
        return result
    }
}

/// A name and a value, in a query or a header.
public struct QueryItem: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// The value, not yet encoded.
    public var value: String

    /// Makes an item.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
