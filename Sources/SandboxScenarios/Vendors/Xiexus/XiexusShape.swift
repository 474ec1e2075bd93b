/// The shapes in which one and the same poll is answered, depending on the server's age and its documentation.
package enum XiexusShape: String, Sendable, Hashable, CaseIterable {
    /// A task record in an envelope, as new-api servers send it.
    case wrapped
    /// The flat object of the vendor's page.
    case flat
    /// The record of older servers: lower-case words, the link in `fail_reason`.
    case linkInReason = "link-in-reason"
}

/// Writes a job in the shapes of Xiexus.
struct XiexusRecord {
    let job: SandboxJob
    let time: SandboxTime
    /// The link, where there is one to show.
    let link: String?
    /// A word to show in place of the right one.
    let oddWord: Bool

    private var stage: SandboxJob.Stage { job.stage(at: time) }

    private var reason: String {
        job.directives.contains(.moderation) ? "内容审核未通过: content rejected by moderation" : "上游返回的错误信息"
    }

    func tree(_ shape: XiexusShape) -> JSONTree {
        switch shape {
        case .flat: flat
        case .wrapped:
            [
                "code": "success", "message": "",
                "data": record(upperCase: true),
            ]
        case .linkInReason:
            ["code": "success", "data": record(upperCase: false)]
        }
    }

    /// The OpenAI object of the server's second family of routes.
    var video: JSONTree {
        var members: [(String, JSONTree)] = [
            ("id", .string(job.id)), ("object", "video"), ("model", .string(job.model)), ("status", .string(videoWord)),
            ("progress", .int(percent)), ("created_at", .int(Int(job.submittedWall / 1000))),
        ]
        switch stage {
        case .succeeded:
            members.append(("completed_at", .int(Int(job.finishedWall(at: time) / 1000))))
            members.append(("seconds", .string(String(job.film.seconds))))
            if let link { members.append(("metadata", ["url": .string(link)])) }
        case .failed:
            members.append(("error", ["message": .string(reason), "code": "upstream_error"]))
        default: break
        }
        return .object(members)
    }

    private var flat: JSONTree {
        var members: [(String, JSONTree)] = [("task_id", .string(job.id))]
        switch stage {
        case .queued: members.append(("status", "queued"))
        case .running: members.append(("status", oddWord ? "verifying" : "in_progress"))
        case .cancelled: members.append(("status", "cancelled"))
        case .failed:
            members.append(("status", "failed"))
            if let link { members.append(("url", .string(link))) }
            members.append(("error", ["code": 500, "message": .string(reason)]))
        case .succeeded:
            members.append(("status", "completed"))
            if let link { members.append(("url", .string(link))) }
            members.append(("format", "mp4"))
            members.append(
                (
                    "metadata",
                    [
                        "duration": .int(job.film.seconds), "fps": .int(job.film.framesPerSecond),
                        "width": .int(job.film.width), "height": .int(job.film.height),
                        "seed": .raw(String(job.film.seed)),
                    ]
                )
            )
        }
        return .object(members)
    }

    private func record(upperCase: Bool) -> JSONTree {
        let submitted = Int(job.submittedWall / 1000)
        let word = oddWord ? "VERIFYING" : self.word
        var failReason = ""
        if case .failed = stage { failReason = job.directives.contains(.failedURL) ? link ?? reason : reason }
        if !upperCase, case .succeeded = stage { failReason = link ?? "" }
        var members: [(String, JSONTree)] = [
            ("id", .int(job.row)), ("created_at", .int(submitted)), ("updated_at", .int(time.wallSeconds)),
            ("task_id", .string(job.id)), ("platform", .string(platform)), ("user_id", 1_001), ("group", "default"),
            ("channel_id", 12), ("quota", 4_000_000), ("action", "generate"),
            ("status", .string(upperCase ? word : word.lowercased())), ("fail_reason", .string(failReason)),
        ]
        if upperCase, case .succeeded = stage { members.append(("result_url", .string(link ?? ""))) }
        members += [
            ("submit_time", .int(submitted)), ("start_time", .int(hasStarted ? seconds(job.startWork) : 0)),
            ("finish_time", .int(stage.isOver ? seconds(job.endWork) : 0)), ("progress", .string("\(percent)%")),
            (
                "properties",
                ["input": "", "upstream_model_name": .string(job.model), "origin_model_name": .string(job.model)]
            ),
            ("data", upstream),
        ]
        return .object(members)
    }

    /// The raw answer of the model's vendor, which was fetched before the record was brought up to date: it is stale.
    private var upstream: JSONTree {
        let id = job.details["upstream"] ?? ""
        return switch stage {
        case .queued: ["task_id": .string(id)]
        case .running, .succeeded, .cancelled: ["task": ["id": .string(id), "status": "running"]]
        case .failed:
            [
                "task": [
                    "id": .string(id), "status": "failed",
                    "error": ["code": "InvalidParameter", "message": .string(reason)],
                ]
            ]
        }
    }

    private var platform: String {
        job.model.split(separator: "-").first.map { $0.lowercased() } ?? ""
    }

    private var hasStarted: Bool {
        if case .queued = stage { return false }
        return true
    }

    private var word: String {
        switch stage {
        case .queued(let share): share < 0.1 ? "NOT_START" : share < 0.4 ? "SUBMITTED" : "QUEUED"
        case .running: "IN_PROGRESS"
        case .succeeded: "SUCCESS"
        case .failed: "FAILURE"
        case .cancelled: "CANCELLED"
        }
    }

    private var videoWord: String {
        switch stage {
        case .queued(let share): share < 0.1 ? "unknown" : "queued"
        case .running: oddWord ? "verifying" : "in_progress"
        case .succeeded: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }

    private var percent: Int {
        switch stage {
        case .queued(let share): share < 0.1 ? 0 : share < 0.4 ? 10 : 20
        case .running(let share): 30 + Int(share * 65)
        default: 100
        }
    }

    private func seconds(_ work: Int64) -> Int {
        Int(time.wall(atWork: work) / 1000)
    }
}
