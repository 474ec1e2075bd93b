import LosslessJSON

/// `api.siliconflow.cn`, from its own pages: submit and poll are both POST, errors are JSON in several shapes.
package struct SiliconFlowDialect: Dialect, Sendable, Hashable {
    /// Its jobs.
    package internal(set) var book: JobBook

    static let textToVideo = "Wan-AI/Wan2.2-T2V-A14B"
    static let imageToVideo = "Wan-AI/Wan2.2-I2V-A14B"
    private static let linkLife: Int64 = 600_000
    private var traceID = ""

    init(book: JobBook) {
        self.book = book
    }

    var origin: SandboxOrigin { .siliconflow }

    func call(of request: SandboxRequest) -> SandboxCall {
        switch (request.method, request.path) {
        case ("POST", "/v1/video/submit"): .submit
        case ("POST", "/v1/video/status"): .poll
        default: .other
        }
    }

    mutating func answer(_ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        let route = "\(request.method) \(request.path)"
        let routes = ["POST /v1/video/submit", "POST /v1/video/status", "GET /v1/models", "GET /v1/user/info"]
        guard routes.contains(route) else { return .json(404, "404 page not found") }
        switch SandboxKey.standing(of: request) {
        case .wrong: return .json(401, "Invalid token")
        case .forbidden: return .json(403, "Forbidden")
        case .penniless where route == routes[0]:
            return Self.error(403, 30_001, "Sorry, your account balance is insufficient")
        case .accepted, .penniless: break
        }
        switch route {
        case routes[0]: return submit(request, moment.time)
        case routes[1]: return status(request, &moment)
        case routes[2]: return models(request)
        default: return account()
        }
    }

    mutating func refusal(_ fault: SandboxFault, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        switch fault {
        case .unauthorized:
            .json(401, "Invalid token")
        case .rateLimited:
            .json(
                429,
                [
                    "message": .string(
                        "Request was rejected due to rate limiting. If you want more, please contact "
                            + "contact@siliconflow.cn. Details:TPM limit reached."
                    ), "data": "",
                ]
            ).adding("Retry-After", "2")
        default:
            Self.error(503, 50_505, "Model service overloaded. Please try again later.")
        }
    }

    mutating func begin(_ moment: Moment) {
        traceID = "ti_" + book.traces.text(18, of: IdentifierSource.lowercase)
    }

    func stamp(_ reply: SandboxReply) -> SandboxReply {
        reply.adding("x-siliconcloud-trace-id", traceID)
    }

    private mutating func submit(_ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        let order: SiliconFlowOrder
        do {
            order = try SiliconFlowOrder(request)
        } catch {
            return Self.error(400, error.code, error.message)
        }
        let seed = order.seed ?? Int(book.ids.number() >> 33)
        let film = FilmSpec(
            width: order.width,
            height: order.height,
            seconds: 5,
            framesPerSecond: 16,
            seed: UInt64(bitPattern: Int64(seed))
        )
        let job = book.add(
            id: book.ids.text(12, of: IdentifierSource.lowercase),
            model: order.model,
            prompt: order.prompt,
            film: film,
            at: time,
            details: ["seed": String(seed)]
        )
        var reply = SandboxReply.json(200, ["requestId": .string(job.id)])
        reply.billable = true
        return reply
    }

    private mutating func status(_ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        guard let document = try? JSONDocument(parsing: request.body), document.root.kind == .object else {
            return Self.error(400, 20_015, "The request body is not a JSON object.")
        }
        guard let id = document.root["requestId"]?.string, !id.isEmpty else {
            return Self.error(400, 20_015, "requestId is required and must be a string.")
        }
        guard var job = book[id], job.isFound(at: moment.time) else {
            return Self.error(400, 20_012, "Request does not exist. Please check it carefully.")
        }
        if job.stumbles() {
            book[id] = job
            return .json(500, "Internal server error")
        }
        let reply = describe(&job, &moment)
        book[id] = job
        return reply
    }

    private func describe(_ job: inout SandboxJob, _ moment: inout Moment) -> SandboxReply {
        if job.showsOddWord(at: moment.time) || moment.faults.take(.word, .poll, origin) {
            return .json(200, ["status": "Reviewing", "reason": ""])
        }
        let nothing: JSONTree = ["videos": [], "timings": ["inference": 0], "seed": 0]
        switch job.stage(at: moment.time) {
        case .queued(let share):
            return .json(200, ["status": "InQueue", "reason": "", "position": share < 0.5 ? 2 : 1])
        case .running:
            return .json(200, ["status": "InProgress", "reason": "", "results": nil])
        case .cancelled:
            return .json(200, ["status": "Cancelled", "reason": ""])
        case .failed:
            let rejected = job.directives.contains(.moderation)
            let reason = rejected ? "content rejected: the prompt violates the content policy" : "inference failed"
            var results = nothing
            if job.directives.contains(.failedURL) {
                results = self.results(of: job, [moment.link(to: job, life: Self.linkLife)])
            }
            return .json(200, ["status": "Failed", "reason": .string(reason), "results": results])
        case .succeeded:
            let hidden = job.hidesLink(&moment.faults, origin)
            let expired = job.expiresLink(&moment.faults, origin)
            job.successesShown += 1
            let links = hidden ? [] : [moment.link(to: job, life: Self.linkLife, expired: expired)]
            return .json(200, ["status": "Succeed", "reason": "", "results": results(of: job, links)])
        }
    }

    private func results(of job: SandboxJob, _ links: [String]) -> JSONTree {
        [
            "videos": .array(links.map { ["url": .string($0)] }), "timings": ["inference": .raw("7.986")],
            "seed": .raw(job.details["seed"] ?? "0"),
        ]
    }

    private func models(_ request: SandboxRequest) -> SandboxReply {
        var ids: [String] = []
        if request.query("type").map({ $0 == "video" }) ?? true {
            // The published filter knows only these two subtypes; anything else finds nothing.
            switch request.query("sub_type") {
            case nil: ids = [Self.textToVideo, Self.imageToVideo]
            case "text-to-video": ids = [Self.textToVideo]
            case "image-to-video": ids = [Self.imageToVideo]
            default: ids = []
            }
        }
        let data = ids.map { id -> JSONTree in
            ["id": .string(id), "object": "model", "created": 0, "owned_by": ""]
        }
        return .json(200, ["object": "list", "data": .array(data)])
    }

    private func account() -> SandboxReply {
        .json(
            200,
            [
                "code": 20_000, "message": "OK", "status": true,
                "data": [
                    "id": "sandbox", "name": "sandbox", "image": "", "email": "sandbox@example.com", "isAdmin": false,
                    "balance": "0.88", "status": "normal", "introduction": "", "role": "", "chargeBalance": "88.00",
                    "totalBalance": "88.88",
                ],
            ]
        )
    }

    private static func error(_ status: Int, _ code: Int, _ message: String) -> SandboxReply {
        .json(status, ["code": .int(code), "message": .string(message), "data": nil])
    }
}
