import HeapModule
package import Journal
import Transport
package import VideoProviderKit

extension Engine {
    /// Begins to watch `job`, with the first poll after `delay`.
    func watch(_ job: JobRecord, after delay: Duration) {
        guard job.state.isPolled, job.hasReceipt else { return }
        let age = Duration.milliseconds(clock.wall.milliseconds - (job.submittedAt ?? job.createdAt).milliseconds)
        watched[job.id] = WatchedJob(
            record: job,
            machine: JobMachine(state: job.state),
            start: clock.now - max(age, .zero)
        )
        schedule(job.id, after: delay)
    }

    /// Polls `job` now, whatever its schedule, and returns it afterwards.
    ///
    /// - Throws: the fault of the call; the job is unchanged then.
    @discardableResult
    package func pollNow(_ job: JobRecord) async throws(Fault) -> (job: JobRecord, exchange: Int?) {
        guard let receipt = job.receipt else { throw Fault(.taskNotFound, "\(job.name) has no receipt to ask with.") }
        let start = watched[job.id]?.start ?? clock.now
        let entry =
            watched[job.id]
            ?? WatchedJob(record: job, receipt: receipt, machine: JobMachine(state: job.state), start: start)
        let outcome = await poll(entry)
        if case .fault(let fault) = outcome.outcome { throw fault }
        return (await reload(job), outcome.exchange)
    }

    /// Stops asking about a job here; nothing is said to the vendor.
    ///
    /// An unconfirmed job becomes lost.
    package func stop(_ job: JobRecord) async throws(JournalError) -> JobRecord {
        unwatch(job.id)
        if job.state == .submitUnknown {
            try await journal.update(job.id, PollResult(state: .lost, fault: job.fault), at: clock.wall)
        } else if !job.state.isTerminal {
            try await journal.update(job.id, PollResult(polling: .paused(.user)), at: clock.wall)
        }
        return await reload(job)
    }

    /// Asks about a job again from now on.
    package func resume(_ job: JobRecord) async throws(JournalError) -> JobRecord {
        try await journal.update(job.id, PollResult(polling: .active), at: clock.wall)
        let current = await reload(job)
        watch(current, after: .zero)
        wake.yield()
        return current
    }

    func unwatch(_ id: Int64) { watched[id] = nil }

    /// Whether this process asks about the job; another one may.
    package func isWatching(_ id: Int64) -> Bool { watched[id] != nil }

    /// Asks about a job every so often from now on; nil goes back to the provider's rhythm.
    package func setRhythm(of id: Int64, every: Duration?) {
        guard watched[id] != nil, watched[id]?.every != every else { return }
        watched[id]?.every = every
        if let every, watched[id]?.isPolling == false { schedule(id, after: every) }
    }

    /// The rhythm of a job: as somebody wants it, else the provider's.
    private func advice(for entry: WatchedJob, _ instance: ProviderInstance) -> (advice: PollAdvice, isOwn: Bool) {
        guard let every = entry.every ?? settings.pollEvery else { return (instance.pollAdvice, true) }
        let shortest = max(every, .milliseconds(100))
        return (PollAdvice(first: shortest, interval: shortest, growth: 1, maximum: shortest), false)
    }

    func schedule(_ id: Int64, after delay: Duration) {
        guard watched[id] != nil else { return }
        // Counted over all jobs, so that a timer from before a stop fits no entry made by a resume.
        generations += 1
        watched[id]?.generation = generations
        timers.insert(Timer(due: clock.now + delay, job: id, generation: generations))
        wake.yield()
    }

    /// The jobs whose time has come and whose account has a place free.
    ///
    /// Those that have to wait are kept by account, the longest overdue first: each timer is moved once, however many
    /// jobs are due together.
    func takeDue() -> [WatchedJob] {
        let now = clock.now
        while let timer = timers.min, timer.due <= now {
            timers.removeMin()
            guard let entry = watched[timer.job], entry.generation == timer.generation else { continue }
            overdue[entry.account, default: Heap()].insert(timer)
        }
        var due: [WatchedJob] = []
        for account in Array(overdue.keys) {
            while pollsInFlight[account, default: 0] < settings.parallelPolls, let timer = overdue[account]?.popMin() {
                guard let entry = watched[timer.job], entry.generation == timer.generation, !entry.isPolling else {
                    continue
                }
                pollsInFlight[account, default: 0] += 1
                watched[timer.job]?.isPolling = true
                due.append(entry)
            }
        }
        return due
    }

    func pollDue(_ entry: WatchedJob) async {
        let id = entry.record.id
        // A job that was stopped between its timer and here is not asked about, but gives its place back.
        var outcome: PollOutcome?
        if let current = watched[id] { outcome = await poll(current) }
        pollsInFlight[entry.account, default: 1] -= 1
        watched[id]?.isPolling = false
        if !isStopping, watched[id] != nil, let outcome { scheduleNext(id, outcome) }
        wake.yield()
    }

    private func scheduleNext(_ id: Int64, _ result: PollOutcome) {
        guard var entry = watched[id], let instance = instance(of: entry.record) else { return }
        let (advice, isOwn) = advice(for: entry, instance)
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
                remaining: isOwn ? result.remaining : nil,
                hint: result.hint,
                jitter: jitter()
            )
        case .backoff: wait = entry.rhythm.afterFailure(advice, hint: result.hint, jitter: jitter())
        }
        watched[id] = entry
        if case .fault(let fault) = result.outcome {
            publish(.retry(fault, wait: wait), entry.record, exchange: result.exchange)
        }
        schedule(id, after: wait)
    }

    func instance(of job: JobRecord) -> ProviderInstance? { instances[written: job.instance] }

    func reload(_ job: JobRecord) async -> JobRecord {
        let current = (try? await journal.job(id: job.id)) ?? job
        if watched[job.id] != nil {
            watched[job.id]?.record = current
            if let receipt = current.receipt { watched[job.id]?.receipt = receipt }
        }
        return current
    }
}

/// What a poll brought, with what the schedule needs.
struct PollOutcome: Sendable {
    var outcome: JobMachine.Outcome
    var next: JobMachine.Next
    var hint: Duration?
    var remaining: Duration?
    var exchange: Int?
}
