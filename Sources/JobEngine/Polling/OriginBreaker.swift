/// Keeps a server that fails again and again from being asked by every job: after ten failures in a row one probe at a
/// time goes out, first after 30 s, then at doubling distances up to 5 min.
///
/// Pure; the time is handed in.
package struct OriginBreaker: Sendable, Hashable {
    private static let limit = 10
    private static let firstWait = Duration.seconds(30)
    private static let longestWait = Duration.seconds(300)

    private var failures = 0
    private var wait = OriginBreaker.firstWait
    private var probeAt: Duration?
    private var isProbing = false

    /// Starts closed: everything goes through.
    package init() {}

    /// Whether the server is held for unreachable.
    package var isOpen: Bool { probeAt != nil }

    /// When a request may be made next; nil is at once.
    package var next: Duration? { probeAt }

    /// Whether a request may be made now.
    package func lets(at now: Duration) -> Bool {
        guard let probeAt else { return true }
        return now >= probeAt && !isProbing
    }

    /// Counts a request that is being made.
    package mutating func begin() { if probeAt != nil { isProbing = true } }

    /// Takes how a request ended.
    package mutating func end(failed: Bool, at now: Duration) {
        guard failed else {
            self = Self()
            return
        }
        failures += 1
        guard failures >= Self.limit else { return }
        guard probeAt != nil else {
            probeAt = now + wait
            return
        }
        // Requests that were under way when it opened say nothing new.
        guard isProbing else { return }
        isProbing = false
        wait = min(wait * 2, Self.longestWait)
        probeAt = now + wait
    }

    /// A probe that was not made after all.
    package mutating func abandon() { isProbing = false }
}
