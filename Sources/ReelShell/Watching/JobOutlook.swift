import Journal
import Synchronization
import VideoProviderKit

/// What is to be expected of a job under way: when it ends, and whether it stands still.
struct JobOutlook: Sendable, Hashable {
    private(set) var estimate: TimeEstimate
    /// Since when word and progress are what they are.
    private(set) var unchangedSince: UpstreamTime
    /// How long that may last.
    private let patience: Duration
    private var state: JobState
    private var word: String?
    private var progress: String?
    private(set) var hasToldStall = false

    /// Begins with `job` as of `now`.
    ///
    /// - Parameters:
    ///   - job: the job.
    ///   - past: how long earlier jobs of its model took.
    ///   - snapshots: what earlier polls said, oldest first.
    ///   - stallAfter: how long a job may stand still at least before that is told.
    ///   - now: the time.
    init(_ job: JobRecord, past: [Duration], snapshots: [SnapshotRecord], stallAfter: Duration, now: UpstreamTime) {
        estimate = TimeEstimate(past: past)
        patience = max(stallAfter, (estimate.median ?? .zero) * 3)
        for snapshot in snapshots { estimate.note(snapshot.progress, at: snapshot.times.lowerBound) }
        unchangedSince = snapshots.last?.times.lowerBound ?? job.submittedAt ?? now
        (state, word, progress) = (job.state, job.word, job.progressText)
    }

    /// Takes the job as it is now.
    mutating func take(_ job: JobRecord, at now: UpstreamTime) {
        estimate.note(job.progress, at: now)
        guard job.state != state || job.word != word || job.progressText != progress else { return }
        (state, word, progress) = (job.state, job.word, job.progressText)
        unchangedSince = now
        hasToldStall = false
    }

    /// For how long nothing has changed, once that is longer than it should be.
    func stall(at now: UpstreamTime) -> Duration? {
        let time = unchangedSince.distance(to: now)
        return state.isPolled && time >= patience ? time : nil
    }

    /// When the job will count as stalled; nil when that was told.
    var stallsAt: UpstreamTime? { state.isPolled && !hasToldStall ? unchangedSince + patience : nil }

    /// Whether a stall is to be told now; true once for each.
    mutating func takeStall(at now: UpstreamTime) -> Bool {
        guard !hasToldStall, stall(at: now) != nil else { return false }
        hasToldStall = true
        return true
    }
}

extension ShellSession {
    /// What the journal lets expect of `job`.
    func outlook(of job: JobRecord) async -> JobOutlook {
        let past = (try? await journal.durations(provider: job.provider, model: job.model)) ?? []
        let snapshots = (try? await journal.snapshots(job: job.id)) ?? []
        let limit = DurationText.parse(settings.withLock { $0["stall.after"] }) ?? .seconds(300)
        return JobOutlook(job, past: past, snapshots: snapshots, stallAfter: limit, now: LocalClock.now)
    }
}
