/// What an account may be asked at most.
package struct AccountTerms: Sendable, Hashable {
    /// Polls a second; nil is no limit.
    package var rate: Double?
    /// Polls under way at the same time, at that rate.
    package var places: Int
    /// The most polls a second that the vendor is known to bear.
    package var ceiling: Double
    /// The shortest life promised for a link.
    package var assetLife: Duration?

    /// Makes terms.
    package init(rate: Double?, places: Int, ceiling: Double = 20, assetLife: Duration? = nil) {
        self.rate = rate
        self.places = places
        self.ceiling = ceiling
        self.assetLife = assetLife
    }

    /// The rate for so many jobs: raised, up to the ceiling, where seeing each of them would take more than a quarter
    /// of a link's life.
    package func rate(jobs: Int) -> Double? {
        guard let rate else { return nil }
        guard let life = assetLife.map(\.inSeconds), life > 0 else { return rate }
        return max(rate, min(Double(jobs) * 4 / life, ceiling))
    }

    /// Whether so many jobs are seen too seldom to save their films, even at the ceiling.
    package func isTooMany(jobs: Int) -> Bool {
        guard rate != nil, let life = assetLife.map(\.inSeconds), life > 0 else { return false }
        return Double(jobs) * 4 / life > max(ceiling, rate ?? 0)
    }

    /// How often each of so many jobs is seen.
    package func interval(jobs: Int) -> Duration { rate(jobs: jobs).map { .seconds(Double(jobs) / $0) } ?? .zero }
}

/// The pace of an account's polls: so many a second, with as many at once as it has places.
///
/// Pure; the time is handed in.
package struct AccountPace: Sendable, Hashable {
    private static let recoveryPerSecond = 0.1 / 60
    private static let smallestShare = 1.0 / 64

    private var tokens: Double?
    private var tokensAt = Duration.zero
    private var share = 1.0
    private var shareAt = Duration.zero
    private var restsUntil = Duration.zero

    /// Starts at the full rate.
    package init() {}

    /// Polls a second at `now`.
    package func rate(_ terms: AccountTerms, jobs: Int, at now: Duration) -> Double? {
        terms.rate(jobs: jobs).map { $0 * share(at: now) }
    }

    /// How many polls may be under way: more places where the rate is raised, since an answer takes as long.
    package func places(_ terms: AccountTerms, jobs: Int) -> Int {
        guard let base = terms.rate, let rate = terms.rate(jobs: jobs), base > 0 else { return terms.places }
        return max(terms.places, Int((Double(terms.places) * rate / base).rounded(.up)))
    }

    /// Whether a poll may be made now; it is counted then.
    package mutating func take(_ terms: AccountTerms, jobs: Int, at now: Duration) -> Bool {
        guard now >= restsUntil else { return false }
        guard let rate = rate(terms, jobs: jobs, at: now) else { return true }
        let filled = filled(terms, rate, now)
        (tokens, tokensAt) = (filled, now)
        // A hair less than one counts as one, or a timer set for that moment would come too early for ever.
        guard filled >= 0.999 else { return false }
        tokens = filled - 1
        return true
    }

    /// When a poll may be made next.
    package func next(_ terms: AccountTerms, jobs: Int, at now: Duration) -> Duration {
        guard let rate = rate(terms, jobs: jobs, at: now) else { return max(now, restsUntil) }
        let missing = max(0, 1 - filled(terms, rate, now))
        return max(now + .seconds(missing / rate), restsUntil)
    }

    /// Takes the vendor's word that there were too many: half the rate, and none before `wait` is over.
    ///
    /// Polls that were under way together are one warning and not several.
    package mutating func slowDown(at now: Duration, wait: Duration?) {
        if now - shareAt >= .seconds(1) || shareAt == .zero {
            share = max(share(at: now) / 2, Self.smallestShare)
            shareAt = now
        }
        if let wait { restsUntil = max(restsUntil, now + wait) }
    }

    private func share(at now: Duration) -> Double {
        min(1, share + (now - shareAt).inSeconds * Self.recoveryPerSecond)
    }

    private func filled(_ terms: AccountTerms, _ rate: Double, _ now: Duration) -> Double {
        let capacity = Double(max(terms.places, 1))
        guard let tokens else { return capacity }
        return min(capacity, tokens + max(0, (now - tokensAt).inSeconds) * rate)
    }
}

extension Duration {
    /// As a number of seconds.
    package var inSeconds: Double { self / .seconds(1) }
}
