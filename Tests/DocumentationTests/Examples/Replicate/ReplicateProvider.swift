import VideoProviderKit

private let page = "https://replicate.com/docs/reference/http"

/// Replicate: a model is an address, the answer names the addresses to ask, and the film is a text or a list.
struct ReplicateProvider: Cancels, Uploads {
    let descriptor = ProviderDescriptor(
        id: "replicate",
        summary: "Many models, each at an address of its own.",
        documentation: [page],
        baseURL: "https://api.replicate.com",
        models: [ModelAdvice("minimax/video-01"), ModelAdvice("wan-video/wan-2.2-t2v-fast")],
        parameters: [
            // snippet: replicate-model
            .model(wire: WirePlace.none),
            .prompt(wire: "input.prompt"),
            // end
            // snippet: replicate-image
            .image("first_frame_image", MediaRule(encodings: [.url, .dataURI]), wire: "input.first_frame_image"),
            // end
            .aspectRatio(["16:9", "9:16", "1:1"], wire: "input.aspect_ratio"),
            .seed(wire: "input.seed"),
        ],
        assetLifetimes: [AssetLifetime(.seconds(3600), source: "\(page): output files are removed after an hour")],
        traceHeaders: ["x-request-id"],
        words: [
            "starting": .queued, "processing": .running, "succeeded": .succeeded, "failed": .failed,
            "canceled": .cancelled,
        ]
    )

    // snippet: replicate-submit
    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/models/\(path: submission.model ?? "")/predictions", json: submission.json())
    }
    // end

    // snippet: replicate-receipt
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        let outcome = try SubmitOutcome.accepted(reading: reply, by: descriptor, idAt: "id")
        var receipt = outcome.receipt
        receipt.values["get"] = reply.root["urls.get"].url
        receipt.values["cancel"] = reply.root["urls.cancel"].url
        return .accepted(receipt, outcome.snapshot)
    }
    // end

    // snippet: replicate-status
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        guard let url = receipt.values["get"].flatMap(WebURL.init) else {
            return .get("v1/predictions/\(receipt.taskID)")
        }
        return UpstreamRequest(method: .get, target: .server(url), headerFields: [.accept: "application/json"])
    }
    // end

    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try Snapshot(reading: reply, by: descriptor, videoAt: "output")
        snapshot.facts.inferenceSeconds = reply.root["metrics.predict_time"].double
        snapshot.facts.createdAt = reply.root["created_at"].time
        return snapshot
    }

    // snippet: replicate-cancel
    func cancelRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        guard let url = receipt.values["cancel"].flatMap(WebURL.init) else {
            return UpstreamRequest(method: .post, target: .path("v1/predictions/\(receipt.taskID)/cancel"))
        }
        return UpstreamRequest(method: .post, target: .server(url))
    }
    // end

    // snippet: replicate-upload
    func uploadRequest(_ content: MediaContent) throws(Fault) -> UpstreamRequest {
        .post("v1/files", form: [FormPart("content", file: content)])
    }

    func uploadedMedia(in reply: UpstreamReply) throws(Fault) -> Media {
        guard let url = reply.root["urls.get"].url else { throw .unreadable(reply, missing: "urls.get") }
        return .link(url)
    }
    // end
}
