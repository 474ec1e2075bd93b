/// How an exchange went on the wire.
package struct WireRecord: Sendable, Hashable, Codable {
    /// The head of the request as it left; for HTTP/2 written as HTTP/1.1 would be.
    package var sentHead: [UInt8]

    /// Bytes of the request that were handed to the connection, head and body.
    package var bytesSent: Int

    /// Bytes of the answer, heads and body, before decoding.
    package var bytesReceived: Int

    /// Where the time went.
    package var timing: WireTiming

    /// The address of the peer: the proxy's where there is one.
    package var remoteAddress: String?

    /// The port of the peer.
    package var remotePort: Int?

    /// Whether the connection had been used before.
    package var connectionReused: Bool

    /// The number of the connection, unique in one transport; nil when none was made.
    package var connectionID: Int?

    /// As in `TLSv1.3`; nil for plain HTTP.
    package var tlsVersion: String?

    /// The cipher suite.
    package var tlsCipher: String?

    /// As in `WireReply.httpVersion`, once it is known.
    package var httpVersion: String?

    /// The proxy, without user name and password.
    package var proxyUsed: String?

    /// How many redirects were followed before this exchange.
    package var redirectCount: Int

    /// Whether there was no wire: the answer comes from a recording.
    package var isPlayed = false

    /// Makes a record; the defaults are those of an exchange that never began.
    package init(
        sentHead: [UInt8] = [],
        bytesSent: Int = 0,
        bytesReceived: Int = 0,
        timing: WireTiming = .zero,
        remoteAddress: String? = nil,
        remotePort: Int? = nil,
        connectionReused: Bool = false,
        connectionID: Int? = nil,
        tlsVersion: String? = nil,
        tlsCipher: String? = nil,
        httpVersion: String? = nil,
        proxyUsed: String? = nil,
        redirectCount: Int = 0
    ) {
        self.sentHead = sentHead
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.timing = timing
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
        self.connectionReused = connectionReused
        self.connectionID = connectionID
        self.tlsVersion = tlsVersion
        self.tlsCipher = tlsCipher
        self.httpVersion = httpVersion
        self.proxyUsed = proxyUsed
        self.redirectCount = redirectCount
    }
}
