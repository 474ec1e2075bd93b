// snippet: lumen
import VideoProviderKit

struct LumenProvider: VideoProvider {
    let descriptor = ProviderDescriptor(
        id: "lumen",
        summary: "Films from text.",
        baseURL: "https://api.lumen.example",
        parameters: [.model(), .prompt()],
        assetLifetimes: [AssetLifetime(.seconds(3600), source: "https://lumen.example/docs#results")],
        traceHeaders: ["x-request-id"]
    )
    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/videos", json: submission.json())
    }
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        try .accepted(reading: reply, idAt: "id")
    }
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .get("v1/videos/\(receipt.taskID)")
    }
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try Snapshot(reading: reply, by: descriptor, videoAt: "video_url")
    }
}
// end
