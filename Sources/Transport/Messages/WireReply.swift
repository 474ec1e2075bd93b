/// An answer, as it came.
package struct WireReply: Sendable, Hashable {
    /// The status of the final answer; in the partial reply of a failure 0 if only interim answers came.
    package var status: Int

    /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`.
    package var httpVersion: String

    /// The status line without its line end.
    package var statusLine: String

    /// The header lines of the final answer in wire order.
    package var headerLines: [HeaderLine]

    /// The header lines of each interim (1xx) answer, in order.
    package var informational: [[HeaderLine]]

    /// All heads as received, interim ones first; trailers are not in it.
    package var headerBytes: [UInt8]

    /// The body, decoded when the request accepted compression; empty when a sink took it.
    package var body: [UInt8]

    /// The value of `Content-Encoding`, as sent.
    package var contentEncoding: String?

    /// The header lines that came after the body.
    package var trailerLines: [HeaderLine]

    /// How the exchange went.
    package var exchange: WireRecord

    /// Makes a reply, as a test or a recorded exchange would.
    package init(
        status: Int,
        httpVersion: String = "HTTP/1.1",
        statusLine: String = "",
        headerLines: [HeaderLine] = [],
        informational: [[HeaderLine]] = [],
        headerBytes: [UInt8] = [],
        body: [UInt8] = [],
        contentEncoding: String? = nil,
        trailerLines: [HeaderLine] = [],
        exchange: WireRecord = WireRecord()
    ) {
        self.status = status
        self.httpVersion = httpVersion
        self.statusLine = statusLine
        self.headerLines = headerLines
        self.informational = informational
        self.headerBytes = headerBytes
        self.body = body
        self.contentEncoding = contentEncoding
        self.trailerLines = trailerLines
        self.exchange = exchange
    }
}

/// Takes the body of a 2xx answer as it arrives, on the transport's thread.
///
/// Whatever it throws ends the exchange and becomes `TransportFailure.underlying`.
package protocol WireSink: Sendable {
    /// Called once, before the first byte of the body.
    func begin(status: Int, headerLines: [HeaderLine]) throws

    /// Called for each piece, in order; the bytes are valid only during the call.
    func write(_ bytes: UnsafeRawBufferPointer) throws
}
