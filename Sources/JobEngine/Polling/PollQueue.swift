import HeapModule

/// Who is asked about when: all jobs on one heap of timers, and those that are due waiting for a place of their account.
///
/// Pure; the time is handed in. A job that waits is moved once, however many are due together.
struct PollQueue: Sendable {
    /// What shares a rate.
    private struct Account: Sendable {
        let home: JobHome
        var pace = AccountPace()
        var waiting = Heap<Turn>()
        var jobs = 0
        var inFlight = 0
    }

    /// A job that is due: first those whose film is expected to be there, then those not asked about the longest.
    private struct Turn: Comparable, Sendable {
        var isExpected: Bool
        var lastAsked: Duration
        var job: Int64
        var generation: Int

        static func < (left: Self, right: Self) -> Bool {
            guard left.isExpected == right.isExpected else { return left.isExpected }
            return (left.lastAsked, left.job) < (right.lastAsked, right.job)
        }
    }

    private(set) var jobs: [Int64: WatchedJob] = [:]
    private var timers = Heap<Timer>()
    private var accounts: [String: Account] = [:]
    private var breakers: [String: OriginBreaker] = [:]
    private var generations = 0

    /// The job of that row.
    subscript(id: Int64) -> WatchedJob? {
        get { jobs[id] }
        set {
            guard jobs[id] != nil, let newValue else { return }
            jobs[id] = newValue
        }
    }

    /// Begins to watch.
    mutating func watch(_ job: WatchedJob) {
        if jobs.updateValue(job, forKey: job.id) == nil {
            accounts[job.home.account, default: Account(home: job.home)].jobs += 1
        }
    }

    /// Ends it; timers that are under way fit nothing any more.
    @discardableResult
    mutating func unwatch(_ id: Int64) -> WatchedJob? {
        guard let job = jobs.removeValue(forKey: id) else { return nil }
        accounts[job.home.account]?.jobs -= 1
        return job
    }

    /// Asks about a watched job at `due`.
    mutating func schedule(_ id: Int64, at due: Duration) {
        guard jobs[id] != nil else { return }
        // Counted over all jobs, so that a timer from before a stop fits no entry made by a resume.
        generations += 1
        jobs[id]?.generation = generations
        timers.insert(Timer(due: due, job: id, generation: generations))
    }

    /// Has something else done at `due`; it is handed back by ``takeDue(at:terms:)``.
    mutating func remind(of errand: Timer.Errand, job: Int64, step: Int, at due: Duration) {
        timers.insert(Timer(due: due, job: job, generation: step, errand: errand))
    }

    /// The jobs to ask about now, and the other errands that are due.
    mutating func takeDue(
        at now: Duration,
        terms: (JobHome) -> AccountTerms
    ) -> (polls: [WatchedJob], errands: [Timer]) {
        var errands: [Timer] = []
        while let timer = timers.min, timer.due <= now {
            timers.removeMin()
            guard timer.errand == .poll else {
                errands.append(timer)
                continue
            }
            guard let job = jobs[timer.job], job.generation == timer.generation else { continue }
            let turn = Turn(
                isExpected: job.estimate.end.map { $0 <= now } ?? false,
                lastAsked: job.lastAsked ?? .seconds(-1_000_000_000),
                job: job.id,
                generation: job.generation
            )
            accounts[job.home.account, default: Account(home: job.home)].waiting.insert(turn)
        }
        var polls: [WatchedJob] = []
        for key in Array(accounts.keys) where accounts[key]?.waiting.isEmpty == false {
            takeTurns(key, now, terms, &polls)
        }
        return (polls, errands)
    }

    private mutating func takeTurns(
        _ key: String,
        _ now: Duration,
        _ terms: (JobHome) -> AccountTerms,
        _ polls: inout [WatchedJob]
    ) {
        guard var account = accounts.removeValue(forKey: key) else { return }
        defer { accounts[key] = account }
        let terms = terms(account.home)
        let places = account.pace.places(terms, jobs: account.jobs)
        while let turn = account.waiting.min {
            guard let job = jobs[turn.job], job.generation == turn.generation, !job.isPolling else {
                account.waiting.removeMin()
                continue
            }
            let place = account.home.place
            guard account.inFlight < places, breakers[place]?.lets(at: now) ?? true,
                account.pace.take(terms, jobs: account.jobs, at: now)
            else { return }
            account.waiting.removeMin()
            account.inFlight += 1
            breakers[place]?.begin()
            jobs[turn.job]?.isPolling = true
            jobs[turn.job]?.lastAsked = now
            polls.append(job)
        }
    }

    /// Gives the place of a poll back.
    mutating func finished(_ job: WatchedJob) {
        accounts[job.home.account]?.inFlight -= 1
        jobs[job.id]?.isPolling = false
    }

    /// Takes how a call to the server of `place` ended; nil when none was made.
    ///
    /// - Returns: whether the server is held for unreachable from now on.
    @discardableResult
    mutating func note(failed: Bool?, place: String, at now: Duration) -> Bool {
        guard let failed else {
            breakers[place]?.abandon()
            return false
        }
        // Nothing is kept about servers that answer.
        if !failed {
            if breakers[place] != nil { breakers[place] = nil }
            return false
        }
        let wasOpen = breakers[place]?.isOpen ?? false
        breakers[place, default: OriginBreaker()].end(failed: true, at: now)
        return !wasOpen && breakers[place]?.isOpen == true
    }

    /// Takes a vendor's word that an account asks too often.
    mutating func slowDown(_ home: JobHome, at now: Duration, wait: Duration?) {
        accounts[home.account, default: Account(home: home)].pace.slowDown(at: now, wait: wait)
    }

    /// Whether the server of `place` is held for unreachable.
    func isUnreachable(_ place: String) -> Bool { breakers[place]?.isOpen ?? false }

    /// How many jobs of an account are watched.
    func count(account: String) -> Int { accounts[account]?.jobs ?? 0 }

    /// When something is to be done next, unless a poll that is under way ends before.
    func nextDue(at now: Duration, terms: (JobHome) -> AccountTerms) -> Duration? {
        var next = timers.min?.due
        for account in accounts.values where !account.waiting.isEmpty {
            let terms = terms(account.home)
            guard account.inFlight < account.pace.places(terms, jobs: account.jobs) else { continue }
            var due = account.pace.next(terms, jobs: account.jobs, at: now)
            if let breaker = breakers[account.home.place], breaker.isOpen {
                guard let probe = breaker.next else { continue }
                if probe <= now, !breaker.lets(at: now) { continue }
                due = max(due, probe)
            }
            next = min(next ?? due, due)
        }
        return next
    }
}
