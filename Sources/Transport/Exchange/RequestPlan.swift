/// A request that has been checked and can be sent.
struct RequestPlan: Sendable {
    let request: WireRequest
    let url: RequestURL
    /// With its password, if it has one.
    let proxy: String?
    /// What is sent besides the lines that libcurl writes itself.
    let headerLines: [HeaderLine]
    let bodyCount: Int
    let redirectCount: Int

    init(
        _ request: WireRequest,
        proxies: ProxyEnvironment,
        redirectCount: Int = 0
    ) throws(TransportFailure) {
        guard ASCII.isToken(request.method) else {
            throw .invalid("The method holds a character that does not belong in one.")
        }
        do throws(RequestURL.Malformed) {
            url = try RequestURL(request.url)
        } catch {
            throw .invalid("The URL \(error.message).")
        }
        let count = request.body.count
        if let problem = Self.problem(in: request.headerLines, bodyCount: count) {
            throw .invalid(problem)
        }
        guard request.method != "HEAD" || count == 0 else {
            throw .invalid("A HEAD request cannot have a body.")
        }
        self.request = request
        self.redirectCount = redirectCount
        bodyCount = count
        proxy = proxies.proxy(for: url, policy: request.proxy)
        var lines = request.headerLines
        if !request.acceptsCompression, lines.values(named: "Accept-Encoding").isEmpty {
            lines.insert(HeaderLine(name: "Accept-Encoding", value: "identity"), at: 0)
        }
        headerLines = lines
        // A proxy resolves names itself, so this is the only moment at which an address can be judged.
        if proxy != nil, let check = request.addressCheck, let address = url.literalAddress, !check(address) {
            throw TransportFailure(
                phase: .connect,
                reason: .addressRefused,
                message: "The address \(address.text) is not allowed here."
            )
        }
    }

    /// Whether the method says that a body is expected, so that an empty one is announced (RFC 9110 section 8.6).
    var announcesEmptyBody: Bool {
        ["POST", "PUT", "PATCH"].contains(request.method)
    }

    private static func problem(in lines: [HeaderLine], bodyCount: Int) -> String? {
        for line in lines {
            guard ASCII.isToken(line.name) else {
                return "A header name holds a character that does not belong in one."
            }
            guard line.value.utf8.allSatisfy({ byte in byte >= 0x20 && byte != 0x7F || byte == 0x09 }) else {
                return "The header \(line.name) holds a line end or another control character."
            }
            // Both decide where the request ends; a wrong one lets a body be read as the next request.
            if line.isNamed("Transfer-Encoding") {
                return "The header Transfer-Encoding cannot be set: the length of the body is known."
            }
            if line.isNamed("Content-Length"), line.value != String(bodyCount) {
                return "The header Content-Length does not match the body of \(bodyCount) bytes."
            }
        }
        return nil
    }
}

extension TransportFailure {
    static func invalid(_ message: String) -> Self {
        Self(phase: .invalid, reason: .malformed, message: message)
    }
}
