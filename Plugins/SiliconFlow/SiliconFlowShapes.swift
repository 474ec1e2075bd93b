import VideoProviderKit

private let submitPage = "https://docs.siliconflow.cn/cn/api-reference/videos/videos_submit"
private let statusPage = "https://docs.siliconflow.cn/cn/api-reference/videos/get_videos_status"
private let bothCalls: Set<UpstreamCall> = [.submit, .status]

/// The answers as both pages print them; the pages name no HTTP statuses, their order and the error codes do.
let siliconFlowShapes: [ReplyShape] = [
    ReplyShape(
        "answer to a submit",
        for: [.submit],
        [.init("requestId", .string, required: true)],
        source: submitPage
    ),
    ReplyShape(
        "state of a task",
        for: [.status],
        [
            .init("status", .string, required: true, note: "the page prints only \"Succeed\""),
            .init("reason", .string),
            .init("results", .object, note: "known: not there before the end"),
            .init("results.videos", .array, note: "known: not there before the end"),
            .init("results.videos[].url", .string, required: true),
            .init("results.timings", .object, note: "known: not there before the end"),
            .init("results.timings.inference", .number),
            .init("results.seed", .integer, note: "known: not there before the end"),
        ],
        source: statusPage
    ),
    problem(400, code: true, "wrong request"),
    bare(401, "refused key"),
    bare(403, "no permission"),
    bare(404, "no such page"),
    problem(429, code: false, "too many requests", calls: [.submit]),
    problem(503, code: true, "overloaded"),
    bare(504, "gave up waiting"),
]

/// Where the pages slip; what is read instead is said beside.
let siliconFlowConflicts = [
    "image is required for \"Wan-AI/Wan2.2-I2V-14B-720P\", which is not in the page's own list of models (\(submitPage)); "
        + "read as the I2V model of the list",
    "image_size is called a ratio, and its values are pixels (\(submitPage))",
    "the sample of a data URI has a blank after its comma (\(submitPage)); none is sent",
    "the headline's path /video/status lacks the /v1 of all samples (\(statusPage))",
    "most samples send no Authorization, which the page demands (\(statusPage))",
]

private func problem(
    _ status: Int,
    code: Bool,
    _ name: String,
    calls: Set<UpstreamCall> = bothCalls
) -> ReplyShape {
    let fields: [ReplyShape.Field] = [
        .init("message", .string, required: true), .init("data", .string, note: "known: null as well"),
    ]
    return ReplyShape(
        name,
        for: calls,
        status: status,
        (code ? [.init("code", .integer, required: true)] : []) + fields,
        source: calls.contains(.status) ? statusPage : submitPage
    )
}

private func bare(_ status: Int, _ name: String) -> ReplyShape {
    ReplyShape(name, for: bothCalls, status: status, root: .string, source: statusPage)
}
