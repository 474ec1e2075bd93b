public import VideoProviderKit

private let submitPage = "https://docs.siliconflow.cn/cn/api-reference/videos/videos_submit"
private let statusPage = "https://docs.siliconflow.cn/cn/api-reference/videos/get_videos_status"
private let imageWords = "When selecting the model Wan-AI/Wan2.2-I2V-14B-720P, the image parameter is a required field."
private let pictureModels = Condition.models(["*I2V*"])

/// SiliconFlow: `POST /v1/video/submit`, then `POST /v1/video/status` with the id in the body.
public struct SiliconFlowProvider: ListsModels, ChecksAccount {
    /// The fields of the submit page, the codes both pages print, and their two promises about a link's life.
    public let descriptor = ProviderDescriptor(
        id: "siliconflow",
        name: "SiliconFlow",
        summary: "Wan 2.2 from text or from a first frame.",
        documentation: [submitPage, statusPage],
        baseURL: "https://api.siliconflow.cn/v1",
        keyVariable: "SILICONFLOW_API_KEY",
        models: [
            ModelAdvice("Wan-AI/Wan2.2-I2V-A14B", "from a picture; needs image"),
            ModelAdvice("Wan-AI/Wan2.2-T2V-A14B", "from text"),
        ],
        parameters: [
            .model(),
            .prompt(vendorWords: "The text prompt to generate the video description from."),
            .negativePrompt(vendorWords: "negative prompt"),
            .size(
                "image_size",
                .size(["1280x720", "720x1280", "960x960"]),
                required: .always,
                vendorWords: "Length-width ratio of the generated image."
            ),
            // The model the page names is not in its own list; the I2V model of the list is meant.
            .image(
                "image",
                MediaRule(encodings: [.url, .dataURI]),
                applies: pictureModels,
                required: pictureModels,
                vendorWords: imageWords
            ),
            .seed(vendorWords: "The seed for the random number generator."),
        ],
        assetLifetimes: [
            AssetLifetime(.seconds(600), source: "\(submitPage): \"The generated result is valid for 10 minutes\""),
            AssetLifetime(.seconds(3600), source: "\(statusPage): \"valid for one hour\""),
        ],
        traceHeaders: ["x-siliconcloud-trace-id"],
        words: ["inqueue": .queued, "inprogress": .running, "succeed": .succeeded, "failed": .failed],
        faults: faults,
        shapes: siliconFlowShapes,
        documentationConflicts: siliconFlowConflicts
    )

    private static let faults = [
        FaultRule(code: "20012", message: "model does not exist", .modelNotFound, source: submitPage),
        FaultRule(
            code: "20012",
            message: "request does not exist",
            during: [.status],
            .taskNotFound,
            source: "seen in replies to an id that is none"
        ),
        FaultRule(code: "20402", .modelNotFound, source: "seen in replies"),
        FaultRule(code: "30003", .modelNotFound, source: "seen in replies: the model is switched off"),
        FaultRule(code: "30001", .balance, source: "seen in replies with HTTP 403"),
        FaultRule(status: 503, code: "50505", .overloaded, accepted: .no, source: submitPage),
        // Which limit was hit stands only in the message. An hour or a day is too long to wait unasked.
        limit("RPH limit"), limit("RPD limit"), limit("TPD limit"), limit("IPD limit"),
        FaultRule(status: 429, message: "rejected", .rateLimited, accepted: .no, source: submitPage),
    ]

    private static func limit(_ words: String) -> FaultRule {
        FaultRule(status: 429, message: words, during: [.submit], .rateLimited, isPermanent: true, source: submitPage)
    }

    /// Makes the provider.
    public init() {}

    /// The schema is the body.
    public func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/video/submit", json: submission.json())
    }

    /// Reads the id; nothing else is said about the task yet.
    public func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        try .accepted(reading: reply, idAt: "requestId")
    }

    /// A POST that only asks.
    public func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .post("v1/video/status", json: ["requestId": .string(receipt.taskID)])
    }

    /// Reads the status word; before the end `results` may be absent, null or full of zeros.
    public func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        guard reply.root.kind == .object else { throw .unreadable(reply, missing: "task") }
        let record = reply.record
        var snapshot = Snapshot(word: record["status"].text, by: descriptor)
        snapshot.queuePosition = record["position"].int
        if snapshot.phase == .succeeded {
            let films = record["results.videos"].elements.map { $0["url"] }
            snapshot.assets = films.compactMap(\.film).map { Asset(kind: .video, source: $0) }
            if snapshot.assets.isEmpty { snapshot.fault = films.lazy.compactMap(\.filmProblem).first }
            snapshot.facts.seed = record["results.seed"].int
            snapshot.facts.inferenceSeconds = record["results.timings.inference"].double
        } else if snapshot.phase == .failed {
            snapshot.fault = FaultReading(descriptor: descriptor).taskFault(code: nil, message: record["reason"].words)
        }
        return snapshot
    }

    /// All video models, since `sub_type` knows no image-to-video.
    public func modelsRequest() -> UpstreamRequest { .get("v1/models", query: [QueryItem("type", "video")]) }

    /// Free of charge.
    public func accountRequest() -> UpstreamRequest { .get("v1/user/info") }

    /// Reads the balance, which is a text, and leaves name and e-mail alone.
    public func account(in reply: UpstreamReply) throws(Fault) -> AccountReport {
        let account = reply.root["data"]
        guard account.kind == .object else { throw .unreadable(reply, missing: "account") }
        return AccountReport(balance: account.first(of: "totalBalance", "balance").text, status: account["status"].text)
    }
}
