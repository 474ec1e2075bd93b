import Synchronization
import VideoProviderKit

/// A provider that conforms, unless it is given a flaw.
struct PretendProvider: VideoProvider, DeletesTasks {
    /// Ways not to conform, each with the finding it must lead to.
    enum Flaw: String, CaseIterable, Sendable {
        case none
        case badDescriptor
        case requestChanges
        case requestHasKey
        case promptInQuery
        case refusesDrafts
        case dropsSeed
        case dropsExtras
        case sendsConstant
        case joinsPaths
        case queryUnencoded
        case readsProgressWrong
        case readingChanges
        case insistsOnNumbers
        case insistsOnOrder
        case ignoresEnvelope
        case matchesPrefixes
        case matchesCase
        case linkDecides
        case handsOutEarly
        case losesFaults
        case losesTrace
        case acceptsAnything
        case guessesIDs
        case successByDefault
        case inventsLinks
        case faultNeedsBody
        case wrongUnreadable
        case submitTimeoutIsRefusal
    }

    let flaw: Flaw
    private let count = Counter()

    init(_ flaw: Flaw) { self.flaw = flaw }

    var descriptor: ProviderDescriptor {
        ProviderDescriptor(
            id: flaw == .badDescriptor ? "Pretend" : "pretend",
            name: "Pretend",
            summary: "For tests.",
            baseURL: "https://vendor.example",
            keyVariable: "PRETEND_API_KEY",
            models: [ModelAdvice("one")],
            parameters: [
                .model(), Parameter("prompt", .text(), common: .prompt, required: .always, help: "What to show."),
                Parameter("seed", .seed(), common: .seed, help: "The seed."),
            ],
            assetLifetimes: [AssetLifetime(nil, source: "nothing is said")],
            traceHeaders: ["x-trace-id"]
        )
    }

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        var body = submission.json()
        switch flaw {
        case .requestChanges: body.set(.number(String(count.next())), at: ["nonce"])
        case .refusesDrafts: throw Fault(.invalidRequest, "No.")
        case .dropsSeed: body = ["model": .string(submission.model ?? ""), "prompt": .string(prompt(submission))]
        case .dropsExtras:
            var draft = submission.draft
            draft[extra: "zz_extra"] = nil
            body = Submission(draft, for: submission.descriptor).json()
        case .sendsConstant: body.set("extra", at: ["extra"])
        default: break
        }
        var request = UpstreamRequest.post("v1/tasks", json: body)
        if flaw == .requestHasKey { request.headerFields[.authorization] = "Bearer sk-1" }
        if flaw == .promptInQuery { request.query = [QueryItem("prompt", prompt(submission))] }
        return request
    }

    private func prompt(_ submission: Submission) -> String { submission.text("prompt") ?? "" }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        if flaw == .acceptsAnything { return .accepted(Receipt(taskID: "none"), Snapshot(phase: .queued)) }
        let record = reply.record
        if flaw == .guessesIDs, record["status"].isThere, record["id"].identifier == nil {
            return .accepted(Receipt(taskID: "guessed"), Snapshot(phase: .queued))
        }
        guard let id = record["id"].identifier else {
            throw flaw == .wrongUnreadable ? Fault(.server, "No id.") : .unreadable(reply, missing: "id")
        }
        return .accepted(Receipt(taskID: id), Snapshot(word: record["status"].text, by: descriptor))
    }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        flaw == .joinsPaths
            ? .get(UpstreamPath(encoded: "v1/tasks/\(receipt.taskID)")) : .get("v1/tasks/\(receipt.taskID)")
    }

    func deleteRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        flaw == .queryUnencoded
            ? .delete(UpstreamPath(encoded: "v1/tasks?id=\(receipt.taskID)")) : .delete("v1/tasks/\(receipt.taskID)")
    }

    func deleted(in reply: UpstreamReply) throws(Fault) -> Bool { reply.root["deleted"].flag ?? false }

    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        guard reply.root.kind == .object else { throw .unreadable(reply, missing: "task") }
        let record = flaw == .ignoresEnvelope ? reply.root : reply.record
        var snapshot = Snapshot(word: record["status"].text, by: descriptor)
        snapshot.phase = phase(record, snapshot.phase)
        snapshot.progress = flaw == .readsProgressWrong ? record["progress"].fraction : record["progress"].percent
        if flaw == .insistsOnNumbers, record["progress"].kind != .number { snapshot.progress = nil }
        if flaw == .insistsOnOrder, reply.body.starts(with: Array("{\"zz".utf8)) { snapshot.progress = nil }
        if flaw == .readingChanges { snapshot.queuePosition = count.next() }
        let mayHandOut = snapshot.phase == .succeeded || flaw == .handsOutEarly
        if mayHandOut, let url = record["url"].url ?? invented(receipt) {
            snapshot.assets = [Asset(kind: .video, source: .remote(url))]
        }
        if snapshot.phase == .failed { snapshot.fault = Fault(.taskFailed, record["error.message"].text ?? "") }
        return snapshot
    }

    private func invented(_ receipt: Receipt) -> String? {
        flaw == .inventsLinks ? "https://cdn.example/\(receipt.taskID).mp4" : nil
    }

    private func phase(_ record: ReplyValue, _ phase: Phase) -> Phase {
        let word = record["status"].text ?? ""
        switch flaw {
        case .matchesPrefixes where word.lowercased().hasPrefix("done"): return .succeeded
        case .matchesCase where word != word.lowercased(): return .unknown(word)
        case .linkDecides where record["url"].url != nil: return .succeeded
        case .successByDefault where word.isEmpty: return .succeeded
        default: return phase
        }
    }

    func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        var fault = FaultReading(descriptor: descriptor).fault(in: reply, during: call)
        switch flaw {
        case .losesFaults where reply.status >= 500: return nil
        case .faultNeedsBody where reply.document == nil: return nil
        case .losesTrace: fault?.traceIDs = []
        case .submitTimeoutIsRefusal where reply.status == 504: fault?.kind = .invalidRequest
        default: break
        }
        return fault
    }
}

/// Counts calls, to be different each time.
private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
