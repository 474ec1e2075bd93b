import VideoProviderKit

private let page = "https://api.xiexus.cn: 获取视频生成任务状态, GET /v1/video/generations/{task_id}"
private let bytesOrLink = MediaRule(encodings: [.url, .base64])

extension ProviderDescriptor {
    static let xiexus = ProviderDescriptor(
        id: "xiexus",
        name: "Xiexus",
        summary: "A relay of many video models, of the new-api family.",
        documentation: [page, "https://docs.newapi.pro/en/docs/api/ai-model/videos/createvideogeneration"],
        baseURL: "https://api.xiexus.cn",
        keyVariable: "XIEXUS_API_KEY",
        models: ["kling-v1", "MiniMax-H3", "sora-2"].map { ModelAdvice($0, "named in samples") },
        parameters: parameters,
        // The server's own documentation: wait 2-3 s, then each 5 s, 10 s up to two minutes, then each 30 s.
        polling: PollAdvice(first: .seconds(3), interval: .seconds(5), growth: 1.2, maximum: .seconds(30)),
        assetLifetimes: [AssetLifetime(nil, source: "\(page) does not say how long a link lives.")],
        traceHeaders: ["X-Oneapi-Request-Id"],
        words: [
            // As the page has them, as the server's older documentation has them, and as the server sends them.
            "queued": .queued, "in_progress": .running, "completed": .succeeded, "failed": .failed,
            "processing": .running, "succeeded": .succeeded, "not_start": .queued, "submitted": .queued,
            "success": .succeeded, "failure": .failed,
        ],
        faults: FaultRule.newAPI,
        shapes: xiexusShapes,
        // A film may come in the answer itself.
        replyLimit: .mebibytes(64)
    )

    // width, height, fps, seed, n, response_format and user are documented too, but the server drops them at the top
    // level. A seed works inside `metadata`; the others can be sent with raw.NAME:=json.
    private static let parameters: [Parameter] = [
        .model(),
        .prompt(),
        .image("image", bytesOrLink, excludes: ["images"]),
        Parameter(
            "images",
            .media(MediaRule(encodings: [.url, .base64], maximumCount: 8, sendsList: true)),
            common: .references,
            help: "For Vidu models one picture is the first frame, two are first and last frame, more are references."
        ),
        Parameter("input_reference", .media(MediaRule(encodings: [.url])), help: "A link to a reference, for Sora."),
        .size(
            "size",
            .size(["1280x720", "1920x1080", "720x1280", "1080x1920", "512x512", "1024x1024"], open: true),
            help: "Width and height in pixels; Kling models turn a size that is not in the list into 1:1."
        ),
        .duration(1...60),
        Parameter("seconds", .text(limit: 8), excludes: ["duration"], help: "Length of the film as text, for Sora."),
        Parameter("mode", .choice(["std", "pro"], open: true), help: "How much work a Kling model spends."),
        Parameter("metadata", .json, help: "An object merged into the request that the relay sends to its own vendor."),
        .negativePrompt(wire: "metadata.negative_prompt"),
        Parameter(
            "image_tail",
            .media(bytesOrLink),
            common: .lastImage,
            wire: "metadata.image_tail",
            help: "The picture that the film ends with."
        ),
        .aspectRatio(["16:9", "9:16", "1:1"], wire: "metadata.aspect_ratio"),
        .seed(wire: "metadata.seed"),
        Parameter(
            "cfg_scale",
            .number(0...1),
            wire: "metadata.cfg_scale",
            help: "How closely Kling models follow the prompt, from 0 to 1."
        ),
        Parameter(
            "camera_control",
            .json,
            wire: "metadata.camera_control",
            help: "The camera's movement for Kling models, an object of theirs."
        ),
        Parameter(
            "callback_url",
            .text(limit: 2048),
            wire: "metadata.callback_url",
            isSensitive: true,
            help: "An address of yours that the vendor calls when the task is over; reel polls all the same."
        ),
    ]
}
