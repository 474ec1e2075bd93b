/// One HTTP request, as it is to stand on the wire.
package struct WireRequest: Sendable {
    /// The method, any token; case is kept.
    package var method: String

    /// An absolute http or https URL without user info, sent as it is: dot segments and odd characters stay.
    package var url: String

    /// The header lines to send besides what HTTP itself needs.
    ///
    /// Order and spelling are kept (HTTP/2 writes names in lower case). `Host`, `Accept-Encoding` and
    /// `Content-Length` are added unless they stand here; nothing else is.
    package var headerLines: [HeaderLine]

    /// The body.
    package var body: WireBody

    /// Whether the connection may be shared with other requests.
    package var connection: ConnectionPolicy

    /// Asked once connected, before the first byte of the request leaves; false ends the exchange.
    ///
    /// Called at most once for each request that would leave, on the transport's thread, so it must be quick.
    package var gate: (@Sendable () -> Bool)?

    /// How long and how large the exchange may become.
    package var limits: WireLimits

    /// Whether redirects are followed.
    package var redirects: RedirectPolicy

    /// Asks for `gzip, deflate` and decodes the answer; false asks for `identity` and decodes nothing.
    package var acceptsCompression: Bool

    /// Takes the body of a 2xx answer instead of `WireReply.body`.
    package var sink: (any WireSink)?

    /// Asked for each address before a socket is opened to it, and for a pooled connection before it is reused.
    ///
    /// Behind a proxy only an address literal in the URL can be asked about. Called on the transport's thread, and
    /// for a literal behind a proxy on the caller's.
    package var addressCheck: (@Sendable (SocketAddress) -> Bool)?

    /// A PEM file whose certificates are trusted *instead* of the system's roots.
    package var caFile: String?

    /// Where the proxy comes from.
    package var proxy: ProxyPolicy

    /// Told each change of phase, in order, on the transport's thread.
    package var progress: (@Sendable (WireProgress) -> Void)?

    /// Makes a request; what is not given is plain, pooled and limited as documented at each property.
    package init(
        method: String = "GET",
        url: String,
        headerLines: [HeaderLine] = [],
        body: WireBody = .none,
        connection: ConnectionPolicy = .pooled,
        gate: (@Sendable () -> Bool)? = nil,
        limits: WireLimits = WireLimits(),
        redirects: RedirectPolicy = .none,
        acceptsCompression: Bool = false,
        sink: (any WireSink)? = nil,
        addressCheck: (@Sendable (SocketAddress) -> Bool)? = nil,
        caFile: String? = nil,
        proxy: ProxyPolicy = .environment,
        progress: (@Sendable (WireProgress) -> Void)? = nil
    ) {
        self.method = method
        self.url = url
        self.headerLines = headerLines
        self.body = body
        self.connection = connection
        self.gate = gate
        self.limits = limits
        self.redirects = redirects
        self.acceptsCompression = acceptsCompression
        self.sink = sink
        self.addressCheck = addressCheck
        self.caFile = caFile
        self.proxy = proxy
        self.progress = progress
    }
}

/// The body of a request.
package enum WireBody: Sendable, Hashable {
    /// No body; methods that expect one (`POST`, `PUT`, `PATCH`) send `Content-Length: 0`.
    case none

    /// Pieces sent one after the other without being joined in memory first.
    case segments([[UInt8]])

    /// The length in bytes.
    package var count: Int {
        switch self {
        case .none: 0
        case .segments(let segments): segments.reduce(0) { sum, segment in sum + segment.count }
        }
    }
}

/// Whether a request shares its connection.
package enum ConnectionPolicy: Sendable, Hashable {
    /// Takes an idle connection if there is one and leaves it for others.
    case pooled

    /// Opens a connection of its own and closes it afterwards: nothing can have died in the pool.
    case fresh
}

/// Whether redirects are followed.
package enum RedirectPolicy: Sendable, Hashable {
    /// A 3xx answer is returned as it is.
    case none

    /// A `GET` or `HEAD` follows at most so many redirects, each with gate, proxy and addresses judged anew.
    ///
    /// Never from https to http. To another origin go only the lines `Accept`, `Accept-Encoding`,
    /// `Accept-Language`, `If-Range`, `Range` and `User-Agent`. The redirect that is not followed is returned.
    case follow(max: Int)
}

/// Where the proxy of a request comes from.
///
/// Loopback hosts are never reached through one.
package enum ProxyPolicy: Sendable, Hashable {
    /// From `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, as they were when the transport was made.
    case environment

    /// No proxy.
    case direct

    /// This proxy, in curl's notation, with its password if it needs one.
    case url(String)
}

/// How far an exchange has come.
package enum WireProgress: Int, Sendable, Hashable, CaseIterable, Comparable {
    case resolving
    case connecting
    case tls
    /// Connected and let through; the first byte may leave any moment.
    case gatePassed
    case sending
    /// The last byte of the request has left.
    case waiting
    /// The first line of the final answer is here.
    case receiving

    package static func < (first: WireProgress, second: WireProgress) -> Bool {
        first.rawValue < second.rawValue
    }
}
