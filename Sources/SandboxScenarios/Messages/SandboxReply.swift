/// One HTTP reply and the way it is put on the wire.
package struct SandboxReply: Sendable {
    /// What stands after the head.
    package enum Body: Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// A film made from a spec, or a part of it; lengths are known once it is made.
        case film(FilmSpec, range: ByteRange?)
    }

    /// How far the reply gets.
    package enum Delivery: Sendable, Hashable {
        /// All of it.
        case complete
        /// The head and half of the body, then the connection is closed.
        case truncated
        /// The head and half of the body, then nothing, on an open connection.
        case stalled
        /// Nothing at all, on an open connection.
        case silent
        /// Nothing: the connection is closed after the request was read.
        case dropped
    }

    /// The status code.
    package var status: Int
    /// Header fields in the order of the wire, without Content-Length.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: Body
    /// How far it gets.
    package var delivery: Delivery = .complete
    /// Whether this request made a job, which a real vendor would bill.
    package var billable = false

    /// A reply with these parts.
    package init(status: Int, headers: [(name: String, value: String)], body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON reply.
    static func json(_ status: Int, _ tree: JSONTree) -> SandboxReply {
        SandboxReply(
            status: status,
            headers: [("Content-Type", "application/json; charset=utf-8")],
            body: .bytes(tree.bytes)
        )
    }

    /// A page as a gateway in front of the vendor writes it.
    static func html(_ status: Int, title: String) -> SandboxReply {
        let page = """
            <html>
            <head><title>\(title)</title></head>
            <body>
            <center><h1>\(title)</h1></center>
            <hr><center>nginx</center>
            </body>
            </html>

            """
        return SandboxReply(status: status, headers: [("Content-Type", "text/html")], body: .bytes(Array(page.utf8)))
    }

    /// A film, or the part of it that the request asks for.
    static func film(_ film: FilmSpec, for request: SandboxRequest) -> SandboxReply {
        let tag = "\"\(String(film.fingerprint, radix: 16))\""
        var range = request.header("range").flatMap { ByteRange($0) }
        if let condition = request.header("if-range"), condition != tag {
            range = nil
        }
        return SandboxReply(
            status: 200,
            headers: [("Content-Type", "video/mp4"), ("Accept-Ranges", "bytes"), ("ETag", tag)],
            body: .film(film, range: range)
        )
    }

    /// Status, header fields and bytes once the film is there: 200, or 206 or 416 where a part was asked for.
    package func resolved(
        film bytes: [UInt8],
        range: ByteRange?
    ) -> (status: Int, range: Range<Int>, contentRange: String?) {
        guard let range else { return (status, 0..<bytes.count, nil) }
        guard let part = range.resolved(in: bytes.count) else { return (416, 0..<0, "bytes */\(bytes.count)") }
        return (206, part, "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)")
    }

    /// The reply with one more header field.
    func adding(_ name: String, _ value: String) -> SandboxReply {
        var reply = self
        reply.headers.append((name, value))
        return reply
    }

    /// The body as text, when it is bytes.
    package var text: String? {
        guard case .bytes(let bytes) = body else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first header field of that name, whatever its case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
