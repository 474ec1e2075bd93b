import LosslessJSON

// The calls on videos that are there already: remix, delete, list, and the list of models.
extension SoraRelayDialect {
    mutating func remix(_ id: String, _ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        guard let source = book[id], source.isFound(at: time) else { return Self.notFound(id) }
        let fields = MultipartForm(body: request.body, contentType: request.header("content-type") ?? "")
        let document = try? JSONDocument(parsing: request.body)
        guard let prompt = fields?["prompt"]?.text ?? document?.root["prompt"]?.string, !prompt.isEmpty else {
            return SoraRelayOrder.missing("prompt").reply
        }
        var order = SoraRelayOrder()
        order.model = source.model
        order.prompt = prompt
        (order.width, order.height) = (source.film.width, source.film.height)
        order.seconds = source.film.seconds
        order.details = ["form": "openai", "size": source.details["size"] ?? "720x1280", "remix": id]
        return place(order, time)
    }

    mutating func delete(_ id: String, _ time: SandboxTime) -> SandboxReply {
        guard let job = book[id] else { return Self.notFound(id) }
        guard job.stage(at: time).isOver else {
            return RelayAnswers.error(
                400,
                "Video is still being generated and cannot be deleted.",
                param: nil,
                code: nil
            )
        }
        book[id] = nil
        return .json(200, ["id": .string(id), "deleted": true, "object": "video.deleted"])
    }

    func list(_ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        var jobs = book.jobs.filter { !isUnified($0) }
        if request.query("order") != "asc" { jobs.reverse() }
        if let after = request.query("after"), let place = jobs.firstIndex(where: { $0.id == after }) {
            jobs = Array(jobs[(place + 1)...])
        }
        let limit = min(max(request.query("limit").flatMap { Int($0) } ?? 20, 1), 100)
        let page = jobs.prefix(limit)
        let data = page.map {
            SoraRelayVideo(job: $0, time: time, link: nil, official: isOfficial($0), oddWord: false).tree
        }
        return .json(
            200,
            [
                "object": "list", "data": .array(data), "first_id": .optional(page.first?.id),
                "has_more": .bool(jobs.count > limit), "last_id": .optional(page.last?.id),
            ]
        )
    }

    func models() -> SandboxReply {
        let data = SoraRelayOrder.models.map { id -> JSONTree in
            ["id": .string(id), "object": "model", "created": 1_626_777_600, "owned_by": "custom"]
        }
        return .json(200, ["data": .array(data), "object": "list", "success": true])
    }
}
