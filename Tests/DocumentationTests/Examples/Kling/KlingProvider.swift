import VideoProviderKit

private let page = "https://app.klingai.com/global/dev/document-api"

/// Kling: requests are signed, and a task is asked about at the address that created it.
struct KlingProvider: SignsRequests {
    let descriptor = ProviderDescriptor(
        id: "kling",
        summary: "Kling from text or from a picture.",
        documentation: [page],
        baseURL: "https://api-singapore.klingai.com",
        // snippet: kling-signed
        authentication: .signed,
        // end
        models: [ModelAdvice("kling-v1-6"), ModelAdvice("kling-v2-master")],
        parameters: [
            .model(wire: "model_name"),
            .prompt(limit: 2500),
            .negativePrompt(),
            .image("image", MediaRule(encodings: [.url, .base64])),
            Parameter("duration", .choice(["5", "10"]), common: .duration, help: "Length in seconds, sent as text."),
            .aspectRatio(["16:9", "9:16", "1:1"]),
            Parameter("mode", .choice(["std", "pro"]), help: "How much work is spent."),
        ],
        assetLifetimes: [AssetLifetime(.seconds(2_592_000), source: "\(page): films are cleared after 30 days")],
        // The id for support stands in the body as request_id, which is read anyway.
        traceHeaders: ["x-request-id"],
        words: ["submitted": .queued, "processing": .running, "succeed": .succeeded, "failed": .failed],
        faults: [
            FaultRule(code: "1102", .balance, isPermanent: true, source: "seen in replies, HTTP 429")
        ]
    )

    // snippet: kling-authorization
    func authorization(
        for request: UpstreamRequest,
        signer: some RequestSigner,
        at time: UpstreamTime
    ) throws(Fault) -> HTTPFields {
        let seconds = Int(time.milliseconds / 1000)
        let token = signer.jsonWebToken([
            "iss": .string(signer.keyID), "exp": .number(String(seconds + 1800)), "nbf": .number(String(seconds - 5)),
        ])
        return [.authorization: "Bearer \(token)"]
    }
    // end

    // snippet: kling-calls
    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        .post(
            submission.value("image") == nil ? "v1/videos/text2video" : "v1/videos/image2video",
            json: submission.json()
        )
    }

    func receipt(in reply: UpstreamReply, of request: UpstreamRequest) throws(Fault) -> SubmitOutcome {
        let outcome = try receipt(in: reply)
        var receipt = outcome.receipt
        if request.target == .path("v1/videos/image2video") { receipt.values["call"] = "image2video" }
        return .accepted(receipt, outcome.snapshot)
    }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest {
        .get("v1/videos/\(receipt.values["call"] ?? "text2video")/\(receipt.taskID)")
    }
    // end

    // snippet: kling-receipt
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        let outcome = try SubmitOutcome.accepted(reading: reply, by: descriptor, idAt: "task_id")
        var snapshot = outcome.snapshot
        snapshot.facts.createdAt = reply.record["created_at"].time
        return .accepted(outcome.receipt, snapshot)
    }
    // end

    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try Snapshot(
            reading: reply,
            by: descriptor,
            videoAt: "task_result.videos[0].url",
            reasonAt: "task_status_msg"
        )
        snapshot.facts.seconds = reply.record["task_result.videos[0].duration"].double
        snapshot.facts.createdAt = reply.record["created_at"].time
        snapshot.facts.updatedAt = reply.record["updated_at"].time
        return snapshot
    }
}
