public import VideoProviderKit

/// Xiexus, a server of the new-api project: the page documents a flat record, the server sends a wrapped one.
public struct XiexusProvider: VideoProvider {
    /// Makes the provider.
    public init() {}

    /// The fields the server reads; what it ignores at the top level goes into `metadata`.
    public var descriptor: ProviderDescriptor { .xiexus }

    /// The schema is the body.
    public func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/video/generations", json: submission.json())
    }

    /// Reads `task_id`, else `id`; in a wrapped record a numeric `id` is a row of the relay's table.
    public func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        let record = reply.record
        let rowOrID = record.path == reply.root.path || record["id"].kind == .string ? record["id"].identifier : nil
        guard let id = record["task_id"].identifier ?? rowOrID else { throw .unreadable(reply, missing: "task_id") }
        let receipt = Receipt(taskID: id)
        var snapshot = snapshot(of: record, for: receipt)
        if snapshot.word == nil { snapshot.phase = .queued }
        // Of a task that is done at once a poll says where the film is; the content endpoint would be a guess.
        snapshot.assets = []
        return .accepted(receipt, snapshot)
    }

    /// A GET with the id from the create call.
    public func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .get("v1/video/generations/\(receipt.taskID)")
    }

    /// Reads the record's own word.
    ///
    /// The outer `code: "success"` only says that the query worked, and the status in `data.data` may be stale.
    public func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        guard reply.root.kind == .object else { throw .unreadable(reply, missing: "task") }
        // A list may hold other tasks beside the one that was asked about.
        let own = reply.record["task_id"].identifier == receipt.taskID ? nil : listed(receipt, in: reply)
        return snapshot(of: own ?? reply.record, for: receipt)
    }

    private func listed(_ receipt: Receipt, in reply: UpstreamReply) -> ReplyValue? {
        reply.root["data"].elements.first { $0["task_id"].identifier == receipt.taskID }
    }

    private func snapshot(of record: ReplyValue, for receipt: Receipt) -> Snapshot {
        var snapshot = Snapshot(word: record["status"].text, by: descriptor)
        // Not `id`, which is a row's number or another id of the same task.
        snapshot.taskID = record["task_id"].identifier
        snapshot.progress = record["progress"].percent
        snapshot.facts = facts(in: record)
        switch snapshot.phase {
        case .succeeded: snapshot.assets = assets(in: record, for: receipt)
        case .failed:
            let code = record.firstCode(of: "error.code", "error.type")
            let message = record.firstWords(of: "error.message", "error", "fail_reason")
            snapshot.fault = FaultReading(descriptor: descriptor).taskFault(code: code, message: message)
        default: break
        }
        return snapshot
    }

    // Servers before `result_url` put the film's link into fail_reason; a server release without any link still
    // serves the film at the content endpoint.
    private func assets(in record: ReplyValue, for receipt: Receipt) -> [Asset] {
        if let film = record.firstFilm(of: "result_url", "url", "video_url", "metadata.url", "fail_reason") {
            return [Asset(kind: .video, source: film)]
        }
        return [Asset(contentAt: "v1/videos/\(receipt.taskID)/content")].compactMap(\.self)
    }

    private func facts(in record: ReplyValue) -> ReportedFacts {
        var facts = ReportedFacts()
        facts.seed = record["metadata.seed"].int
        facts.seconds = record.first(of: "metadata.duration", "seconds").double
        facts.fps = record["metadata.fps"].double
        facts.width = record["metadata.width"].int
        facts.height = record["metadata.height"].int
        facts.model = record.first(of: "model", "properties.origin_model_name").text
        facts.createdAt = record.first(of: "created_at", "submit_time").time
        facts.updatedAt = record["updated_at"].time
        facts.completedAt = record.first(of: "completed_at", "finish_time").time
        return facts
    }
}
