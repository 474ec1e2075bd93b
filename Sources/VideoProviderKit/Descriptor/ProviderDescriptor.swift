public import HTTPTypes

/// The name of a provider module: lower-case letters, digits and `-`.
public struct ProviderID: RawRepresentable, Sendable, Hashable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The spelling.
    public var rawValue: String

    /// Takes any spelling; ``ProviderDescriptor/problems()`` judges it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes any spelling; ``ProviderDescriptor/problems()`` judges it.
    public init(stringLiteral value: String) { self.rawValue = value }

    /// The spelling.
    public var description: String { rawValue }
}

/// Everything about a provider that is data.
///
/// Validated when the provider is registered.
public struct ProviderDescriptor: Sendable {
    /// The module's name, `siliconflow`.
    public var id: ProviderID
    /// The name people use, `SiliconFlow`.
    public var name: String
    /// One line for lists and help.
    public var summary: String
    /// Where the vendor documents the API.
    public var documentation: [String]
    /// Where requests go unless configured otherwise; nil when the vendor publishes no address.
    public var baseURL: BaseURL?
    /// How the engine attaches the key.
    public var authentication: Authentication
    /// The environment variable that holds the key, `SILICONFLOW_API_KEY`; `…_BASE_URL` is derived from it.
    public var keyVariable: String
    /// Models the vendor is known to offer.
    ///
    /// Advice only.
    public var models: [ModelAdvice]
    /// The parameter schema: drives validation, completion, help, templates and the request body.
    public var parameters: [Parameter]
    /// How often to poll.
    public var polling: PollAdvice
    /// How long a film's link lives, one entry for each statement of the vendor.
    public var assetLifetimes: [AssetLifetime]
    /// Reply header fields that identify an exchange to the vendor's support.
    public var traceHeaders: [HTTPField.Name]
    /// Reply header fields that hint at the next poll in milliseconds.
    public var pollHintHeaders: [HTTPField.Name]
    /// The vendor's status words, lower-cased, with what they mean.
    ///
    /// Consulted before the shared table.
    public var words: [String: Phase]
    /// The vendor's error codes with what they mean.
    public var faults: [FaultRule]
    /// The shapes of answers as the vendor documents them, for `drift`.
    public var shapes: [ReplyShape]
    /// Where the vendor's pages contradict themselves or each other, besides shapes and lifetimes, one sentence each.
    public var documentationConflicts: [String]
    /// The largest JSON reply to accept, in decoded bytes.
    public var replyLimit: ByteCount
    /// Hosts that server-given status and cancel URLs may name besides the base URL's own.
    public var trustedHosts: [String]
    /// The header field of a submit by which the vendor knows a repeated request and answers as it did the first time.
    ///
    /// Only where the vendor documents just that: it lets the engine send again what got no clear answer.
    public var replayingKey: ReplayingKey?

    /// Makes a descriptor; what is not given takes the value that suits most vendors.
    ///
    /// Name and key variable follow from the id: `lumen` is called `Lumen` and has its key in `LUMEN_API_KEY`.
    public init(
        id: ProviderID,
        name: String? = nil,
        summary: String,
        documentation: [String] = [],
        baseURL: BaseURL?,
        authentication: Authentication = .bearer,
        keyVariable: String? = nil,
        models: [ModelAdvice] = [],
        parameters: [Parameter],
        polling: PollAdvice = PollAdvice(),
        assetLifetimes: [AssetLifetime],
        traceHeaders: [HeaderName],
        pollHintHeaders: [HeaderName] = [],
        words: [String: Phase] = [:],
        faults: [FaultRule] = [],
        shapes: [ReplyShape] = [],
        documentationConflicts: [String] = [],
        replyLimit: ByteCount = .mebibytes(4),
        trustedHosts: [String] = [],
        replayingKey: ReplayingKey? = nil,
    ) {
        self.id = id
        self.name = name ?? id.rawValue.prefix(1).uppercased() + id.rawValue.dropFirst()
        self.summary = summary
        self.documentation = documentation
        self.baseURL = baseURL
        self.authentication = authentication
        self.keyVariable = keyVariable ?? "\(id.rawValue.uppercased().replacing("-", with: "_"))_API_KEY"
        self.models = models
        self.parameters = parameters
        self.polling = polling
        self.assetLifetimes = assetLifetimes
        self.traceHeaders = traceHeaders.map(\.field)
        self.pollHintHeaders = pollHintHeaders.map(\.field)
        self.words = words
        self.faults = faults
        self.shapes = shapes
        self.documentationConflicts = documentationConflicts
        self.replyLimit = replyLimit
        self.trustedHosts = trustedHosts
        self.replayingKey = replayingKey
    }

    /// The environment variable that overrides ``baseURL``, `SORARELAY_BASE_URL`.
    public var baseURLVariable: String {
        let stem = keyVariable.hasSuffix("_API_KEY") ? String(keyVariable.dropLast(8)) : keyVariable
        return "\(stem)_BASE_URL"
    }

    /// The parameter called `name`, by its own name or by the common one.
    public func parameter(named name: String) -> Parameter? {
        parameters.first { $0.name.rawValue == name } ?? parameters.first { $0.common?.rawValue == name }
    }

    /// The parameter that plays the role `common`.
    public func parameter(for common: CommonName) -> Parameter? {
        parameters.first { $0.common == common }
    }

    /// The shortest promise about a link's life: the one to plan for.
    ///
    /// Nil when the vendor promises nothing.
    public var shortestAssetLifetime: Duration? { assetLifetimes.compactMap(\.duration).min() }

    /// The phase that the vendor's `word` means, by the vendor's own table, then by the shared one.
    public func phase(for word: String?) -> Phase { StatusWords.phase(for: word, vendor: words) }
}

/// The name of a header field as a literal, so that a provider needs no other import than this module.
public struct HeaderName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name as HTTP knows it.
    public let field: HTTPField.Name

    /// Takes a literal of a provider's source; one that is no token (RFC 9110 §5.1) stops the program.
    public init(stringLiteral value: String) {
        guard let field = HTTPField.Name(value) else { preconditionFailure("\(value) is no header name.") }
        self.field = field
    }
}

/// A documented promise to answer a repeated submit as the first time instead of making a second task.
public struct ReplayingKey: Sendable, Hashable {
    /// The header field that carries the client's tag.
    public var header: HeaderName
    /// Where the vendor says so.
    public var source: String

    /// Makes a promise.
    public init(_ header: HeaderName, source: String) {
        self.header = header
        self.source = source
    }
}

/// A statement of the vendor about how long a film's link lives.
public struct AssetLifetime: Sendable, Hashable {
    /// The life promised; nil when the vendor says nothing or says that links do not expire.
    public var duration: Duration?
    /// Where the vendor says so.
    public var source: String

    /// Makes a statement.
    public init(_ duration: Duration?, source: String) {
        self.duration = duration
        self.source = source
    }
}

/// How the engine attaches the key to requests for the provider's own origin.
public enum Authentication: Sendable, Hashable {
    /// `Authorization: Bearer KEY` (RFC 6750).
    case bearer
    /// A header field with a prefix before the key, such as `Key ` or `Token `, or none.
    case header(HTTPField.Name, prefix: String)
    /// A query item. It is redacted wherever the URL is shown.
    case query(String)
    /// Header fields that the provider computes; it must be a ``SignsRequests``.
    case signed
    /// The API takes no key.
    case none
}

/// A model id with what is known about it.
///
/// The list is advice; ids rotate and relays rename.
public struct ModelAdvice: Sendable, Hashable {
    /// The id as it goes on the wire.
    public var id: String
    /// One line about it.
    public var note: String

    /// Makes an entry.
    public init(_ id: String, _ note: String = "") {
        self.id = id
        self.note = note
    }
}

/// How often to ask for a task's state.
public struct PollAdvice: Sendable, Hashable {
    /// From the accepted submit to the first poll.
    public var first: Duration
    /// From the first poll to the second; each further interval is ``growth`` times longer.
    public var interval: Duration
    /// By how much intervals grow.
    public var growth: Double
    /// The longest interval in the first ten minutes.
    public var maximum: Duration
    /// The most polls in a second for one account that the vendor is known to bear.
    public var ceiling: Int

    /// Makes advice; the defaults need about twelve polls for a task of two minutes.
    public init(
        first: Duration = .seconds(5),
        interval: Duration = .seconds(5),
        growth: Double = 1.25,
        maximum: Duration = .seconds(15),
        ceiling: Int = 20,
    ) {
        self.first = first
        self.interval = interval
        self.growth = growth
        self.maximum = maximum
        self.ceiling = ceiling
    }
}

/// A number of bytes.
public struct ByteCount: Sendable, Hashable, Comparable, Codable {
    /// The number.
    public var bytes: Int

    /// Takes a number of bytes.
    public init(_ bytes: Int) { self.bytes = bytes }

    /// `count` × 1 024 bytes.
    public static func kibibytes(_ count: Int) -> Self { Self(count << 10) }

    /// `count` × 1 048 576 bytes.
    public static func mebibytes(_ count: Int) -> Self { Self(count << 20) }

    /// Orders by size.
    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}
