package import VideoProviderKit

/// When to ask next.
///
/// Pure; jitter is handed in.
package struct PollRhythm: Sendable, Hashable {
    private static let hints: ClosedRange<Duration> = .seconds(1) ... .seconds(900)
    private static let jitterShare = 0.2

    private static let longestBackoff = Duration.seconds(60)
    private static let doublings = 8

    private var step = 0
    private var failures = 0
    /// Whether failures have stretched the wait as far as it goes.
    package private(set) var isStretched = false

    /// Starts before the first poll.
    package init() {}

    /// The wait before the first poll.
    package func first(_ advice: PollAdvice) -> Duration { advice.first }

    /// The wait after a poll that was answered.
    ///
    /// - Parameters:
    ///   - advice: the provider's rhythm.
    ///   - age: since the receipt.
    ///   - assetLife: the shortest life promised for a link; a tenth of it is never exceeded.
    ///   - remaining: the estimated rest, when progress moves.
    ///   - hint: what the server asked for; overrides everything within 1 s to 15 min.
    ///   - jitter: 0..<1.
    /// - Returns: the wait before the next poll.
    package mutating func afterAnswer(
        _ advice: PollAdvice,
        age: Duration,
        assetLife: Duration?,
        remaining: Duration? = nil,
        hint: Duration? = nil,
        jitter: Double,
    ) -> Duration {
        failures = 0
        isStretched = false
        defer { step += 1 }
        if let hint { return Self.bounded(hint) }
        var wait = advice.interval * power(advice.growth, step)
        if let remaining { wait = max(advice.interval, remaining * 0.3) }
        return spread(min(wait, maximum(advice, age, assetLife)), jitter, maximum(advice, age, assetLife))
    }

    /// The wait after a poll that failed: doubled for each failure in a row, at most 60 s.
    package mutating func afterFailure(_ advice: PollAdvice, hint: Duration? = nil, jitter: Double) -> Duration {
        failures += 1
        let wait = advice.interval * power(2, min(failures, Self.doublings))
        isStretched = wait >= Self.longestBackoff || failures >= Self.doublings
        if let hint { return Self.bounded(hint) }
        return spread(min(wait, Self.longestBackoff), jitter, Self.longestBackoff)
    }

    /// What a server asked for, within what is obeyed.
    package static func bounded(_ hint: Duration) -> Duration {
        min(max(hint, hints.lowerBound), hints.upperBound)
    }

    private func maximum(_ advice: PollAdvice, _ age: Duration, _ assetLife: Duration?) -> Duration {
        var maximum = advice.maximum
        if age > .seconds(600) { maximum = max(maximum, .seconds(30)) }
        if age > .seconds(3600) { maximum = max(maximum, .seconds(60)) }
        guard let assetLife else { return maximum }
        return max(min(maximum, assetLife / 10), .milliseconds(100))
    }

    private func spread(_ wait: Duration, _ jitter: Double, _ maximum: Duration) -> Duration {
        min(wait * (1 - Self.jitterShare + 2 * Self.jitterShare * jitter), maximum)
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<min(exponent, 64)).reduce(1) { product, _ in min(product * base, 1e6) }
    }
}
