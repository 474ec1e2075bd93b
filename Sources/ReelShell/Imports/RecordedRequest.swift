import JobEngine
import Journal
import VideoProviderKit

/// A recorded request as a value that can be sent again; the key is attached anew.
enum RecordedRequest {
    /// What the engine and libcurl write themselves.
    private static let own: Set<String> = [
        "host", "content-length", "content-type", "accept-encoding", "user-agent", "authorization", "cookie", "expect",
        "connection", "transfer-encoding",
    ]

    static func read(
        _ exchange: ExchangeRecord,
        _ instance: ProviderInstance
    ) throws(ShellFailure) -> UpstreamRequest {
        let descriptor = instance.descriptor
        guard let method = HTTPRequest.Method(rawValue: exchange.method),
            let recorded = WebURL(plainURL(exchange, descriptor))
        else {
            throw ShellFailure("\(exchange.name) cannot be sent again", why: "its method or its URL cannot be used")
        }
        let url = try moved(recorded, exchange, instance)
        let head = MessageHead(exchange.requestHead)
        var request = UpstreamRequest(method: method, target: .server(url))
        for field in head.fields where !own.contains(field.name.lowercased()) {
            if case .header(let name, _) = descriptor.authentication,
                field.name.lowercased() == name.rawName.lowercased()
            {
                continue
            }
            guard let name = HTTPField.Name(field.name) else { continue }
            request.headerFields.append(HTTPField(name: name, value: field.value))
        }
        let body = BodyBytes.request(exchange)
        if !body.isEmpty { request.body = .bytes(body, contentType: head["Content-Type"]) }
        return request
    }

    /// Where a call to the vendor goes today: a server on this machine has another port each time it starts.
    private static func moved(
        _ url: WebURL,
        _ exchange: ExchangeRecord,
        _ instance: ProviderInstance
    ) throws(ShellFailure) -> WebURL {
        // Films, uploads and calls by hand may have gone anywhere, and go there again.
        let isVendors = ![.content, .upload, .free].contains(exchange.call)
        guard isVendors, let base = instance.baseURL, base.url.origin != url.origin else { return url }
        let home = base.url.origin
        guard home.isLoopback, url.origin.isLoopback, let moved = WebURL("\(home)\(url.rest)") else {
            throw ShellFailure(
                "\(exchange.name) cannot be sent again",
                why: "it went to \(url.origin), and \(instance.name) is at \(home) now, whose key goes nowhere else",
                tries: ["curl \(exchange.name)", "providers"]
            )
        }
        return moved
    }

    /// The URL without the masked key of a query, which is added anew.
    private static func plainURL(_ exchange: ExchangeRecord, _ descriptor: ProviderDescriptor) -> String {
        guard case .query(let name) = descriptor.authentication, let mark = exchange.url.firstIndex(of: "?") else {
            return exchange.url
        }
        let items = exchange.url[exchange.url.index(after: mark)...].split(separator: "&").filter {
            !$0.hasPrefix("\(name)=")
        }
        return String(exchange.url[..<mark]) + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }
}

/// What a call is for, by its method and path, for exchanges that no provider made.
enum CallGuess {
    static func call(_ method: String, _ url: String, _ provider: any VideoProvider, _ base: BaseURL?) -> UpstreamCall {
        let id = "reel0id"
        let path = Self.path(url)
        func matches(_ request: UpstreamRequest?) -> Bool {
            guard let request, request.method.rawValue == method, let base,
                let wanted = try? Self.path(request.url(below: base))
            else { return false }
            let (left, right) = (wanted.split(separator: "/"), path.split(separator: "/"))
            return left.count == right.count && zip(left, right).allSatisfy { $0 == $1 || $0.contains(id) }
        }
        for values in [[:], ["form": "unified"]]
        where matches(try? provider.statusRequest(for: Receipt(taskID: id, values: values))) {
            return .status
        }
        if let listing = provider as? any ListsModels, matches(try? listing.modelsRequest()) { return .models }
        if let checking = provider as? any ChecksAccount, matches(try? checking.accountRequest()) { return .account }
        if method == "POST", submits(path, provider, base) { return .submit }
        return .free
    }

    private static func submits(_ path: String, _ provider: any VideoProvider, _ base: BaseURL?) -> Bool {
        guard let base else { return false }
        // Some providers have several create calls, chosen by a parameter with a few words.
        let choices = provider.descriptor.parameters.flatMap { parameter in
            parameter.kind.choices.prefix(8).map { (parameter.name, $0) }
        }
        for choice in [nil] + choices.map(Optional.some) {
            var draft = Draft()
            if let choice { draft[choice.0] = .text(choice.1) }
            let request = try? provider.submitRequest(Submission(draft, for: provider.descriptor))
            if let url = try? request?.url(below: base), Self.path(url) == path { return true }
        }
        return false
    }

    private static func path(_ url: String) -> String {
        String((WebURL(url)?.rest ?? url).prefix { $0 != "?" && $0 != "#" })
    }
}
