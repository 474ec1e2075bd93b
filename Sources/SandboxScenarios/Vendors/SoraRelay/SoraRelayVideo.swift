/// A job as OpenAI's video object, with the relay's own link or without.
struct SoraRelayVideo {
    let job: SandboxJob
    let time: SandboxTime
    let link: String?
    /// The official object: more members, never a link.
    let official: Bool
    let oddWord: Bool

    private static let fileLife: Int64 = 604_800_000

    var tree: JSONTree {
        let stage = job.stage(at: time)
        var members: [(String, JSONTree)] = [
            ("id", .string(job.id)), ("object", "video"), ("model", .string(job.model)),
            ("status", .string(oddWord ? "reviewing" : word(stage))), ("progress", .int(percent(stage))),
            ("created_at", .int(Int(job.submittedWall / 1000))), ("seconds", .string(String(job.film.seconds))),
            ("size", .string(job.details["size"] ?? "")),
        ]
        if official {
            let done = stage == .succeeded ? job.finishedWall(at: time) : nil
            members += [
                ("completed_at", .optional(done.map { Int($0 / 1000) })),
                ("expires_at", .optional(done.map { Int(($0 + Self.fileLife) / 1000) })),
                ("prompt", .string(job.prompt)), ("remixed_from_video_id", .optional(job.details["remix"])),
                ("error", stage == .failed ? error : nil),
            ]
            return .object(members)
        }
        if stage == .failed { members.append(("error", error)) }
        if stage == .succeeded { members.append(("completed_at", .int(Int(job.finishedWall(at: time) / 1000)))) }
        if let link { members.append(("video_url", .string(link))) }
        if let source = job.details["remix"] { members.append(("remixed_from_video_id", .string(source))) }
        return .object(members)
    }

    private var error: JSONTree {
        job.directives.contains(.moderation)
            ? ["code": "moderation_blocked", "message": "Your request was blocked by our moderation system."]
            : ["code": "video_generation_failed", "message": "The video could not be generated."]
    }

    private func word(_ stage: SandboxJob.Stage) -> String {
        switch stage {
        case .queued: "queued"
        case .running: "in_progress"
        case .succeeded: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }

    private func percent(_ stage: SandboxJob.Stage) -> Int {
        switch stage {
        case .queued, .failed, .cancelled: 0
        case .running(let share): Int(share * 99)
        case .succeeded: 100
        }
    }
}
