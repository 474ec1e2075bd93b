import VideoProviderKit

private let page = "https://api.xiexus.cn: 获取视频生成任务状态, GET /v1/video/generations/{task_id}"

/// The one call the page documents; the server's usual wrapped record is documented there nowhere.
let xiexusShapes: [ReplyShape] = [
    ReplyShape(
        "state of a task",
        for: [.status],
        [
            .init("task_id", .string),
            .init("status", .string, words: ["queued", "in_progress", "completed", "failed"]),
            .init("url", .string, note: "known: read from result_url or fail_reason in wrapped records"),
            .init("format", .string),
            .init("metadata", .object),
            .init("metadata.duration", .number),
            .init("metadata.fps", .integer),
            .init("metadata.width", .integer),
            .init("metadata.height", .integer),
            .init("metadata.seed", .integer),
            .init("error", .object, note: "known: null when nothing is wrong"),
            .init("error.code", .integer, note: "known: text or null as well"),
            .init("error.message", .string),
        ],
        source: page
    ),
    ReplyShape(
        "no such task",
        for: [.status],
        status: 404,
        [
            .init("error", .object, required: true),
            .init("error.message", .string),
            .init("error.type", .string),
            .init("error.param", [.string, .null]),
            .init("error.code", [.string, .null]),
        ],
        source: page
    ),
]
