/// A job of the unified form: `pending` all the way for Sora, with the truth inside, and Veo's own words for Veo.
struct SoraRelayTask {
    let job: SandboxJob
    let time: SandboxTime
    let link: String?
    let oddWord: Bool

    private var task: String { String(job.id.split(separator: ":").last ?? "") }
    private var isSora: Bool { job.model.hasPrefix("sora") }
    private var stage: SandboxJob.Stage { job.stage(at: time) }

    var tree: JSONTree {
        if oddWord { return minimal("reviewing") }
        if !isSora { return veo }
        switch stage {
        case .queued, .running: return pending
        case .failed: return failed
        case .cancelled: return minimal("cancelled")
        case .succeeded: return completed
        }
    }

    /// The answer to the create call.
    var receipt: JSONTree {
        ["id": .string(job.id), "status": "pending", "status_update_time": .int(Int(job.submittedWall))]
    }

    private func minimal(_ word: String) -> JSONTree {
        [
            "id": .string(job.id), "status": .string(word), "video_url": .optional(link), "enhanced_prompt": "",
            "status_update_time": .int(Int(time.wall)),
        ]
    }

    private var veo: JSONTree {
        switch stage {
        case .queued: return minimal("pending")
        case .running(let share):
            let hasImages = job.details["images"] != "[]"
            if share < 0.2, hasImages { return minimal("image_downloading") }
            if share < 0.6 { return minimal("video_generating") }
            return minimal(share < 0.75 ? "video_generation_completed" : "video_upsampling")
        case .failed:
            return minimal("video_generation_failed").adding([
                ("error", .string(isRejected ? "PUBLIC_ERROR_UNSAFE_GENERATION" : "video generation failed"))
            ])
        case .cancelled: return minimal("cancelled")
        case .succeeded:
            return [
                "id": .string(job.id), "status": "completed", "video_url": .optional(link),
                "enhanced_prompt": .string("\(job.prompt), cinematic lighting"), "width": .int(job.film.width),
                "height": .int(job.film.height), "status_update_time": .int(Int(job.finishedWall(at: time))),
            ]
        }
    }

    private var pending: JSONTree {
        [
            "id": .string(job.id),
            "detail": [
                "id": .string(task), "input": input, "status": "pending",
                "pending_info": pendingInfo(reason: nil, rejected: false),
            ],
            "status": "pending", "status_update_time": .int(Int(time.wall)),
        ]
    }

    private var failed: JSONTree {
        [
            "id": .string(job.id),
            "detail": [
                "id": .string(task), "input": input, "status": "failed",
                "pending_info": pendingInfo(
                    reason: isRejected ? "input_moderation" : "processing_error",
                    rejected: isRejected
                ),
            ],
            "status": "failed", "video_url": .optional(link),
            "status_update_time": .int(Int(job.finishedWall(at: time))),
        ]
    }

    private var completed: JSONTree {
        var detail: [(String, JSONTree)] = [("id", .string(task))]
        if let link { detail.append(("url", .string(link))) }
        detail += [("input", input), ("status", "completed")]
        var members: [(String, JSONTree)] = [
            ("id", .string(job.id)), ("width", .int(job.film.width)), ("height", .int(job.film.height)),
            ("detail", .object(detail)), ("status", "completed"),
        ]
        if let link { members.append(("video_url", .string(link))) }
        members += [
            ("enhanced_prompt", .string("\(job.prompt), cinematic lighting")),
            ("status_update_time", .int(Int(job.finishedWall(at: time)))),
        ]
        return .object(members)
    }

    private var isRejected: Bool { job.directives.contains(.moderation) }

    private var input: JSONTree {
        [
            "size": .string(job.details["size"] ?? "small"), "model": "sy_ore",
            "images": .raw(job.details["images"] ?? "[]"), "prompt": .string(job.prompt),
            "orientation": .string(job.details["orientation"] ?? "portrait"),
        ]
    }

    private func pendingInfo(reason: String?, rejected: Bool) -> JSONTree {
        var word = "failed"
        var share = 0.0
        var place: Int?
        switch stage {
        case .queued(let waited):
            word = "queued"
            place = waited < 0.5 ? 2 : 1
        case .running(let done):
            word = "processing"
            share = done
        default: break
        }
        return [
            "id": .string(task), "seed": nil, "type": "video_gen", "user": "user-sandbox", "model": "sy_8",
            "title": "New Video", "width": .int(job.film.width), "height": .int(job.film.height),
            "prompt": .string(job.prompt), "sdedit": nil, "status": .string(word), "actions": nil, "guidance": nil,
            "n_frames": .int(job.film.frameCount), "priority": 2, "operation": "simple_compose", "preset_id": nil,
            "created_at": .string(CalendarText(milliseconds: job.submittedWall).iso), "n_variants": 1,
            "project_id": nil, "request_id": nil, "generations": [], "tracking_id": nil,
            "progress_pct": .raw(String(share)), "remix_config": nil, "inpaint_items": [], "interpolation": nil,
            "is_storyboard": nil, "failure_reason": .optional(reason), "organization_id": nil,
            "moderation_result": [
                "code": rejected ? "content_policy" : nil, "type": rejected ? "blocked" : "passed",
                "task_id": .string(task), "is_output_rejection": false, "results_by_frame_index": [:],
            ],
            "needs_user_review": false, "queue_status_message": nil, "progress_pos_in_queue": .optional(place),
            "num_unsafe_generations": 0, "estimated_queue_wait_time": .optional(place.map { $0 * 2 }),
        ]
    }
}
