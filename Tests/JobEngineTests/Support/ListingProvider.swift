import SiliconFlow
import VideoProviderKit

/// SiliconFlow as it would be with a list of tasks, which may echo the client's tag, and with what else a test gives it.
struct ListingProvider: Reconciles {
    var descriptor = SiliconFlowProvider().descriptor

    private let inner = SiliconFlowProvider()

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        var request = try inner.submitRequest(submission)
        if descriptor.replayingKey == nil { request.headerFields[.init("X-Client-Tag") ?? .cookie] = submission.tag }
        return request
    }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome { try inner.receipt(in: reply) }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest { try inner.statusRequest(for: receipt) }

    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try inner.snapshot(in: reply, for: receipt)
    }

    func tasksRequest(after cursor: String?) throws(Fault) -> UpstreamRequest {
        .get("v1/video/list", query: cursor.map { [QueryItem("after", $0)] } ?? [])
    }

    func tasks(in reply: UpstreamReply) throws(Fault) -> TaskPage {
        let entries = reply.root["data"].elements.compactMap { item -> TaskPage.Entry? in
            guard let id = item["id"].identifier else { return nil }
            return TaskPage.Entry(
                receipt: Receipt(taskID: id),
                tag: item["tag"].text,
                createdAt: item["created"].time,
                model: item["model"].text,
                prompt: item["prompt"].text
            )
        }
        return TaskPage(entries: entries, hasMore: reply.root["more"].text == "true")
    }
}
