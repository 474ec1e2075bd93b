/// How long a job is likely to take still, from how its progress has moved.
struct ProgressEstimate: Sendable, Hashable {
    private var firstAt = Duration.zero
    private var lastAt = Duration.zero
    private var first: Double?
    private var last = 0.0
    private var isMoving = false

    /// Takes the fraction a poll brought at `now`.
    mutating func note(_ fraction: Double?, at now: Duration) {
        guard let fraction, fraction.isFinite, fraction >= 0 else {
            isMoving = false
            return
        }
        guard first != nil, fraction >= last else {
            // The first one, or a vendor that began anew.
            (first, firstAt, last, lastAt, isMoving) = (fraction, now, fraction, now, false)
            return
        }
        isMoving = fraction > last
        if isMoving { (last, lastAt) = (fraction, now) }
    }

    /// The rest to expect from the last poll on; nil while the progress stands still.
    var rest: Duration? {
        guard let first, isMoving, last < 1, last > first else { return nil }
        return (lastAt - firstAt) * ((1 - last) / (last - first))
    }

    /// When the job is likely to be over.
    var end: Duration? { rest.map { lastAt + $0 } }
}
