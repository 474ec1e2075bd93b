import VideoProviderKit

private let page = "https://docs.dev.runwayml.com/api"

/// Runway: a version in a header field, two create calls, progress as a fraction, cancel by DELETE.
struct RunwayProvider: Cancels {
    let descriptor = ProviderDescriptor(
        id: "runway",
        summary: "Gen-4 from text or from a picture.",
        documentation: [page],
        baseURL: "https://api.dev.runwayml.com",
        keyVariable: "RUNWAYML_API_SECRET",
        models: [ModelAdvice("gen4_turbo", "from a picture"), ModelAdvice("veo3", "from text or a picture")],
        parameters: [
            .model(),
            .prompt(limit: 1000, wire: "promptText"),
            .image("promptImage", MediaRule(encodings: [.url, .dataURI])),
            .size("ratio", .choice(["1280:720", "720:1280", "960:960"], open: true), required: .always),
            .duration(2...10),
            .seed(),
        ],
        assetLifetimes: [
            AssetLifetime(.seconds(86400), source: "\(page): links live 24 to 48 hours, each GET makes new ones")
        ],
        traceHeaders: ["x-request-id"],
        words: [
            "pending": .queued, "throttled": .queued, "running": .running, "succeeded": .succeeded, "failed": .failed,
            "cancelled": .cancelled,
        ]
    )

    // snippet: runway-version
    private func versioned(_ request: UpstreamRequest) -> UpstreamRequest {
        let version: HeaderName = "X-Runway-Version"
        var request = request
        request.headerFields[version.field] = "2024-11-06"
        return request
    }
    // end

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        let hasImage = submission.value("promptImage") != nil
        return versioned(.post(hasImage ? "v1/image_to_video" : "v1/text_to_video", json: submission.json()))
    }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        try .accepted(reading: reply, idAt: "id")
    }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        versioned(.get("v1/tasks/\(receipt.taskID)"))
    }

    // snippet: runway-snapshot
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try Snapshot(
            reading: reply,
            by: descriptor,
            videoAt: "output",
            reasonAt: "failure",
            codeAt: "failureCode"
        )
        snapshot.progress = reply.root["progress"].fraction
        snapshot.facts.createdAt = reply.root["createdAt"].time
        return snapshot
    }
    // end

    // snippet: runway-cancel
    func cancelRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        versioned(.delete("v1/tasks/\(receipt.taskID)"))
    }
    // end
}
