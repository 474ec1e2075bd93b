import LosslessJSON

/// JSON to be sent: members keep their order, numbers their spelling, media stay apart from the text.
public indirect enum RequestJSON: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// The key.
        public var name: String
        /// The value.
        public var value: RequestJSON

        /// Makes a member.
        public init(_ name: String, _ value: RequestJSON) {
            self.name = name
            self.value = value
        }
    }

    /// A text.
    case string(String)
    /// A number as it is to be spelled.
    case number(String)
    /// True or false.
    case bool(Bool)
    /// The user's own JSON, token for token.
    case raw(RawJSON)
    /// A medium as base64, after `prefix`, in one string.
    case base64(MediaContent, prefix: String)
    /// A list.
    case array([RequestJSON])
    /// An object.
    case object([Member])

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .number(String(value)) }

    /// A list.
    public init(arrayLiteral elements: RequestJSON...) { self = .array(elements) }

    /// An object, in the order written.
    public init(dictionaryLiteral elements: (String, RequestJSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// A medium the way `rule` sends it.
    public init(_ media: Media, as encoding: MediaRule.Encoding) {
        switch (media, encoding) {
        case (.link(let url), _): self = .string(url)
        case (.content(let content), .dataURI):
            self = .base64(content, prefix: "data:\(content.type.rawValue);base64,")
        case (.content(let content), _): self = .base64(content, prefix: "")
        }
    }

    /// Sets the member at `path` of this object, making the objects on the way.
    ///
    /// An object laid over an object adds its members to it, so that `metadata` given as a whole and `metadata.seed` can stand together; other kinds are
    /// replaced.
    public mutating func set(_ value: RequestJSON, at path: some Collection<String>) {
        guard let name = path.first else {
            guard let added = value.members, members?.isEmpty == false else {
                self = value
                return
            }
            for member in added { set(member.value, at: [member.name]) }
            return
        }
        var members = members ?? []
        var inner = members.first { $0.name == name }?.value ?? .object([])
        inner.set(value, at: path.dropFirst())
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = inner
        } else {
            members.append(Member(name, inner))
        }
        self = .object(members)
    }

    /// The members of an object, the user's own included; nil for other kinds.
    private var members: [Member]? {
        switch self {
        case .object(let members): return members
        case .raw(let json):
            guard let root = try? JSONDocument(parsing: json.text).root, root.kind == .object else { return nil }
            return root.members.map { Member($0.key, .raw(RawJSON($0.value))) }
        default: return nil
        }
    }

    /// The compact text; media are written out.
    public var text: String {
        String(decoding: RequestBody.json(self).rendered().bytes, as: UTF8.self)
    }

    // Recursion is bounded by the nesting of a provider's own source, never by input: a user's JSON is one `raw` leaf.
    func write(to writer: inout SegmentWriter) {
        switch self {
        case .string(let text): writer.write(JSONText.quoted(text))
        case .number(let spelling): writer.write(spelling.utf8)
        case .bool(let flag): writer.write((flag ? "true" : "false").utf8)
        case .raw(let json): writer.write(json.text.utf8)
        case .base64(let content, let prefix):
            writer.write("\"\(prefix)".utf8)
            writer.write(content, .base64)
            writer.write("\"".utf8)
        case .array(let elements):
            writer.write("[".utf8)
            for (index, element) in elements.enumerated() {
                if index > 0 { writer.write(",".utf8) }
                element.write(to: &writer)
            }
            writer.write("]".utf8)
        case .object(let members):
            writer.write("{".utf8)
            for (index, member) in members.enumerated() {
                if index > 0 { writer.write(",".utf8) }
                writer.write(JSONText.quoted(member.name))
                writer.write(":".utf8)
                member.value.write(to: &writer)
            }
            writer.write("}".utf8)
        }
    }
}
