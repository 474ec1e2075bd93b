/// What values a parameter takes.
public enum ParameterKind: Sendable, Hashable {
    /// Any text, of at most so many characters.
    case text(limit: Int? = nil)
    /// One of the words. An open list also takes others, with a warning.
    case choice([String], open: Bool = false)
    /// A whole number, sent as a JSON integer literal: some servers refuse `5.0`.
    case integer(ClosedRange<Int>)
    /// A number, sent as it was spelled.
    case number(ClosedRange<Double>)
    /// True or false.
    case flag
    /// A random seed: a whole number from `range`, or left to the vendor.
    case seed(ClosedRange<Int> = 0...Int(UInt32.max))
    /// Width and height, `1280x720`. A list limits it; an open one takes others with a warning.
    case size([String], open: Bool = false)
    /// Pictures or films.
    case media(MediaRule)
    /// Any JSON.
    case json

    /// The words a choice is made from, for completion and messages.
    public var choices: [String] {
        switch self {
        case .choice(let words, _), .size(let words, _): words
        case .flag: ["true", "false"]
        default: []
        }
    }

    /// A short name for help: `text`, `integer 1...25`, `1280x720 | 720x1280`.
    public var summary: String {
        switch self {
        case .text(nil): "text"
        case .text(.some(let limit)): "text, at most \(limit) characters"
        case .choice(let words, let open): words.joined(separator: " | ") + (open ? " | …" : "")
        case .integer(let range): "integer \(range.lowerBound)...\(range.upperBound)"
        case .number(let range): "number \(range.lowerBound)...\(range.upperBound)"
        case .flag: "true | false"
        case .seed(let range): "integer \(range.lowerBound)...\(range.upperBound)"
        case .size(let sizes, let open): sizes.joined(separator: " | ") + (open ? " | WIDTHxHEIGHT" : "")
        case .media(let rule): rule.summary
        case .json: "JSON"
        }
    }
}

/// What media a parameter takes, and how they are sent.
public struct MediaRule: Sendable, Hashable {
    /// A way of sending media.
    public enum Encoding: String, Sendable, Hashable {
        /// The link itself.
        case url
        /// `data:image/png;base64,…` without a space after the comma.
        case dataURI
        /// Base64 alone.
        case base64
        /// A file part of a multipart form.
        case filePart
    }

    /// What a link and what bytes are sent as; a source whose encoding is missing is refused.
    public var encodings: [Encoding]
    /// The types taken, by the first bytes of the content.
    public var types: [MediaType]
    /// The largest content, before base64.
    public var limit: ByteCount
    /// How many; more than one makes the parameter a list.
    public var maximumCount: Int
    /// Whether one medium is sent as a list of one.
    public var sendsList: Bool

    /// Makes a rule; the defaults suit a first-frame picture.
    public init(
        encodings: [Encoding],
        types: [MediaType] = [.png, .jpeg, .webp],
        limit: ByteCount = .mebibytes(10),
        maximumCount: Int = 1,
        sendsList: Bool = false,
    ) {
        self.encodings = encodings
        self.types = types
        self.limit = limit
        self.maximumCount = maximumCount
        self.sendsList = sendsList
    }

    /// A line for help.
    public var summary: String {
        var sources: [String] = []
        if encodings.contains(.url) { sources.append("URL") }
        if encodings.contains(where: { $0 != .url }) { sources += ["data: URI", "@FILE"] }
        let names = types.map(\.name).joined(separator: ", ")
        let count = maximumCount > 1 ? "up to \(maximumCount): " : ""
        return "\(count)\(sources.joined(separator: " or ")) (\(names), at most \(limit.bytes >> 20) MiB)"
    }

    /// How `media` goes on the wire, or nil when the provider cannot take it so.
    public func encoding(for media: Media) -> Encoding? {
        switch media {
        case .link: encodings.contains(.url) ? .url : nil
        case .content: encodings.first { $0 != .url }
        }
    }
}
