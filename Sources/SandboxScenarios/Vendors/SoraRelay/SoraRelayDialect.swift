/// A relay of Sora and Veo: OpenAI's video calls beside a unified form of its own.
package struct SoraRelayDialect: Dialect, Sendable, Hashable {
    /// Its jobs.
    package internal(set) var book: JobBook
    /// Whether OpenAI's calls answer as the official service does: no link, bytes at `/content`, stricter orders.
    package var isOfficial = false
    private var requestID = ""

    private enum Route {
        case createVideo
        case createUnified
        case video(String)
        case query
        case content(String)
        case remix(String)
        case delete(String)
        case list
        case models
    }

    private static let linkLife: Int64 = 86_400_000

    init(book: JobBook) {
        self.book = book
    }

    var origin: SandboxOrigin { .sorarelay }

    func call(of request: SandboxRequest) -> SandboxCall {
        switch Self.route(request) {
        case .createVideo, .createUnified, .remix: .submit
        case .video, .query: .poll
        case .content: .download
        default: .other
        }
    }

    mutating func begin(_ moment: Moment) {
        requestID = RelayAnswers.requestID(moment.time, &book.traces)
    }

    func stamp(_ reply: SandboxReply) -> SandboxReply {
        reply.adding("x-request-id", "req_\(requestID)").adding("X-Oneapi-Request-Id", requestID)
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
        case .createVideo: return createVideo(request, moment.time)
        case .createUnified: return createUnified(request, moment.time)
        case .video(let id): return poll(id, &moment)
        case .query: return poll(request.query("id") ?? "", &moment)
        case .content(let id): return content(id, request, &moment)
        case .remix(let id): return remix(id, request, moment.time)
        case .delete(let id): return delete(id, moment.time)
        case .list: return list(request, moment.time)
        case .models: return models()
        }
    }

    mutating func refusal(_ fault: SandboxFault, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        switch fault {
        case .unauthorized: RelayAnswers.wrongKey(requestID)
        case .rateLimited:
            RelayAnswers.error(429, "Rate limit reached for requests.", param: nil, code: "rate_limit_exceeded")
                .adding("Retry-After", "2")
        default: RelayAnswers.overloaded
        }
    }

    private static func route(_ request: SandboxRequest) -> Route? {
        let segments = request.segments
        guard segments.first == "v1" else { return nil }
        switch (request.method, segments.count) {
        case ("POST", 2) where segments[1] == "videos": return .createVideo
        case ("GET", 2) where segments[1] == "videos": return .list
        case ("GET", 2) where segments[1] == "models": return .models
        case ("POST", 3) where segments[1...] == ["video", "create"]: return .createUnified
        case ("GET", 3) where segments[1...] == ["video", "query"]: return .query
        case ("GET", 3) where segments[1] == "videos": return .video(segments[2])
        case ("DELETE", 3) where segments[1] == "videos": return .delete(segments[2])
        case ("GET", 4) where segments[1] == "videos" && segments[3] == "content": return .content(segments[2])
        case ("POST", 4) where segments[1] == "videos" && segments[3] == "remix": return .remix(segments[2])
        default: return nil
        }
    }

    private mutating func createVideo(_ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        do {
            return place(try SoraRelayOrder(openAI: request, official: isOfficial), time)
        } catch {
            return error.reply
        }
    }

    private mutating func createUnified(_ request: SandboxRequest, _ time: SandboxTime) -> SandboxReply {
        do {
            return place(try SoraRelayOrder(unified: request, requestID: requestID), time)
        } catch {
            return error.reply
        }
    }

    mutating func place(_ order: SoraRelayOrder, _ time: SandboxTime) -> SandboxReply {
        let isUnified = order.details["form"] == "unified"
        let id: String
        if isUnified {
            let family = order.model.hasPrefix("sora") ? "sora-2" : order.model
            id = "\(family):task_01k" + book.ids.text(23, of: IdentifierSource.crockford)
        } else {
            id = "video_" + book.ids.uuid()
        }
        let film = FilmSpec(
            width: order.width,
            height: order.height,
            seconds: order.seconds,
            framesPerSecond: 30,
            seed: book.ids.number() >> 32
        )
        let job = book.add(
            id: id,
            model: order.model,
            prompt: order.prompt,
            film: film,
            at: time,
            details: order.details
        )
        var reply = SandboxReply.json(
            200,
            isUnified
                ? SoraRelayTask(job: job, time: time, link: nil, oddWord: false).receipt
                : SoraRelayVideo(job: job, time: time, link: nil, official: isOfficial(job), oddWord: false).tree
        )
        reply.billable = true
        return reply
    }

    func isOfficial(_ job: SandboxJob) -> Bool {
        isOfficial || job.directives.contains(.official)
    }

    func isUnified(_ job: SandboxJob) -> Bool {
        job.details["form"] == "unified"
    }

    private mutating func poll(_ id: String, _ moment: inout Moment) -> SandboxReply {
        if id == Self.documentedID, book[id] == nil { book.enter(Self.documentedTask(at: moment.time)) }
        guard var job = book[id], job.isFound(at: moment.time) else {
            return id.contains(":")
                ? RelayAnswers.task(400, "task_not_exist", "task_not_exist") : Self.notFound(id)
        }
        defer { book[id] = job }
        if job.stumbles() { return RelayAnswers.wrongServer }
        var link: String?
        switch job.stage(at: moment.time) {
        case .succeeded:
            let hidden = job.hidesLink(&moment.faults, origin)
            let expired = job.expiresLink(&moment.faults, origin)
            job.successesShown += 1
            let isBare = hidden || isOfficial(job) && !isUnified(job)
            link = isBare ? nil : moment.link(to: job, life: Self.linkLife, expired: expired)
        case .failed where job.directives.contains(.failedURL):
            link = moment.link(to: job, life: Self.linkLife)
        default: break
        }
        let odd = job.showsOddWord(at: moment.time) || moment.faults.take(.word, .poll, origin)
        let tree =
            isUnified(job)
            ? SoraRelayTask(job: job, time: moment.time, link: link, oddWord: odd).tree
            : SoraRelayVideo(job: job, time: moment.time, link: link, official: isOfficial(job), oddWord: odd).tree
        return .json(200, tree).adding(
            "openai-poll-after-ms",
            String(Int(max(2_000 / max(moment.time.speed, 0.001), 20)))
        )
    }

    private func content(_ id: String, _ request: SandboxRequest, _ moment: inout Moment) -> SandboxReply {
        guard let job = book[id], job.isFound(at: moment.time) else { return Self.notFound(id) }
        guard job.stage(at: moment.time) == .succeeded else {
            return RelayAnswers.error(
                400,
                "Video is not ready yet, use GET /v1/videos/{video_id} to check status.",
                param: nil,
                code: nil
            )
        }
        let variant = request.query("variant") ?? "video"
        guard variant == "video" else {
            return RelayAnswers.error(
                400,
                "The sandbox has no '\(variant)', only 'video'.",
                param: "variant",
                code: "invalid_value"
            )
        }
        if moment.faults.take(.expired, .download, origin) {
            return RelayAnswers.error(404, "Video content has expired.", param: nil, code: "expired")
        }
        if job.directives.contains(.jsonContent) {
            let link = moment.link(to: job, life: Self.linkLife)
            let tree = SoraRelayVideo(job: job, time: moment.time, link: link, official: false, oddWord: false).tree
            return SandboxReply(
                status: 200,
                headers: [("Content-Type", "video/mp4")],
                body: .bytes(tree.adding([("url", .string(link))]).bytes)
            )
        }
        return .film(job.film, for: request)
    }

    static func notFound(_ id: String) -> SandboxReply {
        RelayAnswers.error(404, "Video with id '\(id)' not found.", param: "id", code: nil)
    }
}
