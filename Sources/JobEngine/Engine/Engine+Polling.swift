package import Journal
import Transport
package import VideoProviderKit

extension Engine {
    /// Begins to watch `job`, with the first poll after `delay`.
    func watch(_ job: JobRecord, after delay: Duration) {
        guard job.state.isPolled, job.hasReceipt else { return }
        foreign[job.id] = nil
        polls.watch(watched(job))
        schedule(job.id, after: delay)
    }

    /// What to keep of `job` for asking about it.
    func watched(_ job: JobRecord) -> WatchedJob {
        let since = clock.wall.milliseconds - (job.submittedAt ?? job.createdAt).milliseconds
        let age = Duration.milliseconds(max(since, 0))
        let key = JobHome.key(job)
        let home = homes[key] ?? JobHome(job)
        homes[key] = home
        // A job that was paused at the horizon and resumed is asked about for another day.
        let resumed = job.resumedAt.map { max($0.milliseconds - job.createdAt.milliseconds, 0) } ?? 0
        let horizon = JobMachine.horizon + .milliseconds(resumed)
        let machine = JobMachine(state: job.state, horizon: horizon)
        return WatchedJob(job, home: home, start: clock.now - age, machine: machine)
    }

    /// Polls `job` now, whatever its schedule, and returns it afterwards.
    ///
    /// - Throws: the fault of the call, with its exchange; the job is unchanged then.
    @discardableResult
    package func pollNow(_ job: JobRecord) async throws(Fault) -> (job: JobRecord, exchange: Int?) {
        guard job.hasReceipt else { throw Fault(.taskNotFound, "\(job.name) has no receipt to ask with.") }
        let outcome = await poll(polls[job.id] ?? watched(job), isUsers: true)
        if case .fault(var fault) = outcome.outcome {
            fault.exchange = outcome.exchange
            throw fault
        }
        return (await reload(job), outcome.exchange)
    }

    /// Stops asking about a job here; nothing is said to the vendor.
    ///
    /// An unconfirmed job becomes lost. Another process that polls the job loses it.
    package func stop(_ job: JobRecord) async throws(JournalError) -> JobRecord {
        unwatch(job.id)
        for key in refused.keys { refused[key]?.remove(job.id) }
        if job.state == .submitUnknown {
            try await journal.update(job.id, PollResult(state: .lost, fault: job.fault), takes: true, at: clock.wall)
        } else if !job.state.isTerminal {
            try await journal.update(job.id, PollResult(polling: .paused(.user)), takes: true, at: clock.wall)
        }
        return await reload(job)
    }

    /// Asks about a job again from now on, and about those that rest for the same reason at the same place.
    package func resume(_ job: JobRecord) async throws(JournalError) -> JobRecord {
        try await journal.resume(job.id, at: clock.wall)
        let current = await reload(job)
        watch(current, after: .zero)
        wake.yield()
        switch job.polling {
        case .paused(.credentials): await welcomeBack(JobHome(job).account)
        case .paused(.certificate): await trustAgain(JobHome(job).place)
        default: break
        }
        return current
    }

    func unwatch(_ id: Int64) { polls.unwatch(id) }

    /// Whether this process asks about the job; another one may.
    package func isWatching(_ id: Int64) -> Bool { polls[id] != nil }

    /// Asks about a job every so often from now on; nil goes back to the provider's rhythm.
    package func setRhythm(of id: Int64, every: Duration?) {
        guard let job = polls[id], job.every != every else { return }
        polls[id]?.every = every
        if let every, !job.isPolling { schedule(id, after: every) }
    }

    /// The rhythm of a job: as somebody wants it, else the provider's.
    private func advice(for entry: WatchedJob, _ instance: ProviderInstance) -> (advice: PollAdvice, isOwn: Bool) {
        guard let every = entry.every ?? settings.pollEvery else { return (instance.pollAdvice, true) }
        let shortest = max(every, .milliseconds(100))
        return (PollAdvice(first: shortest, interval: shortest, growth: 1, maximum: shortest), false)
    }

    func schedule(_ id: Int64, after delay: Duration) {
        polls.schedule(id, at: clock.now + delay)
        wake.yield()
    }

    /// What the account of `home` may be asked at most: servers on this machine anything.
    func terms(of home: JobHome) -> AccountTerms { terms(ofInstance: home.instance) }

    func terms(ofInstance name: String) -> AccountTerms {
        let instance = instances[written: name]
        let isLocal = instance?.baseURL?.url.origin.isLoopback ?? false
        return AccountTerms(
            rate: isLocal ? nil : settings.pollRate,
            places: settings.parallelPolls,
            ceiling: Double(instance?.pollAdvice.ceiling ?? 20),
            assetLife: instance?.descriptor.shortestAssetLifetime
        )
    }

    /// When a job is first asked about.
    func firstWait(_ instance: ProviderInstance) -> Duration { settings.pollEvery ?? instance.pollAdvice.first }

    func pollDue(_ entry: WatchedJob) async {
        let id = entry.id
        // A job that was stopped between its timer and here is not asked about, but gives its place back.
        var outcome: PollOutcome?
        if let current = polls[id] { outcome = await poll(current, isUsers: false) }
        if outcome == nil { polls.note(failed: nil, place: entry.home.place, at: clock.now) }
        polls.finished(entry)
        if !isStopping, polls[id] != nil, let outcome { await scheduleNext(id, outcome) }
        wake.yield()
    }

    private func scheduleNext(_ id: Int64, _ result: PollOutcome) async {
        guard var entry = polls[id], let instance = instances[written: entry.home.instance] else { return }
        let (advice, isOwn) = advice(for: entry, instance)
        let wasStretched = entry.rhythm.isStretched
        let wait: Duration
        switch result.next {
        case .never:
            unwatch(id)
            return
        case .after(let delay): wait = delay
        case .scheduled:
            wait = entry.rhythm.afterAnswer(
                advice,
                age: clock.now - entry.start,
                assetLife: instance.descriptor.shortestAssetLifetime,
                remaining: isOwn ? entry.estimate.rest : nil,
                hint: result.hint,
                jitter: jitter()
            )
        case .backoff: wait = entry.rhythm.afterFailure(advice, hint: result.hint, jitter: jitter())
        }
        polls[id] = entry
        schedule(id, after: wait)
        guard case .fault(let fault) = result.outcome, let job = try? await journal.job(id: id) else { return }
        publish(.retry(fault, wait: wait), job, exchange: result.exchange)
        // Told once, and once for a server that answers none; what cannot be read is told as such.
        let isNews = entry.rhythm.isStretched && !wasStretched && fault.kind != .decoding && fault.kind != .tooLarge
        if isNews, unansweredPlaces.insert(entry.home.place).inserted {
            publish(.unanswered(fault), job, exchange: result.exchange)
        }
    }

    func instance(of job: JobRecord) -> ProviderInstance? { instances[written: job.instance] }

    func reload(_ job: JobRecord) async -> JobRecord { await reload(job.id) ?? job }

    func reload(_ id: Int64) async -> JobRecord? {
        guard let current = try? await journal.job(id: id) else { return nil }
        polls[id]?.update(current)
        return current
    }
}

/// What a poll brought, with what the schedule needs.
struct PollOutcome: Sendable {
    var outcome: JobMachine.Outcome
    var next: JobMachine.Next
    var hint: Duration?
    var exchange: Int?
}
