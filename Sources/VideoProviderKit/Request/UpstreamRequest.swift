public import HTTPTypes

/// One call as a value: what to send, but neither the key nor the base URL.
public struct UpstreamRequest: Sendable, Hashable {
    /// Where a request goes.
    public enum Target: Sendable, Hashable {
        /// Below the receipt's or the instance's base URL.
        case path(UpstreamPath)
        /// A URL that came out of a reply. It gets the credential only if it has the base URL's origin.
        case server(WebURL)
    }

    /// The HTTP method.
    public var method: HTTPRequest.Method
    /// Where it goes.
    public var target: Target
    /// Query items, in order; encoded when the URL is made.
    public var query: [QueryItem]
    /// Header fields in the order they are sent, besides those the engine adds.
    public var headerFields: HTTPFields
    /// The body.
    public var body: RequestBody

    /// Makes a request.
    public init(
        method: HTTPRequest.Method,
        target: Target,
        query: [QueryItem] = [],
        headerFields: HTTPFields = [:],
        body: RequestBody = .none,
    ) {
        self.method = method
        self.target = target
        self.query = query
        self.headerFields = headerFields
        self.body = body
    }

    /// A GET below the base URL that asks for JSON.
    public static func get(_ path: UpstreamPath, query: [QueryItem] = []) -> Self {
        Self(method: .get, target: .path(path), query: query, headerFields: [.accept: "application/json"])
    }

    /// A POST of JSON below the base URL.
    public static func post(_ path: UpstreamPath, json: RequestJSON) -> Self {
        Self(
            method: .post,
            target: .path(path),
            headerFields: [.accept: "application/json"],
            body: .json(json)
        )
    }

    /// A POST of a form below the base URL (RFC 7578).
    public static func post(_ path: UpstreamPath, form: [FormPart]) -> Self {
        Self(
            method: .post,
            target: .path(path),
            headerFields: [.accept: "application/json"],
            body: .form(form)
        )
    }

    /// A DELETE below the base URL.
    public static func delete(_ path: UpstreamPath) -> Self {
        Self(method: .delete, target: .path(path), headerFields: [.accept: "application/json"])
    }

    /// The absolute URL below `base`.
    ///
    /// - Throws: ``Fault`` of kind ``FaultKind/invalidRequest`` when an id cannot stand in a path.
    public func url(below base: BaseURL) throws(Fault) -> String {
        let start: String
        switch target {
        case .path(let path):
            if let problem = path.problem { throw Fault(.invalidRequest, problem) }
            start = base.appending(path)
        case .server(let url):
            start = url.text
        }
        guard !query.isEmpty else { return start }
        let items = query.map {
            "\(PercentEncoding.queryComponent($0.name))=\(PercentEncoding.queryComponent($0.value))"
        }
        return start + (start.contains("?") ? "&" : "?") + items.joined(separator: "&")
    }

    /// Whether the request goes to `base`'s own origin and so may carry its credential.
    public func isForOrigin(of base: BaseURL) -> Bool {
        switch target {
        case .path: true
        case .server(let url): url.origin == base.url.origin
        }
    }
}

/// A request's body as a value.
public enum RequestBody: Sendable, Hashable {
    /// No body.
    case none
    /// JSON, written compactly in the order given.
    case json(RequestJSON)
    /// A multipart form (RFC 7578).
    case form([FormPart])
    /// The bytes of a medium.
    case media(MediaContent)
    /// Bytes of any type, as a recorded request has them.
    case bytes([UInt8], contentType: String?)

    /// The body's type and bytes, media kept apart so that jobs can share them.
    public func rendered() -> RenderedBody {
        switch self {
        case .none:
            return RenderedBody(contentType: nil, segments: [])
        case .json(let json):
            var writer = SegmentWriter()
            json.write(to: &writer)
            return RenderedBody(contentType: "application/json", segments: writer.finish())
        case .form(let parts):
            return FormPart.rendered(parts)
        case .media(let content):
            return RenderedBody(contentType: content.type.rawValue, segments: [.media(content, .identity)])
        case .bytes(let bytes, let type):
            return RenderedBody(contentType: type, segments: bytes.isEmpty ? [] : [.bytes(bytes)])
        }
    }
}

/// A body ready to be sent.
public struct RenderedBody: Sendable, Hashable {
    /// The value of `Content-Type`; nil without a body.
    public var contentType: String?
    /// The bytes in order.
    public var segments: [BodySegment]

    /// All bytes joined.
    public var bytes: [UInt8] { segments.flatMap(\.bytes) }
}

/// A piece of a body.
public enum BodySegment: Sendable, Hashable {
    /// How a medium's bytes are written.
    public enum MediaCoding: String, Sendable, Hashable, Codable {
        /// As they are.
        case identity
        /// In base64.
        case base64
    }

    /// Bytes of the body itself.
    case bytes([UInt8])
    /// Bytes of a medium.
    case media(MediaContent, MediaCoding)

    /// The bytes as they are sent.
    public var bytes: [UInt8] {
        switch self {
        case .bytes(let bytes): bytes
        case .media(let content, .identity): content.bytes
        case .media(let content, .base64): content.base64
        }
    }
}

/// Collects bytes and media into segments.
struct SegmentWriter {
    private var segments: [BodySegment] = []
    private var pending: [UInt8] = []

    mutating func write(_ bytes: some Sequence<UInt8>) { pending += bytes }

    mutating func write(_ content: MediaContent, _ coding: BodySegment.MediaCoding) {
        flush()
        segments.append(.media(content, coding))
    }

    mutating func finish() -> [BodySegment] {
        flush()
        return segments
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        segments.append(.bytes(pending))
        pending = []
    }
}
