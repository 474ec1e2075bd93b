import JobEngine
import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// `http METHOD PATH [ITEM...]`: a call put together by hand, with the provider's key, recorded as any other.
enum HTTPCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try call.atMost(2)
        var words = call.words
        // As httpie does: the method may be left out.
        if words.count == 1 { words.insert(call.items.contains { $0.op.isBody } ? "POST" : "GET", at: 0) }
        guard words.count == 2, let method = HTTPRequest.Method(rawValue: words[0].uppercased()) else {
            throw ShellFailure(
                "http needs a method and a path",
                why: call.spec.synopsis,
                tries: ["http GET /v1/models"]
            )
        }
        let instance = runner.session.instance
        let request = try await request(method, words[1], call, runner.session, instance)
        let base: BaseURL
        do throws(Fault) { base = try instance.requireBaseURL() } catch {
            throw FaultWords.failure(error, instance: instance.name.description)
        }
        let url = (try? request.url(below: base)) ?? words[1]
        let guess = CallGuess.call(method.rawValue, url, instance.provider, base)
        // A submit made by hand has no job; it is a free call like any other.
        let kind = guess == .submit ? .free : guess
        let isQuestion = ["GET", "HEAD", "OPTIONS"].contains(method.rawValue) || guess == .status
        return try await send(request, kind, instance, asks: !isQuestion, call, runner)
    }

    /// Sends a call and shows its answer; the code is that of its fault.
    static func send(
        _ request: UpstreamRequest,
        _ kind: UpstreamCall,
        _ instance: ProviderInstance,
        asks: Bool,
        _ call: CommandCall,
        _ runner: CommandRunner
    ) async throws(ShellFailure) -> EntryResult {
        let session = runner.session
        let isElsewhere = instance.baseURL.map { !request.isForOrigin(of: $0) } ?? false
        var name = instance.name.description
        if isElsewhere, case .server(let url) = request.target { name = url.origin.host }
        if isElsewhere { runner.output.note("another origin than \(instance.name)'s; the key is not sent") }
        if asks {
            let method = request.method.rawValue
            if !call.has("yes") {
                try await session.confirm(
                    "\(method) may be billed or change something. Send it to \(instance.name)?",
                    refusal: "not sent"
                )
            }
        }
        let exchange: ExchangeRecord
        do throws(Fault) { exchange = try await session.engine.callByHand(request, kind, instance) } catch {
            throw FaultWords.failure(error, instance: name)
        }
        session.state.withLock { $0.printed(exchange.number) }
        show(exchange, runner)
        guard let fault = exchange.fault else { return EntryResult(code: .ok) }
        throw FaultWords.failure(fault, instance: name, exchange: exchange)
    }

    private static func show(_ exchange: ExchangeRecord, _ runner: CommandRunner) {
        let style = runner.output.style
        let trace: Message = exchange.traceIDs.first.map { ", trace \(style.name($0.value))" } ?? ""
        let status: Message = exchange.status.map { Message(verbatim: "\($0)") } ?? "no answer"
        runner.output.remark("\(exchange.name) \(status) in \(TimingCommand.ms(exchange.timing.total)) ms\(trace)")
        let body = BodyBytes.reply(exchange)
        var json = ExchangeView.json(exchange)
        json.set(.body(body), at: ["body"])
        guard !body.isEmpty || style.isJSON else { return }
        runner.output.show(
            bytes: JSONView.layout(body, style, isFull: false) ?? BodyCommand.safe(body, style),
            json: json
        )
    }

    private static func request(
        _ method: HTTPRequest.Method,
        _ place: String,
        _ call: CommandCall,
        _ session: ShellSession,
        _ instance: ProviderInstance
    ) async throws(ShellFailure) -> UpstreamRequest {
        var request = UpstreamRequest(
            method: method,
            target: try target(place),
            headerFields: [.accept: "application/json"]
        )
        var body = RequestJSON.object([])
        var parts: [FormPart] = []
        var hasBody = false
        for item in call.items {
            switch item.op {
            case .query: request.query.append(QueryItem(item.name, item.value))
            case .header:
                guard let name = HTTPField.Name(item.name), name != .authorization else {
                    throw ShellFailure(
                        "\(item.name) is not set by hand",
                        why: "the key is attached by its origin alone",
                        tries: ["providers"]
                    )
                }
                request.headerFields[name] = item.value
            case .assign, .file, .json, .jsonFile:
                hasBody = true
                let place = item.name.split(separator: ".").map(String.init)
                switch item.op {
                case .json, .jsonFile:
                    let text =
                        item.op == .json ? item.value : try LocalFiles.text(item.value)
                    let json: RawJSON
                    do throws(JSONError) { json = try RawJSON(parsing: text) } catch {
                        throw ShellFailure(
                            "the value of \(item.name) is no JSON",
                            why: "\(error)",
                            tries: ["help items"]
                        )
                    }
                    body.set(.raw(json), at: place)
                    parts.append(FormPart(item.name, json.text))
                case .file:
                    let bytes = try LocalFiles.read(item.value)
                    let name = item.value.split(separator: "/").last.map(String.init)
                    if call.has("form"), let content = MediaContent(bytes: bytes, fileName: name) {
                        parts.append(FormPart(item.name, file: content))
                    } else {
                        let text = try LocalFiles.text(bytes, of: item.value)
                        body.set(.string(text.hasSuffix("\n") ? String(text.dropLast()) : text), at: place)
                        parts.append(FormPart(item.name, text))
                    }
                default:
                    body.set(.string(item.value), at: place)
                    parts.append(FormPart(item.name, item.value))
                }
            }
        }
        if let path = call.value("body") {
            let bytes = try LocalFiles.read(path)
            let isJSON = (try? JSONDocument(parsing: bytes)) != nil
            request.body = .bytes(bytes, contentType: isJSON ? "application/json" : "application/octet-stream")
        } else if hasBody {
            request.body = call.has("form") ? .form(parts) : .json(body)
        }
        return request
    }

    private static func target(_ place: String) throws(ShellFailure) -> UpstreamRequest.Target {
        if place.hasPrefix("http://") || place.hasPrefix("https://") {
            guard let url = WebURL(place) else { throw ShellFailure("\(place) is no URL") }
            return .server(url)
        }
        guard !place.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else {
            throw ShellFailure("\"\(place)\" is no path", why: "blanks are written %20")
        }
        return .path(UpstreamPath(encoded: String(place.drop { $0 == "/" })))
    }
}

extension RequestItem.Operator {
    /// Whether the item goes into the body.
    fileprivate var isBody: Bool { self != .query && self != .header }
}
