import VideoProviderKit

private let page = "https://platform.minimaxi.com/document/video_generation"

/// MiniMax v1: errors come with HTTP 200, and a finished task names a file that must be asked for.
struct MiniMaxProvider: FetchesResult {
    let descriptor = ProviderDescriptor(
        id: "minimax",
        name: "MiniMax",
        summary: "Hailuo from text or from a first frame.",
        documentation: [page],
        baseURL: "https://api.minimax.io",
        models: [ModelAdvice("MiniMax-Hailuo-02"), ModelAdvice("T2V-01", "from text")],
        parameters: [
            .model(),
            .prompt(limit: 2000),
            .image("first_frame_image", MediaRule(encodings: [.url, .dataURI])),
            .duration(6...10),
            Parameter("resolution", .choice(["512P", "768P", "1080P"]), help: "How many rows the film has."),
        ],
        assetLifetimes: [AssetLifetime(.seconds(32400), source: "\(page): download_url is valid for 9 hours")],
        traceHeaders: ["Trace-Id"],
        words: [
            "preparing": .queued, "queueing": .queued, "processing": .running, "success": .succeeded, "fail": .failed,
        ],
        // snippet: minimax-faults
        faults: [
            FaultRule(code: "1002", .rateLimited, source: page),
            FaultRule(code: "1004", .auth, source: page),
            FaultRule(code: "2049", .auth, source: page),
            FaultRule(code: "1008", .balance, source: page),
            FaultRule(code: "1026", .contentRejected, parameter: "prompt", source: page),
            FaultRule(code: "1027", .contentRejected, source: page),
            FaultRule(code: "2013", .invalidRequest, source: page),
        ]
        // end
    )

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post("v1/video_generation", json: submission.json())
    }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        try .accepted(reading: reply, idAt: "task_id")
    }

    // snippet: minimax-status
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .get("v1/query/video_generation", query: [QueryItem("task_id", receipt.taskID)])
    }
    // end

    // snippet: minimax-snapshot
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try Snapshot(
            reading: reply,
            by: descriptor,
            reasonAt: "base_resp.status_msg",
            codeAt: "base_resp.status_code"
        )
        snapshot.carry["file"] = reply.root["file_id"].identifier
        snapshot.facts.width = reply.root["video_width"].int
        snapshot.facts.height = reply.root["video_height"].int
        return snapshot
    }
    // end

    // snippet: minimax-result
    func resultRequest(for receipt: Receipt, after snapshot: Snapshot) throws(Fault) -> UpstreamRequest? {
        guard let file = snapshot.carry["file"] else { return nil }
        return .get("v1/files/retrieve", query: [QueryItem("file_id", file)])
    }

    func snapshot(
        inResult reply: UpstreamReply,
        for receipt: Receipt,
        after snapshot: Snapshot
    ) throws(Fault) -> Snapshot {
        guard let link = reply.root["file.download_url"].url else { throw .unreadable(reply, missing: "download_url") }
        var snapshot = snapshot
        snapshot.assets = [Asset(kind: .video, source: .remote(link))]
        return snapshot
    }
    // end
}
