package import Journal

/// Notices processes whose heartbeat has stopped.
///
/// Judged by what this process has seen itself and not by times in the journal: after a night asleep every heartbeat is
/// old, and nobody is silent.
package struct SilenceWatch: Sendable {
    private static let patience = Duration.seconds(20)
    private static let looks = 4

    private struct Sighting {
        var beat: Int
        var since: Duration
        var looks = 0
    }

    private var seen: [Int64: Sighting] = [:]

    /// Starts having seen nobody.
    package init() {}

    /// Takes a look at the others and returns those that live but have not stirred for 20 s.
    package mutating func look(_ processes: [Neighbour], at now: Duration) -> Set<Int64> {
        let known = seen
        seen = [:]
        var silent: Set<Int64> = []
        for process in processes where process.isAlive && process.ownsJobs {
            guard var sighting = known[process.id], sighting.beat == process.beat else {
                seen[process.id] = Sighting(beat: process.beat, since: now)
                continue
            }
            sighting.looks += 1
            seen[process.id] = sighting
            if sighting.looks >= Self.looks, now - sighting.since >= Self.patience { silent.insert(process.id) }
        }
        return silent
    }
}
