import VideoProviderKit

private let page = "SoraRelay: 查询任务, GET /v1/videos/{id}"

/// The schema of the page with both of its samples, each of which breaks it.
let soraRelayShapes: [ReplyShape] = [
    ReplyShape(
        "state of a task",
        for: [.status],
        [
            .init("id", .string, required: true),
            .init("status", .string, required: true),
            .init("video_url", .null, required: true, note: "known: read as the link"),
            .init("enhanced_prompt", .string, required: true),
            .init("status_update_time", .integer, required: true),
        ],
        examples: [
            ReplyShape.Example(
                "pending",
                [
                    .init("id", .string), .init("detail", .object, open: true), .init("status", .string),
                    .init("status_update_time", .integer),
                ]
            ),
            ReplyShape.Example(
                "成功示例",
                [
                    .init("id", .string), .init("size", .string), .init("model", .string), .init("object", .string),
                    .init("status", .string), .init("seconds", .string), .init("progress", .integer),
                    .init("video_url", .string), .init("created_at", .integer), .init("completed_at", .integer),
                ]
            ),
        ],
        source: page
    )
]

/// What else the page says against itself.
let soraRelayConflicts = [
    "the page describes a chat completion and documents a multipart body for this GET (\(page)); both are left alone",
    "the headers Content-Type and Accept are marked required, Authorization optional (\(page)); the key is sent",
    "status_update_time is in milliseconds, created_at and completed_at of the other sample are in seconds (\(page)); read by size",
    "the page names no address and no call that creates a task (\(page))",
]
