import JobEngine
import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// Follows jobs until they end: the foreground of `watch`, `wait` and `submit --wait`.
struct Watcher: Sendable {
    /// What is shown on the way.
    enum Shows: Sendable {
        /// Each change of state, word or ten percent, and retries.
        case changes
        /// One line for each job that ends.
        case ends
    }

    let session: ShellSession
    let output: ShellOutput

    /// Follows `jobs` until all are over or have reached the state `until`, or `timeout` has passed.
    ///
    /// With automatic saving it also waits for the films.
    func follow(
        _ jobs: [JobRecord],
        shows: Shows,
        until: String?,
        timeout: Duration?
    )
        async throws(ShellFailure) -> EntryResult
    {
        let events = session.engine.events(endingAfter: timeout)
        let ids = Set(jobs.map(\.id))
        session.state.withLock { $0.watched.formUnion(ids) }
        defer { session.state.withLock { $0.watched.subtract(ids) } }
        await session.engine.attend(jobs)
        defer { Task { await session.engine.leave(jobs) } }
        let savesFilms = session.settings.withLock { $0["fetch.auto"] } == "on"
        var following = Following(until: until, savesFilms: savesFilms)
        for job in jobs {
            // Read again after subscribing, so that an end in between is not missed.
            let current = (try? await session.journal.job(id: job.id)) ?? job
            let assets = (try? await session.journal.assets(job: job.id)) ?? []
            following.start(current, hasFilmToCome: assets.contains { $0.state != .saved && $0.state != .expired })
            if shows == .changes || !following.isOpen(job.id) { show(current) }
        }
        if following.isDone { return try await end(following) }
        let view = EventView(output: output)
        for await event in events where ids.contains(event.job.id) {
            let before = following.take(event)
            if shows == .ends, case .retry(let fault, _) = event.kind, following.isNews(fault, of: event.job.id) {
                output.remark([EventView.line(event)])
            }
            if view.deserves(event, before: before, allChanges: shows == .changes) {
                view.show(event)
                session.state.withLock { $0.printed(event.exchange) }
            }
            if following.isDone { return try await end(following) }
        }
        if Task.isCancelled {
            let names = following.open.map(\.name).joined(separator: ", ")
            output.remark(["detached; \(names) \(following.open.count == 1 ? "goes" : "go") on"])
            return EntryResult(code: .interrupted)
        }
        return timedOut(following.open, after: timeout ?? .zero)
    }

    /// The end of it: nothing more to say when all went well, else the one shape of errors for the first that did not.
    private func end(_ following: Following) async throws(ShellFailure) -> EntryResult {
        guard let (job, code) = following.firstFailure else { return EntryResult(code: .ok) }
        guard job.state == .failed, let fault = job.fault else { return EntryResult(code: code) }
        var filter = ExchangeFilter()
        filter.job = job.id
        filter.calls = [.status]
        filter.limit = 1
        let exchange = try? await session.journal.exchanges(filter).last
        session.state.withLock { $0.printed(exchange?.number) }
        var failure = FaultWords.failure(fault, instance: job.instance, exchange: exchange)
        failure.what = "\(job.name) failed: \(failure.what)"
        failure.tries = [exchange.map { "body \($0.name)" }, "trace \(job.name)"].compactMap(\.self)
        failure.code = code
        throw failure
    }

    private func show(_ job: JobRecord) {
        output.show(["\(LocalTime.text(LocalClock.now)) \(JobView.line(job))"], json: JobView.json(job))
    }

    private func timedOut(_ jobs: [JobRecord], after timeout: Duration) -> EntryResult {
        let seconds = String(timeout.components.seconds)
        for job in jobs {
            let task = job.receipt?.taskID ?? ""
            output.event(
                "timeout",
                [
                    "job": .string(job.name), "task": .string(task), "state": .string(job.state.shown),
                    "waited_s": .number(seconds),
                ]
            )
            output.remark(["\(job.name) is still \(job.state.shown) after \(seconds) s; task \(task) goes on"])
        }
        return EntryResult(code: .waitTimedOut)
    }
}

/// What is known of the jobs being followed.
private struct Following {
    let until: String?
    let savesFilms: Bool
    private var jobs: [Int64: JobRecord] = [:]
    private var openIDs: Set<Int64> = []
    private var filmsToCome: Set<Int64> = []
    private var pollFaults: [Int64: String] = [:]
    /// What kept a job from being asked about, or its film from being saved.
    private var failures: [Int64: ExitCode] = [:]

    init(until: String?, savesFilms: Bool) {
        self.until = until
        self.savesFilms = savesFilms
    }

    var isDone: Bool { openIDs.isEmpty && filmsToCome.isEmpty }

    var open: [JobRecord] {
        openIDs.union(filmsToCome).compactMap { jobs[$0] }.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
    }

    /// The lowest-numbered job that did not succeed, with the code it means.
    var firstFailure: (job: JobRecord, code: ExitCode)? {
        for job in jobs.values.sorted(by: { ($0.number ?? 0) < ($1.number ?? 0) }) {
            if let code = code(of: job) { return (job, code) }
        }
        return nil
    }

    private func code(of job: JobRecord) -> ExitCode? {
        switch job.state {
        case .failed: ExitCode(job.fault?.kind ?? .taskFailed)
        case .cancelled, .expired, .lost: .taskEnded
        case .submitUnknown: .unconfirmed
        default: failures[job.id]
        }
    }

    func isOpen(_ id: Int64) -> Bool { openIDs.contains(id) }

    mutating func start(_ job: JobRecord, hasFilmToCome: Bool) {
        jobs[job.id] = job
        if !isOver(job) { openIDs.insert(job.id) }
        if job.state == .succeeded, hasFilmToCome, savesFilms { filmsToCome.insert(job.id) }
    }

    /// Whether a poll failed in another way than the time before.
    mutating func isNews(_ fault: Fault, of id: Int64) -> Bool {
        let words = "\(fault.kind) \(fault.message)"
        return pollFaults.updateValue(words, forKey: id) != words
    }

    /// Takes an event and returns the job as it was before.
    mutating func take(_ event: JobEvent) -> JobRecord? {
        let before = jobs.updateValue(event.job, forKey: event.job.id)
        if isOver(event.job) { openIDs.remove(event.job.id) }
        switch event.kind {
        case .state where event.job.state == .succeeded && savesFilms: filmsToCome.insert(event.job.id)
        case .saved: filmsToCome.remove(event.job.id)
        case .fetchFailed(let fault):
            filmsToCome.remove(event.job.id)
            failures[event.job.id] = ExitCode(fault.kind)
        case .paused(let reason, _):
            openIDs.remove(event.job.id)
            failures[event.job.id] = Self.code(reason)
        default: break
        }
        return before
    }

    private static func code(_ reason: Polling.Reason) -> ExitCode {
        switch reason {
        case .credentials: .credentials
        case .certificate: .network
        case .repeatedFault: .taskEnded
        case .horizon, .user: .waitTimedOut
        }
    }

    private func isOver(_ job: JobRecord) -> Bool {
        job.state.isTerminal || job.state == .submitUnknown || job.polling != .active || job.state.shown == until
    }
}
