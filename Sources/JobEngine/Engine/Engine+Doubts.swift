import Journal
import VideoProviderKit

/// What makes a submit likely to be in vain, looked at before anything is stored.
extension Engine {
    private static let smallestSpace = 32 << 20

    func doubts(about prepared: PreparedSubmit) async -> [SubmitDoubt] {
        var doubts: [SubmitDoubt] = []
        let origin = prepared.origin
        // A quota counts by the day at most; what was refused earlier says nothing about today.
        let since = UpstreamTime(milliseconds: clock.wall.milliseconds - 86_400_000)
        let refusal = try? await journal.lastRefusal(
            instance: origin.instance,
            baseURL: origin.baseURL,
            account: origin.account,
            since: since
        )
        if let refusal { doubts.append(.refused(refusal.fault, at: refusal.at)) }
        // Who lost the sight of a task tries again soon.
        let recently = UpstreamTime(milliseconds: clock.wall.milliseconds - 3_600_000)
        if let time = journal.lostJobs(since: recently) { doubts.append(.jobsLost(at: time)) }
        if polls.isUnreachable(prepared.place) { doubts.append(.unreachable(prepared.place)) }
        let jobs = polls.count(account: prepared.account) + 1
        let terms = terms(ofInstance: origin.instance)
        if terms.isTooMany(jobs: jobs), let life = terms.assetLife {
            doubts.append(.tooMany(jobs: jobs, seenEvery: terms.interval(jobs: jobs), life: life))
        }
        return doubts
    }

    /// Refuses a submit whose receipt might find no place.
    func requireSpace() throws(Fault) {
        guard let space = journal.freeSpace(), space < Self.smallestSpace else { return }
        var fault = Fault(
            .local,
            "The disk that holds the journal at \(journal.path) has only \(space >> 20) MiB left."
        )
        fault.accepted = .no
        fault.charged = .no
        throw fault
    }
}
