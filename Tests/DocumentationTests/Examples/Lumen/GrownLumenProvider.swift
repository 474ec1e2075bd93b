import VideoProviderKit

private let page = "https://lumen.example/docs"

/// The Lumen of the guide when all its steps are done.
struct GrownLumenProvider: VideoProvider {
    let descriptor = ProviderDescriptor(
        id: "lumen",
        summary: "Films from text or from a first frame.",
        documentation: [page],
        baseURL: "https://api.lumen.example",
        // snippet: lumen-models
        models: [
            ModelAdvice("lumen-2", "from text or a picture, 10 s"),
            ModelAdvice("lumen-2-fast", "from text, 5 s"),
        ],
        // end
        parameters: parameters,
        // snippet: lumen-polling
        polling: PollAdvice(first: .seconds(10), interval: .seconds(5), growth: 1.2, maximum: .seconds(20)),
        // end
        // snippet: lumen-lifetimes
        assetLifetimes: [
            AssetLifetime(.seconds(3600), source: "\(page)#results: \"links are valid for one hour\""),
            AssetLifetime(.seconds(86400), source: "\(page)#faq: \"download within a day\""),
        ],
        traceHeaders: ["x-lumen-trace", "x-request-id"],
        pollHintHeaders: ["x-lumen-poll-after-ms"],
        // end
        // snippet: lumen-words
        words: [
            "waiting": .queued, "rendering": .running, "done": .succeeded, "broken": .failed, "withdrawn": .cancelled,
        ],
        // end
        faults: faults
    )

    // snippet: lumen-parameters
    private static let parameters: [Parameter] = [
        .model(default: "lumen-2"),
        .prompt(limit: 2000, vendorWords: "A description of the scene, up to 2000 characters."),
        .image(
            "first_frame",
            MediaRule(encodings: [.url, .dataURI], types: [.png, .jpeg], limit: .mebibytes(5)),
            applies: .models(["lumen-2"]),
            excludes: ["camera"]
        ),
        .duration(2...10),
        Parameter("quality", .choice(["draft", "film"]), default: "draft", help: "How much work is spent."),
        Parameter(
            "camera",
            .choice(["still", "pan", "orbit"], open: true),
            wire: "motion.camera",
            applies: .parameter("quality", ["film"]),
            help: "How the camera moves."
        ),
        .seed(wire: "motion.seed"),
    ]
    // end

    // snippet: lumen-faults
    private static let faults = [
        FaultRule(code: "quota_used_up", .balance, isPermanent: true, source: "\(page)#errors"),
        FaultRule(code: "unsafe_prompt", .contentRejected, parameter: "prompt", source: "\(page)#errors"),
        FaultRule(status: 503, code: "busy", .overloaded, accepted: .no, source: "\(page)#errors: \"not queued\""),
        FaultRule(status: 400, message: "unknown model", .modelNotFound, source: "seen in replies"),
    ]
    // end

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/videos", json: submission.json())
    }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        // snippet: lumen-receipt
        try .accepted(reading: reply, by: descriptor, idAt: "id")
        // end
    }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .get("v1/videos/\(receipt.taskID)")
    }

    // snippet: lumen-snapshot
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try Snapshot(reading: reply, by: descriptor, videoAt: "video_url", reasonAt: "failure.text")
        snapshot.progress = reply.record["percent_done"].percent
        snapshot.queuePosition = reply.record["queue.place"].int
        snapshot.facts.seed = reply.record["motion.seed"].int
        snapshot.facts.createdAt = reply.record["created"].time
        if let cover = reply.record["cover_url"].url, snapshot.phase == .succeeded {
            snapshot.assets.append(Asset(kind: .cover, source: .remote(cover)))
        }
        return snapshot
    }
    // end
}
