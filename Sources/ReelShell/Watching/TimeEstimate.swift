import TerminalOutput
import VideoProviderKit

/// When a job will end: by the vendor's progress once that moves, else by how long earlier jobs of its model took.
struct TimeEstimate: Sendable, Hashable {
    /// What is left, or by how much the expectation was wrong.
    enum Rest: Sendable, Hashable {
        case left(Duration)
        case over(Duration)

        /// `~0:03 left`, `over by 0:20`.
        var text: Message {
            switch self {
            case .left(let time): "~\(humanDuration(time)) left"
            case .over(let time): "over by \(humanDuration(time))"
            }
        }
    }

    /// With fewer jobs to compare with there is nothing to say.
    private static let fewest = 3

    /// What jobs of the model usually take, from receipt to success.
    let median: Duration?
    private var first: Point?
    private var latest: Point?

    private struct Point: Hashable {
        var fraction: Double
        var time: UpstreamTime
    }

    /// Begins with how long `past` jobs took.
    init(past: [Duration]) {
        let sorted = past.sorted()
        let middle = sorted.count / 2
        median =
            sorted.count < Self.fewest
            ? nil : sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Takes the vendor's progress as of `time`.
    mutating func note(_ fraction: Double?, at time: UpstreamTime) {
        guard let fraction, fraction.isFinite else { return }
        let point = Point(fraction: fraction, time: time)
        // A step back is a new beginning: what went before says nothing about it.
        guard let latest, first != nil, fraction >= latest.fraction else {
            (first, self.latest) = (point, point)
            return
        }
        if fraction > latest.fraction { self.latest = point }
    }

    /// What is left for a job that was accepted at `start`; nil when nothing is known.
    func rest(since start: UpstreamTime?, at now: UpstreamTime) -> Rest? {
        guard let end = endByProgress ?? start.flatMap({ start in median.map { start + $0 } }) else { return nil }
        let left = now.distance(to: end)
        // Half a minute past nothing would be "over by 0:00" at first.
        return left > .zero ? .left(left) : left > .seconds(-1) ? .left(.zero) : .over(.zero - left)
    }

    private var endByProgress: UpstreamTime? {
        guard let first, let latest, latest.fraction > first.fraction else { return nil }
        let passed = Double(latest.time.milliseconds - first.time.milliseconds)
        guard passed > 0 else { return nil }
        let rest = passed * (1 - min(latest.fraction, 1)) / (latest.fraction - first.fraction)
        guard rest < 1e10 else { return nil }
        return UpstreamTime(milliseconds: latest.time.milliseconds + Int64(rest))
    }
}

extension UpstreamTime {
    /// A time later by `duration`.
    static func + (time: UpstreamTime, duration: Duration) -> UpstreamTime {
        UpstreamTime(milliseconds: time.milliseconds + Int64(duration / .milliseconds(1)))
    }

    /// How much later `other` is.
    func distance(to other: UpstreamTime) -> Duration { .milliseconds(other.milliseconds - milliseconds) }
}
