public import VideoProviderKit

/// A relay with two ways to create a task: OpenAI's `/v1/videos` and the unified `/v1/video/create`.
public struct SoraRelayProvider: Reconciles, DeletesTasks {
    /// Makes the provider.
    public init() {}

    /// Without a base URL, since the page names none.
    public var descriptor: ProviderDescriptor { .soraRelay }

    /// The parameter `form` chooses route and encoding.
    public func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        switch submission.text("form") {
        case "unified":
            var body = submission.json()
            if submission.value("images") == nil { body.set([], at: ["images"]) }
            return .post("v1/video/create", json: body)
        case "openai-json": return .post("v1/videos", json: submission.json())
        default: return .post("v1/videos", form: submission.form())
        }
    }

    /// The route of the create call is the route to poll on.
    public func receipt(in reply: UpstreamReply, of request: UpstreamRequest) throws(Fault) -> SubmitOutcome {
        try outcome(in: reply, isUnified: request.target == .path("v1/video/create"))
    }

    /// Without the request the shape must do: only the OpenAI form names its `object`.
    public func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        try outcome(in: reply, isUnified: !reply.record["object"].isThere)
    }

    private func outcome(in reply: UpstreamReply, isUnified: Bool) throws(Fault) -> SubmitOutcome {
        guard let id = reply.record.first(of: "id", "task_id").identifier else {
            throw .unreadable(reply, missing: "id")
        }
        let receipt = Receipt(taskID: id, values: isUnified ? ["form": "unified"] : [:])
        var snapshot = try snapshot(in: reply, for: receipt)
        if snapshot.word == nil { snapshot.phase = .queued }
        return .accepted(receipt, snapshot)
    }

    /// The id keeps its colon: it is one segment, or a query value.
    public func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        receipt.isUnified
            ? .get("v1/video/query", query: [QueryItem("id", receipt.taskID)])
            : .get("v1/videos/\(receipt.taskID)")
    }

    /// Reads the top-level word; while it says queued, an inner word may refine it to running, and never further.
    public func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        guard reply.root.kind == .object else { throw .unreadable(reply, missing: "task") }
        return SoraRelayRecord(value: reply.record, descriptor: descriptor).snapshot(for: receipt)
    }

    /// Newest first; the unified form has no list.
    public func tasksRequest(after cursor: String?) -> UpstreamRequest {
        let query = [QueryItem("limit", "20"), QueryItem("order", "desc")]
        return .get("v1/videos", query: query + (cursor.map { [QueryItem("after", $0)] } ?? []))
    }

    /// Reads ids and creation times, and what tells a task from others of the same seconds.
    public func tasks(in reply: UpstreamReply) throws(Fault) -> TaskPage {
        guard reply.root["data"].kind == .array else { throw .unreadable(reply, missing: "list of tasks") }
        let entries = reply.root["data"].elements.compactMap { task in
            task["id"].identifier.map {
                TaskPage.Entry(
                    receipt: Receipt(taskID: $0),
                    createdAt: task["created_at"].time,
                    model: task["model"].text,
                    prompt: task["prompt"].text
                )
            }
        }
        return TaskPage(entries: entries, hasMore: reply.root["has_more"].flag ?? false)
    }

    /// Deletes the task and its film; the unified form has no such call.
    public func deleteRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        guard !receipt.isUnified else {
            throw Fault(.unsupported, "SoraRelay deletes only tasks created in the OpenAI form.")
        }
        return .delete("v1/videos/\(receipt.taskID)")
    }

    /// Reads `deleted`.
    public func deleted(in reply: UpstreamReply) -> Bool { reply.root["deleted"].flag ?? false }
}

extension Receipt {
    fileprivate var isUnified: Bool { values["form"] == "unified" }
}
