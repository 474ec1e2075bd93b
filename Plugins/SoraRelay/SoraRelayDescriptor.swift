import VideoProviderKit

private let page = "SoraRelay: 查询任务, GET /v1/videos/{id}"
private let fileForm = Condition.parameter("form", ["openai"])
private let linkForm = Condition.parameter("form", ["openai-json"])
private let openAI = Condition.parameter("form", ["openai", "openai-json"])
private let unified = Condition.parameter("form", ["unified"])

extension ProviderDescriptor {
    static let soraRelay = ProviderDescriptor(
        id: "sorarelay",
        name: "SoraRelay",
        summary: "A relay with OpenAI's video calls and a unified form of its own.",
        documentation: [page, "https://platform.openai.com/docs/api-reference/videos"],
        baseURL: nil,
        keyVariable: "SORARELAY_API_KEY",
        models: [
            "sora-2", "sora-2-pro", "sora-2-all", "veo2", "veo2-fast", "veo2-fast-frames", "veo2-fast-components",
            "veo2-pro", "veo3", "veo3-fast", "veo3-pro", "veo3-pro-frames", "veo3.1", "grok-video-3",
            "jimeng-video-3.0",
        ].map { ModelAdvice($0) },
        parameters: parameters,
        assetLifetimes: [AssetLifetime(nil, source: "\(page) does not say how long a link lives.")],
        traceHeaders: ["x-request-id", "X-Oneapi-Request-Id"],
        pollHintHeaders: ["openai-poll-after-ms"],
        words: [
            "queued": .queued, "pending": .queued, "in_progress": .running, "processing": .running,
            "image_downloading": .running, "video_generating": .running, "video_upsampling": .running,
            // Upsampling may follow.
            "video_generation_completed": .running,
            "video_upsampling_completed": .succeeded, "completed": .succeeded, "success": .succeeded,
            "failed": .failed, "error": .failed, "video_generation_failed": .failed, "video_upsampling_failed": .failed,
        ],
        faults: [
            FaultRule(
                status: 200,
                code: "invalid_request_error",
                during: [.submit],
                .invalidRequest,
                accepted: .no,
                source: "platform.openai.com/docs/guides/error-codes: the request was malformed"
            ),
            FaultRule(
                code: "insufficient_quota",
                .balance,
                accepted: .no,
                source: "platform.openai.com/docs/guides/error-codes: HTTP 429, the credits are used up"
            ),
            FaultRule(code: "invalid_size", .invalidRequest, parameter: "size", source: "seen in replies, HTTP 400"),
        ] + FaultRule.newAPI,
        shapes: soraRelayShapes,
        documentationConflicts: soraRelayConflicts,
        // A film may come in the answer itself.
        replyLimit: .mebibytes(64)
    )

    private static let parameters: [Parameter] = [
        Parameter(
            "form",
            .choice(["openai", "openai-json", "unified"]),
            wire: WirePlace.none,
            default: "openai",
            help: "How to create: OpenAI's form with files, the same as JSON with links, or the relay's unified JSON."
        ),
        .model(),
        .prompt(),
        .size(
            "size",
            .choice(
                [
                    "720x1280", "1280x720", "1024x1792", "1792x1024", "16x9", "9x16", "1x1", "21x9", "small", "large",
                    "720P", "1080P",
                ],
                open: true
            ),
            help: "Pixels or shape in the OpenAI forms; small, large, 720P or 1080P in the unified one."
        ),
        Parameter(
            "seconds",
            .choice(["4", "8", "12", "10", "15", "25"], open: true),
            common: .duration,
            applies: openAI,
            help: "Length of the film in seconds, sent as text."
        ),
        .duration(1...60, applies: unified),
        .image("input_reference", MediaRule(encodings: [.filePart]), applies: fileForm),
        .image("input_reference_url", MediaRule(encodings: [.url]), wire: "input_reference", applies: linkForm),
        .image("images", MediaRule(encodings: [.url], maximumCount: 8, sendsList: true), applies: unified),
        Parameter(
            "orientation",
            .choice(["portrait", "landscape"]),
            applies: unified,
            help: "Upright or wide, for Sora."
        ),
        .aspectRatio(["16:9", "9:16"], applies: unified, help: "Width to height of the film, for Veo."),
        Parameter("watermark", .flag, help: "Whether the film carries a watermark."),
        Parameter("private", .flag, help: "Whether the film stays out of the vendor's public gallery."),
        Parameter("enhance_prompt", .flag, applies: unified, help: "Whether Veo may rewrite the prompt in English."),
        Parameter("enable_upsample", .flag, applies: unified, help: "Whether Veo enlarges the film afterwards."),
        Parameter("style", .text(limit: 64), applies: openAI, help: "A style the relay knows by name."),
        Parameter("character_url", .text(limit: 2048), help: "A film that shows the character to use, for Sora."),
        Parameter("character_timestamps", .text(limit: 16), help: "Where the character is seen, in seconds: 1,3."),
        Parameter(
            "callback_url",
            .text(limit: 2048),
            applies: openAI,
            isSensitive: true,
            help: "An address of yours that the relay calls when the task is over; reel polls all the same."
        ),
    ]
}
