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
        var snapshot = Snapshot(word: record["status"].text, by: descriptor)
        if snapshot.word == nil { snapshot.phase = .queued }
        snapshot.facts.model = record["model"].text
        snapshot.facts.createdAt = record["created_at"].time
        return .accepted(Receipt(taskID: id), snapshot)
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
        let record = reply.record
        var snapshot = Snapshot(word: record["status"].text, by: descriptor)
        snapshot.progress = record["progress"].percent
        snapshot.facts = facts(in: record)
        switch snapshot.phase {
        case .succeeded: snapshot.assets = assets(in: record, for: receipt)
        case .failed:
            let code = record["error.code"].text
            let message = record.first(of: "error.message", "error", "fail_reason").text
            snapshot.fault = FaultReading(descriptor: descriptor).taskFault(code: code, message: message)
        default: break
        }
        return snapshot
    }

    // Servers before `result_url` put the film's link into fail_reason; a server release without any link still
    // serves the film at the content endpoint.
    private func assets(in record: ReplyValue, for receipt: Receipt) -> [Asset] {
        if let url = record.firstURL(of: "result_url", "url", "video_url", "metadata.url", "fail_reason") {
            return [Asset(kind: .video, source: .remote(url))]
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
