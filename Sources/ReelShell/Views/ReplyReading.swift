import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// A recorded reply read once more by its provider, with everything the provider looked at.
struct ReplyReading: Sendable {
    /// What it was taken for.
    enum Outcome: Sendable {
        case fault(Fault)
        case receipt(SubmitOutcome)
        case snapshot(Snapshot)
        case facts([(name: String, value: String)])
        /// A film, or a call whose answer no provider reads.
        case unread(String)
    }

    let exchange: ExchangeRecord
    let instance: ProviderInstance
    let reply: UpstreamReply
    let outcome: Outcome
    let recorder: ReadingRecorder

    /// Reads `exchange` with the provider's code of today; nil when there is no answer, or no such provider here.
    init?(_ exchange: ExchangeRecord, receipt: Receipt?, _ session: ShellSession) {
        guard exchange.status != nil, let instance = session.instances[written: exchange.instance] else { return nil }
        let recorder = ReadingRecorder()
        guard let reply = Self.reply(exchange, recorder: recorder) else { return nil }
        self.exchange = exchange
        self.instance = instance
        self.reply = reply
        self.recorder = recorder
        let reading = ProviderReading(provider: instance.provider, redactor: session.engine.redactor)
        outcome = Self.outcome(reply, exchange, receipt, reading)
    }

    /// The reply as a provider sees it.
    static func reply(_ exchange: ExchangeRecord, recorder: ReadingRecorder? = nil) -> UpstreamReply? {
        guard let status = exchange.status else { return nil }
        var fields = HTTPFields()
        for field in MessageHead(exchange.replyHead).fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            fields.append(HTTPField(name: name, value: field.value))
        }
        return UpstreamReply(status: status, headerFields: fields, body: exchange.replyBody ?? [], recorder: recorder)
    }

    private static func outcome(
        _ reply: UpstreamReply,
        _ exchange: ExchangeRecord,
        _ known: Receipt?,
        _ reading: ProviderReading
    ) -> Outcome {
        // An answer that broke off was not given to the provider when it came either.
        if exchange.failurePhase != nil { return exchange.fault.map(Outcome.fault) ?? .unread("the answer broke off") }
        if let fault = reading.fault(in: reply, during: exchange.call) { return .fault(fault) }
        let provider = reading.provider
        let receipt = known ?? Receipt(taskID: "unknown")
        do throws(Fault) {
            switch exchange.call {
            case .submit: return .receipt(try provider.receipt(in: reply, of: request(exchange)))
            case .status where known != nil: return .snapshot(try reading.snapshot(in: reply, for: receipt))
            case .status: return .snapshot(try provider.snapshot(in: reply, for: receipt))
            case .result:
                guard let fetching = provider as? any FetchesResult else { return .unread("no result call here") }
                return .snapshot(
                    try fetching.snapshot(inResult: reply, for: receipt, after: Snapshot(phase: .succeeded))
                )
            case .models:
                guard let listing = provider as? any ListsModels else { return .unread("no model list here") }
                let models = try listing.models(in: reply)
                return .facts([("models", models.map(\.id).joined(separator: ", "))])
            case .account:
                guard let checking = provider as? any ChecksAccount else { return .unread("no account call here") }
                let report = try checking.account(in: reply)
                return .facts([("balance", report.balance ?? "-"), ("status", report.status ?? "-")])
            case .lookup:
                guard let reconciling = provider as? any Reconciles else { return .unread("no task list here") }
                let page = try reconciling.tasks(in: reply)
                return .facts([("tasks", page.entries.map(\.receipt.taskID).joined(separator: ", "))])
            case .content:
                let assets = provider.contentAssets(in: reply)
                return assets.isEmpty ? .unread("the bytes of a film") : .facts([("link", "\(assets.count)")])
            case .cancel, .upload, .delete, .free: return .unread("nothing is read of it but errors")
            }
        } catch {
            return .fault(error)
        }
    }

    /// The request that the reply answers, as far as its address goes.
    private static func request(_ exchange: ExchangeRecord) -> UpstreamRequest {
        let path = WebURL(exchange.url)?.rest.drop { $0 == "/" }.prefix { $0 != "?" } ?? ""
        return UpstreamRequest(
            method: HTTPRequest.Method(rawValue: exchange.method) ?? .post,
            target: .path(UpstreamPath(encoded: String(path)))
        )
    }

    /// What the reading came to, as name and value: what `redecode` compares and `capture` writes down.
    var results: [(name: String, value: String)] {
        switch outcome {
        case .fault(let fault): Self.results(fault)
        case .receipt(let outcome): [("id", outcome.receipt.taskID)] + Self.results(outcome.snapshot)
        case .snapshot(let snapshot): Self.results(snapshot)
        case .facts(let facts): facts
        case .unread: []
        }
    }

    static func results(_ fault: Fault) -> [(name: String, value: String)] {
        var rows = [("fault", fault.kind.rawValue)]
        if let code = fault.vendorCode { rows.append(("code", code)) }
        if !fault.message.isEmpty { rows.append(("message", fault.message)) }
        if let parameter = fault.parameter { rows.append(("parameter", parameter)) }
        return rows
    }

    static func results(_ snapshot: Snapshot) -> [(name: String, value: String)] {
        var rows: [(String, String)] = [("phase", snapshot.phase.name)]
        if let word = snapshot.word { rows.append(("word", word)) }
        if let progress = snapshot.progress { rows.append(("progress", progress.asWritten)) }
        if let position = snapshot.queuePosition { rows.append(("queue position", String(position))) }
        for asset in snapshot.assets {
            switch asset.source {
            case .remote(let url): rows.append((asset.kind.rawValue, url))
            case .endpoint(let path): rows.append((asset.kind.rawValue, "at \(path), with the key"))
            case .inline(let text): rows.append((asset.kind.rawValue, "\(text.utf8.count) bytes of base64"))
            }
        }
        let facts = snapshot.facts
        let values: [(String, String?)] = [
            ("seed", facts.seed.map { String($0) }), ("seconds", facts.seconds.map { String($0) }),
            ("fps", facts.fps.map { String($0) }), ("width", facts.width.map { String($0) }),
            ("height", facts.height.map { String($0) }), ("inference", facts.inferenceSeconds.map { String($0) }),
            ("model", facts.model), ("created", facts.createdAt?.description),
            ("updated", facts.updatedAt?.description),
            ("completed", facts.completedAt?.description), ("expires", facts.expiresAt?.description),
        ]
        rows += values.compactMap { name, value in value.map { (name, $0) } }
        for (name, value) in snapshot.carry.sorted(by: { $0.key < $1.key }) { rows.append(("carry \(name)", value)) }
        if let fault = snapshot.fault { rows += results(fault) }
        return rows
    }
}
