/// The object storage behind the film links, in the manner of OSS and S3: no key, errors in XML.
package struct FilmStorage: Dialect, Sendable, Hashable {
    /// Whether an Authorization header is refused, as signed storage does.
    ///
    /// Off where vendors and storage share an origin, since a client then has every right to send its key.
    package var refusesAuthorization = true
    private var ids: IdentifierSource
    private var requestID = ""

    init(seed: UInt64) {
        ids = IdentifierSource(state: seed)
    }

    var origin: SandboxOrigin { .storage }

    func call(of request: SandboxRequest) -> SandboxCall { .download }

    mutating func answer(_ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        guard request.method == "GET" || request.method == "HEAD" else {
            return error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        }
        if refusesAuthorization, request.header("authorization") != nil {
            return error(
                400,
                "InvalidArgument",
                "Only one auth mechanism allowed; only the query string or the Authorization header may be used."
            )
        }
        switch moment.links.verdict(request, at: moment.time) {
        case .noSuchFilm:
            return error(404, "NoSuchKey", "The specified key does not exist.")
        case .badSignature:
            return error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.")
        case .expired(let end):
            return expired(end)
        case .good(let film):
            if moment.faults.take(.expired, .download, .storage) {
                return expired(moment.time.wall)
            }
            return .film(film, for: request)
        }
    }

    mutating func refusal(_ fault: SandboxFault, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        switch fault {
        case .unauthorized: error(401, "AccessDenied", "You have no right to access this object.")
        case .rateLimited:
            error(429, "TooManyRequests", "Please reduce your request rate.").adding("Retry-After", "2")
        default: error(503, "ServiceUnavailable", "Please reduce your request rate.")
        }
    }

    mutating func begin(_ moment: Moment) {
        requestID = ids.text(24, of: IdentifierSource.hexadecimal).uppercased()
    }

    func stamp(_ reply: SandboxReply) -> SandboxReply {
        reply.adding("x-oss-request-id", requestID)
    }

    private func expired(_ end: Int64) -> SandboxReply {
        error(
            403,
            "AccessDenied",
            "Request has expired.",
            "\n  <Expires>\(CalendarText(milliseconds: end).iso)</Expires>"
        )
    }

    private func error(_ status: Int, _ code: String, _ message: String, _ more: String = "") -> SandboxReply {
        let page = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error>
              <Code>\(code)</Code>
              <Message>\(message)</Message>\(more)
            </Error>

            """
        return SandboxReply(
            status: status,
            headers: [("Content-Type", "application/xml")],
            body: .bytes(Array(page.utf8))
        )
    }
}
