import HTTPTypes
import Journal
package import Transport
package import VideoProviderKit

/// A provider's request made ready for the wire: absolute URL, header lines in their final order, body pieces, and the
/// credential where, and only where, the request goes to the instance's own origin.
package struct AssembledRequest: Sendable {
    /// The method.
    package var method: String
    /// The absolute URL, credential included when it travels in the query.
    package var url: String
    /// The header lines as sent.
    package var headerLines: [QueryItem]
    /// The body.
    package var body: RenderedBody
    /// Where the request goes by the provider's own words.
    package var call: UpstreamCall
    /// Where the credential stands in it.
    package var credentials = CredentialPlaces()

    /// The request for the transport.
    package var wire: WireRequest {
        var request = WireRequest(
            method: method,
            url: url,
            headerLines: headerLines.map { HeaderLine(name: $0.name, value: $0.value) }
        )
        if !body.segments.isEmpty { request.body = .segments(body.segments.map(\.bytes)) }
        return request
    }

    /// The head as it will stand on the wire over HTTP/1.1, for previews and for failures before anything was sent.
    package var head: String {
        guard let target = WebURL(url) else { return "\(method) \(url)\n" }
        let path = target.rest.isEmpty ? "/" : target.rest.hasPrefix("/") ? target.rest : "/\(target.rest)"
        // In the order libcurl writes them: what it adds itself comes first.
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(target.hostHeader)", "Accept-Encoding: gzip, deflate"]
        lines += headerLines.map { "\($0.name): \($0.value)" }
        if body.contentType != nil { lines.append("Content-Length: \(byteCount)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// The same as it may be shown and kept: with the credential masked where it stands.
    package var masked: AssembledRequest {
        var shown = self
        shown.url = credentials.masked(url: url)
        shown.headerLines = headerLines.map { QueryItem($0.name, credentials.masked($0.name, $0.value)) }
        return shown
    }

    /// The size of the body.
    package var byteCount: Int {
        body.segments.reduce(0) { total, segment in
            switch segment {
            case .bytes(let bytes): total + bytes.count
            case .media(let content, .identity): total + content.bytes.count
            case .media(let content, .base64): total + (content.bytes.count + 2) / 3 * 4
            }
        }
    }
}

extension WebURL {
    /// The value of `Host`: the port only when it is not the scheme's own (RFC 9110 §7.2).
    package var hostHeader: String {
        origin.port == (origin.scheme == "https" ? 443 : 80) ? origin.host : "\(origin.host):\(origin.port)"
    }
}

/// Turns requests as values into requests for the wire.
package struct RequestAssembler: Sendable {
    private let instance: ProviderInstance
    private let baseURL: BaseURL
    private let secret: Secret?
    private let plainHTTPHosts: Set<String>

    /// Assembles for `instance` at `baseURL`, which for a running job is the one of its receipt.
    package init(
        instance: ProviderInstance,
        baseURL: BaseURL,
        secret: Secret?,
        plainHTTPHosts: Set<String> = []
    ) {
        self.plainHTTPHosts = plainHTTPHosts
        self.instance = instance
        self.baseURL = baseURL
        self.secret = secret
    }

    /// The request ready for the wire.
    ///
    /// - Throws: ``Fault`` when an id cannot stand in a path or a needed key is missing; nothing was sent.
    package func assemble(
        _ request: UpstreamRequest,
        for call: UpstreamCall,
        at time: UpstreamTime
    ) throws(Fault)
        -> AssembledRequest
    {
        var url = try request.url(below: baseURL)
        guard let target = WebURL(url) else { throw local("The URL \(url) cannot be used.") }
        try check(target, of: request, for: call)
        let body = request.body.rendered()
        var lines = request.headerFields.filter { $0.name != .authorization }.map {
            QueryItem(Self.titled($0.name.rawName), $0.value)
        }
        var places = CredentialPlaces()
        if request.isForOrigin(of: baseURL) {
            lines = try authenticated(request, lines, &url, &places, time)
            // What the user adds for the vendor may be a credential, too.
            for item in instance.headerFields { lines.append(QueryItem(item.name, item.value)) }
        }
        if let type = body.contentType { lines.append(QueryItem("Content-Type", type)) }
        lines.append(QueryItem("User-Agent", "reel/\(Reel.version)"))
        return AssembledRequest(
            method: request.method.rawValue,
            url: url,
            headerLines: lines,
            body: body,
            call: call,
            credentials: places
        )
    }

    /// That the request may go to `target` at all.
    ///
    /// Over plain http only to this machine and to hosts the user allows; and where a reply says to ask, only the
    /// vendor's own origin or a host its descriptor declares. Films and uploads may stand anywhere public.
    private func check(_ target: WebURL, of request: UpstreamRequest, for call: UpstreamCall) throws(Fault) {
        guard target.origin.mayBePlain(plainHTTPHosts) else {
            var fault =
                request.isForOrigin(of: baseURL)
                ? local("\(target.origin) is plain http: everything would be readable on the way, the key too.")
                : local("\(target.origin) is plain http: everything would be readable on the way.")
            fault.suggestion = "config allow_http \(target.origin.host)"
            throw fault
        }
        guard [.status, .result, .cancel, .delete, .lookup].contains(call), !request.isForOrigin(of: baseURL) else {
            return
        }
        guard instance.descriptor.trustedHosts.contains(target.origin.host) else {
            let name = instance.descriptor.name
            throw Fault(.redirected, "The reply points to \(target.origin), which is no address of \(name)'s.")
        }
    }

    private func authenticated(
        _ request: UpstreamRequest,
        _ lines: [QueryItem],
        _ url: inout String,
        _ places: inout CredentialPlaces,
        _ time: UpstreamTime,
    ) throws(Fault) -> [QueryItem] {
        let authentication = instance.descriptor.authentication
        guard authentication != .none else { return lines }
        guard let secret else { throw missingKey() }
        switch authentication {
        case .bearer:
            places.addHeader("Authorization", shown: "Bearer \(secret.masked)")
            return lines + [QueryItem("Authorization", "Bearer \(secret.exposed)")]
        case .header(let name, let prefix):
            places.addHeader(name.rawName, shown: prefix + secret.masked)
            return lines + [QueryItem(Self.titled(name.rawName), prefix + secret.exposed)]
        case .query(let name):
            let item = "\(name)=\(PercentEncoding.queryComponent(secret.exposed))"
            places.addQuery(item, shown: "\(name)=\(secret.masked)")
            url += (url.contains("?") ? "&" : "?") + item
            return lines
        case .signed:
            guard let signing = instance.provider as? any SignsRequests else {
                throw local("\(instance.descriptor.name) signs its requests but does not say how.")
            }
            let fields = try signing.authorization(for: request, signer: SecretSigner(secret), at: time)
            for field in fields { places.addHeader(field.name.rawName, shown: "(signed with \(secret.masked))") }
            return lines + fields.map { QueryItem(Self.titled($0.name.rawName), $0.value) }
        case .none:
            return lines
        }
    }

    private func missingKey() -> Fault {
        var fault = Fault(.auth, "There is no key for \(instance.name); \(instance.keyAdvice).")
        fault.accepted = .no
        fault.charged = .no
        return fault
    }

    private func local(_ message: String) -> Fault {
        var fault = Fault(.invalidRequest, message)
        fault.accepted = .no
        fault.charged = .no
        return fault
    }

    /// `content-type` as `Content-Type`: what people expect to read, and servers do not care (RFC 9110 §5.1).
    private static func titled(_ name: String) -> String {
        guard name == name.lowercased() else { return name }
        return name.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }
}

/// The program's own facts.
package enum Reel {
    /// The version, as `reel --version` prints it.
    package static let version = "1.0.0"
}
