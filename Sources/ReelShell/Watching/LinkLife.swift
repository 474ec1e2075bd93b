import VideoProviderKit

/// The life of a link to a film that is not saved yet.
struct LinkLife: Sendable, Hashable {
    /// What is told about it.
    enum Notice: Sendable, Hashable {
        /// Half of its life is over.
        case half(left: Duration)
        /// The last minute has begun.
        case last(left: Duration)
        /// It is dead by the vendor's promise.
        case over
    }

    /// The job's name.
    let job: String
    let seenAt: UpstreamTime
    let expiresAt: UpstreamTime
    private var told = 0

    private static let last = Duration.seconds(60)

    init(job: String, seenAt: UpstreamTime, expiresAt: UpstreamTime) {
        self.job = job
        self.seenAt = seenAt
        self.expiresAt = expiresAt
    }

    private var half: UpstreamTime { seenAt + seenAt.distance(to: expiresAt) / 2 }

    /// When the notices are due; short lives have fewer.
    private var stages: [UpstreamTime] {
        let lastMinute = UpstreamTime(milliseconds: expiresAt.milliseconds - Int64(Self.last / .milliseconds(1)))
        return [half, max(half, lastMinute), expiresAt]
    }

    /// What is to be told now; each once, and after a pause only the latest.
    mutating func takeNotice(at now: UpstreamTime) -> Notice? {
        let reached = stages.count { $0.milliseconds <= now.milliseconds }
        guard reached > told else { return nil }
        told = reached
        let left = now.distance(to: expiresAt)
        return switch reached {
        case 1: .half(left: left)
        case 2: .last(left: left)
        default: .over
        }
    }

    /// When something about it changes next: a notice, or the minute shown.
    func nextChange(after now: UpstreamTime) -> UpstreamTime? {
        let left = now.distance(to: expiresAt)
        guard left > .zero else { return told < stages.count ? expiresAt : nil }
        let minutes = Int64(left / .seconds(60))
        let minute = UpstreamTime(milliseconds: expiresAt.milliseconds - minutes * 60_000 + 1)
        let due = stages.dropFirst(told).first ?? expiresAt
        return minute.milliseconds > now.milliseconds ? min(minute, due) : due
    }

    /// `8 min`, whole minutes, so that it changes once a minute.
    func shown(at now: UpstreamTime) -> Message? {
        let left = now.distance(to: expiresAt)
        guard left > .zero else { return nil }
        let minutes = Int64(left / .seconds(60))
        return minutes > 0 ? "\(minutes) min" : "under 1 min"
    }
}
