import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// Follows jobs until they end: the foreground of `watch`, `wait` and `submit --wait`.
struct Watcher: Sendable {
    /// What is shown on the way.
    enum Shows: Sendable {
        /// Each change of state, word or ten percent, and retries.
        case changes
        /// One line for each job that ends.
        case ends
        /// A row for each job, drawn again as it changes.
        case inPlace
    }

    let session: ShellSession
    let output: ShellOutput
    /// How often the jobs are asked about meanwhile; nil for the provider's rhythm.
    var every: Duration?

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
        var resting: [Int64: Fault] = [:]
        // Before anything is listened to, so that what comes of it is told once.
        for job in jobs { resting[job.id] = await session.engine.askAgain(about: job) }
        let events = session.engine.events(endingAfter: timeout)
        let ids = Set(jobs.map(\.id))
        session.state.withLock { $0.watched.formUnion(ids) }
        for id in ids { await session.engine.setRhythm(of: id, every: every) }
        let open = OpenNames()
        // Jobs of a sandbox that ends with this command do not go on.
        let isLast = session.endsWithSandbox
        session.farewell.withLock { $0 = { isLast ? [] : open.farewell } }
        defer {
            session.state.withLock { $0.watched.subtract(ids) }
            session.farewell.withLock { $0 = nil }
            let engine = session.engine
            let isPaced = every != nil
            Task {
                await engine.leave(ids)
                if isPaced { for id in ids { await engine.setRhythm(of: id, every: nil) } }
            }
        }
        let savesFilms = session.settings.withLock { $0["fetch.auto"] } == "on"
        var following = Following(until: until, savesFilms: savesFilms)
        var screen = WatchScreen(
            output: output,
            shows: shows,
            labels: session.state.withLock(\.labels)
        )
        for job in jobs {
            // Read again after subscribing, so that an end in between is not missed.
            let current = (try? await session.journal.job(id: job.id)) ?? job
            let assets = (try? await session.journal.assets(job: job.id)) ?? []
            following.start(current, hasFilmToCome: assets.contains { $0.state != .saved && $0.state != .expired })
            await session.engine.attend(current)
            let isOpen = following.isOpen(job.id)
            screen.begin(current, await session.outlook(of: current), assets.first, isOpen: isOpen)
        }
        screen.finishBeginning()
        open.names = following.open.map(\.name)
        var result: EntryResult?
        if !following.isDone {
            for await signal in Self.signals(events, tick: screen.tick) {
                switch signal {
                case .event(let event):
                    guard ids.contains(event.job.id) else { break }
                    if case .paused(_, let fault?) = event.kind { resting[event.job.id] = fault }
                    await take(event, &following, &screen)
                case .tick: screen.passTime(following.open)
                case .timeout: result = timedOut(following.open, after: timeout ?? .zero)
                }
                open.names = following.open.map(\.name)
                if following.isDone || result != nil { break }
            }
        }
        screen.end()
        if following.isDone {
            // What others tell of the same events may come a moment later.
            let now = LocalClock.now
            session.state.withLock { state in for id in ids { state.toldUntil[id] = now } }
            return try await end(following, resting)
        }
        if let result { return result }
        // Unless Ctrl-C has said them already.
        for words in session.takeFarewell() ?? [] { output.remark(words) }
        return EntryResult(code: .interrupted)
    }

    private func take(_ event: JobEvent, _ following: inout Following, _ screen: inout WatchScreen) async {
        let before = following.take(event)
        var isNews = false
        if case .retry(let fault, _) = event.kind { isNews = following.isNews(fault, of: event.job.id) }
        var film: AssetRecord?
        if event.job.state == .succeeded {
            film = try? await session.journal.assets(job: event.job.id).first { $0.asset.kind == .video }
        }
        if screen.show(event, before: before, film: film, isNewFault: isNews) {
            session.state.withLock { $0.printed(event.exchange) }
        }
    }

    /// The end of it: nothing more to say when all went well, else the one shape of errors for the first that did not.
    private func end(_ following: Following, _ resting: [Int64: Fault]) async throws(ShellFailure) -> EntryResult {
        guard let (job, code) = following.firstFailure else { return EntryResult(code: .ok) }
        if job.state == .succeeded, let fault = following.unsaved[job.id] {
            var failure = await FetchCommand.failure(fault, job, session)
            failure.tries = ["fetch \(job.name)"] + failure.tries.filter { !$0.hasPrefix("fetch") }
            failure.code = code
            throw failure
        }
        if case .paused(let reason) = job.polling, !job.state.isTerminal, job.hasReceipt {
            throw await rest(job, reason, resting[job.id], code)
        }
        if job.state != .failed, var failure = await session.failure(endOf: job) {
            failure.code = code
            throw failure
        }
        let hasFailed = [.failed, .rejected, .unsent].contains(job.state)
        guard hasFailed, let fault = job.fault else { return EntryResult(code: code) }
        var failure = await session.failure(of: job, fault)
        failure.code = code
        throw failure
    }

    /// Why a job is waited for in vain, and what has it asked about again.
    private func rest(
        _ job: JobRecord,
        _ reason: Polling.Reason,
        _ now: Fault?,
        _ code: ExitCode
    ) async -> ShellFailure {
        let exchange = await session.lastAnswer(about: job)
        let fault = reason == .user || reason == .horizon ? nil : now ?? exchange?.fault
        session.state.withLock { $0.printed(exchange?.number) }
        return ShellFailure(
            "\(job.name) is not asked about any more: \(JobView.words(reason))",
            why: fault.flatMap(FaultWords.why).map(Message.init(recognizing:)),
            place: fault.flatMap { FaultWords.place($0, exchange) },
            tries: [JobView.onward(job, reason)],
            code: code,
            kind: fault?.kind.rawValue ?? "paused"
        )
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
            output.remark(Self.stillOpen(job, after: seconds))
        }
        return EntryResult(code: .waitTimedOut)
    }

    /// `j3 is still running after 5 s; task 01AB goes on`.
    static func stillOpen(_ job: JobRecord, after seconds: String) -> Message {
        let task = TerminalText.sanitized(job.receipt?.taskID ?? "", for: .name)
        if job.state == .succeeded {
            return
                "\(job.name) has succeeded, and its film is not saved after \(seconds) s; fetch \(job.name) goes on with it"
        }
        let whose: Message = task.isEmpty ? "it" : "task \(task)"
        return "\(job.name) is still \(StateWords.said(job.state)) after \(seconds) s; \(whose) goes on"
    }
}

extension Watcher {
    private enum Signal: Sendable {
        case event(JobEvent)
        case tick
        case timeout
    }

    /// Events, the passing of time, and the end of the patience, in one sequence that ends with its consumer.
    private static func signals(_ events: AsyncStream<JobEvent>, tick: Duration) -> AsyncStream<Signal> {
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self)
        let forwarding = Task {
            for await event in events { continuation.yield(.event(event)) }
            if !Task.isCancelled { continuation.yield(.timeout) }
            continuation.finish()
        }
        let ticking = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: tick)
                continuation.yield(.tick)
            }
        }
        continuation.onTermination = { _ in
            forwarding.cancel()
            ticking.cancel()
        }
        return stream
    }
}

/// The names of the jobs still followed, for the thread that says goodbye.
private final class OpenNames: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }

    /// `detached; j2 goes on`.
    var farewell: [Message] {
        let names = names
        guard !names.isEmpty else { return [] }
        let list = names.joined(separator: ", ")
        return [names.count == 1 ? "detached; \(list) goes on" : "detached; \(list) go on"]
    }
}
