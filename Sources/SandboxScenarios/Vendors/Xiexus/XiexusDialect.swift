/// `api.xiexus.cn`, a server of the new-api project: two create routes, one record, several shapes.
package struct XiexusDialect: Dialect, Sendable, Hashable {
    /// Its jobs.
    package internal(set) var book: JobBook
    /// The shape of its polls, where a prompt asks for no other.
    package var shape = XiexusShape.wrapped
    private var requestID = ""

    private enum Route {
        case createGeneration
        case createVideo
        case generation(String)
        case video(String)
        case content(String)
        case models
        case notImplemented
    }

    private static let linkLife: Int64 = 86_400_000

    init(book: JobBook) {
        self.book = book
    }

    var origin: SandboxOrigin { .xiexus }

    func call(of request: SandboxRequest) -> SandboxCall {
        switch Self.route(request) {
        case .createGeneration, .createVideo: .submit
        case .generation, .video: .poll
        case .content: .download
        default: .other
        }
    }

    mutating func begin(_ moment: Moment) {
        requestID = RelayAnswers.requestID(moment.time, &book.traces)
    }

    func stamp(_ reply: SandboxReply) -> SandboxReply {
        reply.adding("X-Oneapi-Request-Id", requestID)
    }

    mutating func answer(_ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        guard let route = Self.route(request) else { return RelayAnswers.invalidURL(request) }
        switch SandboxKey.standing(of: request) {
        case .wrong: return RelayAnswers.wrongKey(requestID)
        case .forbidden: return RelayAnswers.forbidden(requestID)
        case .penniless where call(of: request) == .submit:
            return RelayAnswers.task(403, "insufficient_user_quota", "用户额度不足")
        case .accepted, .penniless: break
        }
        switch route {
        case .createGeneration, .createVideo: return create(request, moment.time)
        case .generation(let id): return poll(id, &moment, asVideo: false)
        case .video(let id): return poll(id, &moment, asVideo: true)
        case .content(let id): return content(id, request, &moment)
        case .models: return models()
        case .notImplemented:
            return .json(
                501,
                [
                    "error": [
                        "message": "API not implemented", "type": "new_api_error", "param": "",
                        "code": "api_not_implemented",
                    ]
                ]
            )
        }
    }

    mutating func refusal(_ fault: SandboxFault, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        switch fault {
        case .unauthorized: RelayAnswers.wrongKey(requestID)
        case .rateLimited: SandboxReply(status: 429, headers: [("Retry-After", "2")], body: .bytes([]))
        default: RelayAnswers.overloaded
        }
    }

    private static func route(_ request: SandboxRequest) -> Route? {
        let segments = request.segments
        switch (request.method, segments.count) {
        case ("POST", 3) where segments == ["v1", "video", "generations"]: return .createGeneration
        case ("POST", 2) where segments == ["v1", "videos"]: return .createVideo
        case ("GET", 4) where segments.prefix(3) == ["v1", "video", "generations"]: return .generation(segments[3])
        case ("GET", 3) where segments.prefix(2) == ["v1", "videos"]: return .video(segments[2])
        case ("GET", 4) where segments.prefix(2) == ["v1", "videos"] && segments[3] == "content":
            return .content(segments[2])
        case ("GET", 2) where segments == ["v1", "models"]: return .models
        case (_, 2) where segments == ["v1", "files"]: return .notImplemented
        default: return nil
        }
    }

    private mutating func create(_ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        let order: XiexusOrder
        do {
            order = try XiexusOrder(request, requestID: requestID, documented: shape == .flat)
        } catch {
            return error.reply
        }
        let shape = shape(for: SandboxDirective.found(in: order.prompt))
        let seed = order.seed ?? Int(book.ids.number() >> 34)
        let id =
            shape == .flat
            ? book.ids.text(12, of: IdentifierSource.lowercase)
            : "task_" + book.ids.text(32, of: IdentifierSource.letters)
        let film = FilmSpec(
            width: order.width,
            height: order.height,
            seconds: order.seconds,
            framesPerSecond: 24,
            seed: UInt64(bitPattern: Int64(seed))
        )
        let upstream = "4" + book.ids.text(14, of: IdentifierSource.digits)
        let job = book.add(
            id: id,
            model: order.model,
            prompt: order.prompt,
            film: film,
            at: time,
            details: ["upstream": upstream]
        )
        var reply: SandboxReply
        switch shape {
        case .flat:
            reply = .json(200, ["task_id": .string(id), "status": "queued"])
        case .wrapped, .linkInReason:
            reply = .json(
                200,
                [
                    "id": .string(id), "task_id": .string(id), "object": "video", "model": .string(job.model),
                    "status": "queued", "progress": 0, "created_at": .int(time.wallSeconds),
                ]
            )
        }
        reply.billable = true
        return reply
    }

    private func shape(for directives: Set<SandboxDirective>) -> XiexusShape {
        if directives.contains(.flat) { return .flat }
        return directives.contains(.linkInReason) ? .linkInReason : shape
    }

    private mutating func poll(_ id: String, _ moment: inout Moment, asVideo: Bool) -> SandboxReply {
        guard var job = book[id], job.isFound(at: moment.time) else {
            let flat = book[id].map { shape(for: $0.directives) == .flat } ?? (shape == .flat)
            // The page says 404, the server says 400.
            return flat || asVideo
                ? RelayAnswers.error(404, "task not found", param: nil, code: nil)
                : RelayAnswers.task(400, "task_not_exist", "task_not_exist")
        }
        defer { book[id] = job }
        if job.stumbles() { return RelayAnswers.wrongServer }
        let stage = job.stage(at: moment.time)
        if job.directives.contains(.nullData), case .queued = stage {
            return .json(200, ["code": "success", "data": nil])
        }
        var link: String?
        switch stage {
        case .succeeded:
            let hidden = job.hidesLink(&moment.faults, origin)
            let expired = job.expiresLink(&moment.faults, origin)
            job.successesShown += 1
            link = hidden ? nil : moment.link(to: job, life: Self.linkLife, expired: expired)
        case .failed where job.directives.contains(.failedURL):
            link = moment.link(to: job, life: Self.linkLife)
        default: break
        }
        let odd = job.showsOddWord(at: moment.time) || moment.faults.take(.word, .poll, origin)
        let record = XiexusRecord(job: job, time: moment.time, link: link, oddWord: odd)
        return .json(200, asVideo ? record.video : record.tree(shape(for: job.directives)))
    }

    private mutating func content(_ id: String, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        guard let job = book[id], job.isFound(at: moment.time) else {
            return RelayAnswers.error(404, "Task not found")
        }
        switch job.stage(at: moment.time) {
        case .succeeded:
            if moment.faults.take(.expired, .download, origin) {
                return RelayAnswers.error(502, "Failed to fetch video content", type: "server_error")
            }
            return .film(job.film, for: request)
        case .queued:
            return RelayAnswers.error(400, "Task is not completed yet, current status: QUEUED")
        case .running:
            return RelayAnswers.error(400, "Task is not completed yet, current status: IN_PROGRESS")
        case .failed, .cancelled:
            return RelayAnswers.error(400, "Task is not completed yet, current status: FAILURE")
        }
    }

    private func models() -> SandboxReply {
        let data = XiexusOrder.models.map { id -> JSONTree in
            ["id": .string(id), "object": "model", "created": 1_626_777_600, "owned_by": "custom"]
        }
        return .json(200, ["data": .array(data), "object": "list", "success": true])
    }
}
