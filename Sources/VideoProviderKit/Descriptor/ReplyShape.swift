public import LosslessJSON

/// The shape of an answer as the vendor documents it: data beside a provider, against which `drift` holds what is sent.
///
/// Facts are copied from the vendor's page, contradictions and all; a provider reads leniently and needs none of this.
public struct ReplyShape: Sendable, Hashable {
    /// What kinds of values a field may hold.
    public struct Kinds: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt8

        /// Takes bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Members in braces.
        public static let object = Self(rawValue: 1)
        /// Elements in brackets.
        public static let array = Self(rawValue: 2)
        /// Text.
        public static let string = Self(rawValue: 4)
        /// Any number.
        public static let number = Self(rawValue: 8)
        /// A whole number.
        public static let integer = Self(rawValue: 16)
        /// True or false.
        public static let bool = Self(rawValue: 32)
        /// `null`.
        public static let null = Self(rawValue: 64)
    }

    /// A field of the shape.
    public struct Field: Sendable, Hashable {
        /// Where it stands, `results.videos[].url`; elements are `[]`.
        public var path: JSONPath
        /// What it may hold.
        public var kinds: Kinds
        /// Whether the documentation demands it.
        public var isRequired: Bool
        /// The words the documentation lists; any when empty.
        public var words: [String]
        /// Whether members below it are not documented.
        public var isOpen: Bool
        /// What is known about departures from it, and how they are read: `read as the link`.
        public var note: String?

        /// Makes a field.
        public init(
            _ path: JSONPath,
            _ kinds: Kinds,
            required: Bool = false,
            words: [String] = [],
            open: Bool = false,
            note: String? = nil,
        ) {
            self.path = path
            self.kinds = kinds
            isRequired = required
            self.words = words
            isOpen = open
            self.note = note
        }
    }

    /// A sample on the vendor's page, reduced to its fields.
    public struct Example: Sendable, Hashable {
        /// What the page calls it.
        public var name: String
        /// The fields it has.
        public var fields: [Field]

        /// Makes an example.
        public init(_ name: String, _ fields: [Field]) {
            self.name = name
            self.fields = fields
        }
    }

    /// What the answer is.
    public var name: String
    /// The calls it answers.
    public var calls: Set<UpstreamCall>
    /// The HTTP statuses it comes with.
    public var statuses: ClosedRange<Int>
    /// What the whole body is.
    public var root: Kinds
    /// The fields of the vendor's schema.
    public var fields: [Field]
    /// The samples printed beside it, which may disagree.
    public var examples: [Example]
    /// The page it stands on.
    public var source: String

    /// Makes a shape that comes with one status.
    public init(
        _ name: String,
        for calls: Set<UpstreamCall>,
        status: Int = 200,
        root: Kinds = .object,
        _ fields: [Field] = [],
        examples: [Example] = [],
        source: String,
    ) {
        self.name = name
        self.calls = calls
        statuses = status...status
        self.root = root
        self.fields = fields
        self.examples = examples
        self.source = source
    }
}

extension ReplyShape.Kinds {
    /// Whether a value is one of these kinds; a whole number is a number too.
    public func allow(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .object: contains(.object)
        case .array: contains(.array)
        case .string: contains(.string)
        case .bool: contains(.bool)
        case .null: contains(.null)
        case .number: contains(.number) || (contains(.integer) && value.int != nil)
        }
    }

    /// The kinds in words: `string or null`.
    public var description: String {
        let names: [(Self, String)] = [
            (.object, "object"), (.array, "list"), (.string, "string"), (.number, "number"), (.integer, "integer"),
            (.bool, "true or false"), (.null, "null"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: " or ")
    }
}
