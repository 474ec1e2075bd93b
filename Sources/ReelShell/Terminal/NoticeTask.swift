import JobEngine
package import Journal
package import LineEditor
import Synchronization
import TerminalOutput
import VideoProviderKit

extension ShellSession {
    /// Begins with what a start found.
    package func start(_ recovery: Recovery) async {
        board.start(recovery.resumed + recovery.foreign)
        await board.refresh(self)
    }

    /// What the prompt shows at its right.
    package var rightPrompt: String { board.rightPrompt(in: output.language) }

    /// Says, when a single command made jobs in a sandbox that ends with it, that they are gone.
    package func sayWhatGoesWithIt() {
        guard isTemporary, state.withLock(\.job) != nil else { return }
        output.note("the sandbox and its jobs are gone now; --sandbox-dir DIR keeps them")
    }

    /// Begins `work` that entries wait for.
    package func prepare(_ work: @escaping @Sendable () async -> Void) {
        preparation.withLock { $0 = Task { await work() } }
    }

    /// Waits for what was begun with ``prepare(_:)``.
    func prepared() async { await preparation.withLock(\.self)?.value }

    /// Follows events for as long as the program runs: keeps the board current and tells what deserves it.
    package func followEvents(inbox: TerminalInbox?) async {
        let (signals, continuation) = AsyncStream.makeStream(of: BackgroundSignal.self)
        let events = engine.events()
        let forwarding = Task {
            for await event in events { continuation.yield(.event(event)) }
            continuation.finish()
        }
        let alarm = Alarm(continuation)
        let pulse = Pulse(continuation)
        defer {
            forwarding.cancel()
            alarm.cancel()
            pulse.cancel()
        }
        if inbox != nil {
            for id in board.newestRunning {
                guard let job = try? await journal.job(id: id) else { continue }
                board.note(await outlook(of: job), of: job)
            }
            pulse.ask()
        }
        var hasNews = false
        for await signal in signals {
            switch signal {
            case .event(let event): hasNews = await tell(event, inbox) || hasNews
            case .time: tellTime(inbox)
            case .pulse:
                // What costs reads, or a repaint: once for all that came at once.
                pulse.answer()
                if hasNews { await refreshCompletion() }
                hasNews = false
                inbox?.post(.rightPrompt(rightPrompt))
                alarm.set(board.nextDue(after: LocalClock.now))
                continue
            }
            if inbox != nil { pulse.ask() }
        }
    }

    /// - Returns: whether what completion offers, or the films not saved, may be others now.
    private func tell(_ event: JobEvent, _ inbox: TerminalInbox?) async -> Bool {
        let (notices, savesFilms) = settings.withLock { ($0["notices"], $0["fetch.auto"] == "on") }
        let isWatched = state.withLock { $0.isTold(event.job.id, at: event.time) }
        let taken = board.take(event, savesFilms: savesFilms)
        guard let inbox else { return false }
        if board.wantsOutlook(of: event.job) { board.note(await outlook(of: event.job), of: event.job) }
        var isNews = event.job.state == .succeeded
        if !taken.isHeld, !isWatched {
            let lifetimes = InstanceName(event.job.instance).flatMap { instances[$0]?.descriptor.assetLifetimes }
            let lines = NoticeText.lines(
                event,
                success: taken.success,
                notices: notices,
                lifetimes: lifetimes ?? []
            )
            if !lines.isEmpty {
                inbox.post(.notice(output.narrowed(lines.map(output.language.say))))
                state.withLock { $0.printed(event.exchange ?? taken.success?.exchange) }
                isNews = true
            }
        }
        if !taken.isHeld, let alert = alert(for: event, isSuccess: taken.success != nil) { inbox.post(.alert(alert)) }
        return isNews
    }

    /// A call for attention, when a job that took long is over.
    private func alert(for event: JobEvent, isSuccess: Bool) -> TerminalAlert? {
        switch event.kind {
        case .state where event.job.state.isTerminal: break
        case .saved where isSuccess: break
        case .paused where event.crowd == .further: return nil
        case .fetchFailed, .paused: break
        default: return nil
        }
        let (after, how) = settings.withLock { ($0["notify.after"], $0["notify.how"]) }
        guard let limit = DurationText.parse(after), limit > .zero, let start = event.job.submittedAt else {
            return nil
        }
        let end = event.job.finishedAt ?? event.time
        guard start.distance(to: end) >= limit else { return nil }
        switch how {
        case "off": return nil
        case "osc9": return .message("reel: \(event.job.name) \(event.job.state.shown)")
        default: return .bell
        }
    }

    private func tellTime(_ inbox: TerminalInbox?) {
        guard let inbox else { return }
        let (notices, fetchesLate) = settings.withLock { ($0["notices"], $0["fetch.auto"] == "late") }
        for notice in board.takeDue(at: LocalClock.now) {
            var line: Message?
            switch notice {
            case .stalled(let job, let time):
                if !state.withLock({ $0.watched.contains(job.id) }) { line = NoticeText.stalled(job, for: time) }
            // Just then the film is saved unasked, and that is told.
            case .link(_, _, .half) where fetchesLate: break
            case .link(_, let job, let notice):
                line = NoticeText.link(job, notice)
            }
            if let line, notices != "off" {
                inbox.post(.notice(output.narrowed([output.language.say("job \(line)" as Message)])))
            }
        }
    }
}

/// What the background of a session waits for.
private enum BackgroundSignal: Sendable {
    case event(JobEvent)
    case time
    case pulse
}

/// Asks for a signal behind all that waits already, and never more often than ten times a second.
private final class Pulse: Sendable {
    private struct State {
        var isAsked = false
        var last: ContinuousClock.Instant?
        var task: Task<Void, Never>?
    }

    private static let distance = Duration.milliseconds(100)
    private let continuation: AsyncStream<BackgroundSignal>.Continuation
    private let state = Mutex(State())

    init(_ continuation: AsyncStream<BackgroundSignal>.Continuation) { self.continuation = continuation }

    func ask() {
        state.withLock { state in
            guard !state.isAsked else { return }
            state.isAsked = true
            let rest = state.last.map { Self.distance - (.now - $0) } ?? .zero
            guard rest > .zero else {
                continuation.yield(.pulse)
                return
            }
            let continuation = continuation
            state.task = Task {
                do { try await Task.sleep(for: rest) } catch { return }
                continuation.yield(.pulse)
            }
        }
    }

    func answer() {
        state.withLock { state in
            state.isAsked = false
            state.last = .now
        }
    }

    func cancel() { state.withLock { $0.task?.cancel() } }
}

/// One timer, for whatever is due next.
private final class Alarm: Sendable {
    private struct State {
        var due: UpstreamTime?
        var task: Task<Void, Never>?
    }

    private let continuation: AsyncStream<BackgroundSignal>.Continuation
    private let state = Mutex(State())

    init(_ continuation: AsyncStream<BackgroundSignal>.Continuation) { self.continuation = continuation }

    func set(_ due: UpstreamTime?) {
        state.withLock { state in
            guard state.due != due || due == nil else { return }
            state.task?.cancel()
            state = State(due: due, task: nil)
            guard let due else { return }
            let continuation = continuation
            state.task = Task { [self] in
                let wait = max(.milliseconds(20), LocalClock.now.distance(to: due))
                do { try await Task.sleep(for: wait) } catch { return }
                self.state.withLock { $0.due = nil }
                continuation.yield(.time)
            }
        }
    }

    func cancel() { state.withLock { $0.task?.cancel() } }
}
