/// A job at a vendor: what was ordered and when.
///
/// Where it stands follows from the work clock.
package struct SandboxJob: Sendable, Hashable {
    /// How far a job is.
    package enum Stage: Sendable, Hashable {
        /// Waiting; `share` of the wait is over, 0...1.
        case queued(share: Double)
        /// Being made; `share` of the work is done, 0...1.
        case running(share: Double)
        /// There is a film.
        case succeeded
        /// There is none.
        case failed
        /// Somebody stopped it.
        case cancelled

        /// Whether nothing will change any more.
        package var isOver: Bool {
            switch self {
            case .queued, .running: false
            default: true
            }
        }
    }

    /// The id a client polls with.
    package let id: String
    /// The model, as it was asked for.
    package let model: String
    /// The prompt.
    package let prompt: String
    let film: FilmSpec
    let submittedWall: Int64
    let submittedWork: Int64
    /// A running number, as relays use for their rows.
    let row: Int
    /// What one dialect needs beyond this, by name.
    var details: [String: String]
    /// How many answers have named the job as succeeded.
    var successesShown = 0
    /// How many polls it has seen.
    var polls = 0

    var directives: Set<SandboxDirective> { SandboxDirective.found(in: prompt) }

    /// Milliseconds of work until it runs, and until it is over.
    private var plan: (queued: Int64, total: Int64) {
        if directives.contains(.instant) { return (0, 0) }
        return directives.contains(.slow) ? (20_000, 60_000) : (4_000, 12_000)
    }

    /// The work time at which it starts to run.
    var startWork: Int64 { submittedWork + plan.queued }

    /// The work time at which it is over.
    var endWork: Int64 { submittedWork + plan.total }

    func age(at time: SandboxTime) -> Int64 { max(time.work - submittedWork, 0) }

    /// Where it stands.
    package func stage(at time: SandboxTime) -> Stage {
        let age = age(at: time)
        let (queued, total) = plan
        if age < queued {
            return .queued(share: Double(age) / Double(queued))
        }
        if directives.contains(.stuck) {
            let share = Double(age - queued) / Double(max(total - queued, 1))
            return .running(share: min(share, 0.99))
        }
        if age < total {
            let share = Double(age - queued) / Double(total - queued)
            if directives.contains(.runningBack), (0.25..<0.5).contains(share) {
                return .queued(share: 0.5)
            }
            return .running(share: share)
        }
        if !directives.isDisjoint(with: [.failed, .failedURL, .moderation]) { return .failed }
        return directives.contains(.cancelled) ? .cancelled : .succeeded
    }

    /// Whether a poll finds it at all.
    func isFound(at time: SandboxTime) -> Bool {
        if directives.contains(.late), age(at: time) < 3_000 { return false }
        return !(directives.contains(.gone) && age(at: time) >= plan.total / 2)
    }

    /// Whether an unknown status word is due.
    func showsOddWord(at time: SandboxTime) -> Bool {
        guard directives.contains(.word), case .running(let share) = stage(at: time) else { return false }
        return (0.2..<0.7).contains(share)
    }

    /// Whether this poll is one of the flaky ones; every poll counts.
    mutating func stumbles() -> Bool {
        polls += 1
        return directives.contains(.flaky) && polls % 2 == 0
    }

    func finishedWall(at time: SandboxTime) -> Int64 { time.wall(atWork: endWork) }

    func startedWall(at time: SandboxTime) -> Int64 { time.wall(atWork: startWork) }
}

extension SandboxJob {
    /// Whether this success is to name no film.
    func hidesLink(_ faults: inout ArmedFaults, _ origin: SandboxOrigin) -> Bool {
        faults.take(.noURL, .poll, origin) || directives.contains(.noURL)
            || directives.contains(.noURLOnce) && successesShown == 0
    }

    /// Whether the link of this success is to be over already.
    func expiresLink(_ faults: inout ArmedFaults, _ origin: SandboxOrigin) -> Bool {
        faults.take(.expired, .poll, origin) || directives.contains(.expired)
            || directives.contains(.expiredOnce) && successesShown == 0
    }
}
