import VideoProviderKit

/// A task as either route answers it.
struct SoraRelayRecord {
    let value: ReplyValue
    let descriptor: ProviderDescriptor

    func snapshot(for receipt: Receipt) -> Snapshot {
        var snapshot = Snapshot(word: value["status"].text, by: descriptor)
        if snapshot.phase == .queued, isRunningInside { snapshot.phase = .running }
        snapshot.taskID = taskID(asked: receipt.taskID)
        snapshot.progress =
            value["progress"].percent ?? value.first(of: "detail.pending_info.progress_pct", "progress_pct").fraction
        snapshot.queuePosition = value["detail.pending_info.progress_pos_in_queue"].int
        snapshot.facts = facts
        switch snapshot.phase {
        case .succeeded: snapshot.assets = assets(for: receipt)
        case .failed: snapshot.fault = fault
        default: break
        }
        return snapshot
    }

    // `sora-2:task_01k6` and `task_01k6` are one task: some answers carry the model before the id.
    private func taskID(asked: String) -> String? {
        let named = value["id"].identifier
        return named?.split(separator: ":").last == asked.split(separator: ":").last ? asked : named
    }

    private var isRunningInside: Bool {
        [value["detail.pending_info.status"], value["detail.status"]].contains {
            descriptor.phase(for: $0.text) == .running
        }
    }

    // A finished task lists drafts and previews too; the top-level link is the film. OpenAI's own object has no link.
    private func assets(for receipt: Receipt) -> [Asset] {
        let film = value.firstFilm(of: "video_url", "url", "detail.url", "metadata.url")
        let assets = [
            film.map { Asset(kind: .video, source: $0) }
                ?? Asset(contentAt: "v1/videos/\(receipt.taskID)/content"),
            value.firstURL(of: "thumbnail_url", "detail.thumbnail_url").map {
                Asset(kind: .thumbnail, source: .remote($0))
            },
            value.firstURL(of: "gif_url", "detail.gif_url").map { Asset(kind: .gif, source: .remote($0)) },
        ]
        return assets.compactMap(\.self)
    }

    private var fault: Fault {
        let message = value.firstWords(
            of: "error.message",
            "error",
            "fail_reason",
            "detail.pending_info.failure_reason"
        )
        let code = value.firstCode(of: "error.code", "error.type")
        var fault = FaultReading(descriptor: descriptor).taskFault(code: code, message: message)
        let verdict = value["detail.pending_info.moderation_result.type"].text
        if let verdict, verdict.lowercased() != "passed" {
            fault.kind = .contentRejected
            fault.vendorCode = fault.vendorCode ?? verdict
        }
        return fault
    }

    // `duration` is left alone: in some relays' objects it is the job's run time. `size` may also be a word.
    private var facts: ReportedFacts {
        var facts = ReportedFacts()
        let size = value["size"].text.flatMap(PixelSize.init)
        facts.width = size?.width ?? value.first(of: "width", "detail.pending_info.width").int
        facts.height = size?.height ?? value.first(of: "height", "detail.pending_info.height").int
        facts.seconds = value["seconds"].double
        facts.model = value["model"].text
        facts.createdAt = value.first(of: "created_at", "detail.pending_info.created_at").time
        facts.updatedAt = value["status_update_time"].time
        facts.completedAt = value["completed_at"].time
        facts.expiresAt = value["expires_at"].time
        return facts
    }
}
