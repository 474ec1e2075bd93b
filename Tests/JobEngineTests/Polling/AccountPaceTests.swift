import JobEngine
import Journal
import Testing

@Suite("The pace of an account")
struct AccountPaceTests {
    private let terms = AccountTerms(rate: 2, places: 4)

    /// How many polls may be made between `start` and `end`, tried every ten milliseconds.
    private func count(
        _ pace: inout AccountPace,
        _ terms: AccountTerms,
        jobs: Int = 1,
        from start: Duration,
        to end: Duration
    ) -> Int {
        var (now, count) = (start, 0)
        while now < end {
            while pace.take(terms, jobs: jobs, at: now) { count += 1 }
            now += .milliseconds(10)
        }
        return count
    }

    @Test("Four at once, then two a second")
    func steady() {
        var pace = AccountPace()
        #expect(count(&pace, terms, from: .zero, to: .milliseconds(10)) == 4)
        #expect((19...21).contains(count(&pace, terms, from: .milliseconds(10), to: .seconds(10))))
    }

    @Test("Without a limit everything goes")
    func unlimited() {
        var pace = AccountPace()
        let terms = AccountTerms(rate: nil, places: 4)
        let taken = (0..<1000).count { _ in pace.take(terms, jobs: 1, at: .zero) }
        #expect(taken == 1000)
    }

    @Test("A 429 halves the rate, which comes back by a tenth a minute")
    func slowedDown() {
        var pace = AccountPace()
        pace.slowDown(at: .seconds(100), wait: nil)
        #expect(pace.rate(terms, jobs: 1, at: .seconds(100)) == 1)
        let later = pace.rate(terms, jobs: 1, at: .seconds(160)) ?? 0
        #expect((1.19...1.21).contains(later))
        #expect(pace.rate(terms, jobs: 1, at: .seconds(1000)) == 2)
    }

    @Test("Answers of polls that were under way together are one warning")
    func together() {
        var pace = AccountPace()
        for _ in 0..<4 { pace.slowDown(at: .seconds(100), wait: nil) }
        #expect(pace.rate(terms, jobs: 1, at: .seconds(100)) == 1)
        pace.slowDown(at: .seconds(110), wait: nil)
        let rate = pace.rate(terms, jobs: 1, at: .seconds(110)) ?? 0
        #expect((0.5...0.52).contains(rate))
    }

    @Test("Nobody of the account is asked before Retry-After is over")
    func rests() {
        var pace = AccountPace()
        pace.slowDown(at: .seconds(100), wait: .seconds(30))
        #expect(pace.next(terms, jobs: 1, at: .seconds(110)) == .seconds(130))
        let taken = [129, 130].map { pace.take(terms, jobs: 1, at: .seconds($0)) }
        #expect(taken == [false, true])
    }

    @Test("The next poll may be made exactly when it is said to be", arguments: [1.0, 2.0, 3.0, 7.0])
    func next(_ rate: Double) {
        var pace = AccountPace()
        let terms = AccountTerms(rate: rate, places: 4)
        var now = Duration.zero
        for _ in 0..<100 {
            while pace.take(terms, jobs: 1, at: now) {}
            let next = pace.next(terms, jobs: 1, at: now)
            #expect(next > now)
            now = next
            let isTaken = pace.take(terms, jobs: 1, at: now)
            #expect(isTaken)
        }
    }

    @Test(
        "Short links raise the rate so that each job is seen four times in a life, up to the ceiling",
        arguments: [(100, 2.0), (300, 2.0), (600, 4.0), (3000, 20.0), (10_000, 20.0)]
    )
    func shortLinks(_ jobs: Int, _ rate: Double) {
        let terms = AccountTerms(rate: 2, places: 4, ceiling: 20, assetLife: .seconds(600))
        #expect(terms.rate(jobs: jobs) == rate)
        #expect(terms.isTooMany(jobs: jobs) == (jobs > 3000))
    }

    @Test("Where the rate is raised there are more places, since answers take as long")
    func places() {
        let terms = AccountTerms(rate: 2, places: 4, ceiling: 20, assetLife: .seconds(600))
        #expect(AccountPace().places(terms, jobs: 100) == 4)
        #expect(AccountPace().places(terms, jobs: 600) == 8)
        #expect(AccountPace().places(terms, jobs: 10_000) == 40)
    }

    @Test("Ten thousand jobs at the ceiling are seen every 500 seconds")
    func tenThousand() {
        let terms = AccountTerms(rate: 2, places: 4, ceiling: 20, assetLife: .seconds(600))
        #expect(terms.interval(jobs: 10_000) == .seconds(500))
    }
}

@Suite("A server that does not answer")
struct OriginBreakerTests {
    private func opened(at now: Duration) -> OriginBreaker {
        var breaker = OriginBreaker()
        for _ in 0..<10 { breaker.end(failed: true, at: now) }
        return breaker
    }

    @Test("Case 45: ten failures in a row open it, nine and an answer do not")
    func opens() {
        var breaker = OriginBreaker()
        for _ in 0..<9 { breaker.end(failed: true, at: .zero) }
        breaker.end(failed: false, at: .zero)
        for _ in 0..<9 { breaker.end(failed: true, at: .zero) }
        #expect(!breaker.isOpen)
        breaker.end(failed: true, at: .zero)
        #expect(breaker.isOpen)
    }

    @Test("Case 45: one probe after 30 s, then at doubling distances up to five minutes")
    func probes() {
        var breaker = opened(at: .zero)
        var now = Duration.zero
        for wait in [30, 60, 120, 240, 300, 300] {
            #expect(!breaker.lets(at: now + .seconds(wait - 1)))
            now += .seconds(wait)
            #expect(breaker.lets(at: now))
            breaker.begin()
            #expect(!breaker.lets(at: now), "one probe at a time")
            breaker.end(failed: true, at: now)
        }
    }

    @Test("Case 45: an answer closes it, and it takes ten failures again")
    func closes() {
        var breaker = opened(at: .zero)
        breaker.begin()
        breaker.end(failed: false, at: .seconds(30))
        #expect(breaker == OriginBreaker())
    }

    @Test("Requests that were under way when it opened are no probes")
    func underWay() {
        var breaker = opened(at: .zero)
        for _ in 0..<3 { breaker.end(failed: true, at: .seconds(1)) }
        #expect(breaker.lets(at: .seconds(30)))
    }

    @Test("A probe that is not made after all leaves the way free for another")
    func abandoned() {
        var breaker = opened(at: .zero)
        breaker.begin()
        breaker.abandon()
        #expect(breaker.lets(at: .seconds(30)))
    }
}

@Suite("Hearts of other processes")
struct SilenceWatchTests {
    private func neighbour(_ beat: Int, isAlive: Bool = true, ownsJobs: Bool = true) -> Neighbour {
        Neighbour(id: 7, beat: beat, isAlive: isAlive, ownsJobs: ownsJobs)
    }

    @Test("Four looks and twenty seconds without a beat are silence")
    func silent() {
        var watch = SilenceWatch()
        let found = (0...4).map { watch.look([neighbour(3)], at: .seconds($0 * 5)) }
        #expect(found == [[], [], [], [], [7]])
    }

    @Test("Many looks in a short time are none, and a long time with one look neither")
    func both() {
        var hasty = SilenceWatch()
        let found = (0..<20).map { _ in hasty.look([neighbour(3)], at: .seconds(1)) }
        #expect(found.allSatisfy { $0.isEmpty })
        var late = SilenceWatch()
        let looks = [0, 30_000].map { late.look([neighbour(3)], at: .seconds($0)) }
        #expect(looks == [[], []])
    }

    @Test("A beat in between begins anew")
    func beats() {
        var watch = SilenceWatch()
        let found = (0..<20).map { watch.look([neighbour($0 / 3)], at: .seconds($0 * 5)) }
        #expect(found.allSatisfy { $0.isEmpty })
    }

    @Test("Who owns nothing, or is dead, is not silent")
    func others() {
        var watch = SilenceWatch()
        for index in 0..<10 {
            let found = watch.look([neighbour(1, ownsJobs: false)], at: .seconds(index * 5))
            #expect(found.isEmpty)
        }
    }
}
