import JobEngine
import Journal
import Synchronization
import TerminalOutput
import VideoProviderKit

/// What the prompt, the notices and completion know about jobs: kept current from events, read without waiting.
final class JobBoard: Sendable {
    private struct State {
        var jobs: [Int64: JobRecord] = [:]
        var recent: [JobRecord] = []
        var exchanges: [ExchangeRecord] = []
        /// Successes whose notice waits for their film.
        var awaitingFilm: [Int64: JobEvent] = [:]
        var unfetched: Set<Int64> = []
    }

    private let state = Mutex(State())

    /// The jobs that are asked about.
    var running: [JobRecord] {
        state.withLock { $0.jobs.values.filter { $0.state.isPolled }.sorted { ($0.number ?? 0) < ($1.number ?? 0) } }
    }

    var runningCount: Int { running.count }

    /// Newest first, for completion.
    var recentJobs: [JobRecord] { state.withLock(\.recent) }

    /// Newest first, for completion.
    var recentExchanges: [ExchangeRecord] { state.withLock(\.exchanges) }

    /// What recent jobs were given for a parameter, newest first.
    func values(of name: ParameterName) -> [String] {
        recentJobs.prefix(20).compactMap { job in
            guard case let value? = DraftCoding.draft(job.draft)[name], value.text.utf8.count <= 200 else { return nil }
            if case .media = value { return nil }
            return value.text
        }
    }

    /// `[2 running, j3 42%]`.
    var rightPrompt: String {
        let running = running
        guard !running.isEmpty else { return "" }
        var text = "\(running.count) running"
        if let job = running.last(where: { $0.progress != nil }), let progress = job.progress {
            text += ", \(job.name) \(Int((progress * 100).rounded()))%"
        }
        return "[\(text)]"
    }

    /// What is left open when the person leaves; in a throw-away session it is gone.
    func farewell(isTemporary: Bool) -> [String] {
        let running = running
        guard !running.isEmpty else { return [] }
        let names =
            running.count > 8 ? "\(running.count) jobs" : running.map(\.name).joined(separator: ", ")
        let verb = running.count == 1 ? "was" : "were"
        let rest = isTemporary ? "the sandbox and its jobs are gone" : "the next reel goes on asking"
        return ["\(names) \(verb) not finished; \(rest)"]
    }

    /// Takes what a start found; what events told meanwhile is newer.
    func start(_ jobs: [JobRecord]) {
        state.withLock { state in for job in jobs where state.jobs[job.id] == nil { state.jobs[job.id] = job } }
    }

    /// Reads anew what completion offers.
    func refresh(_ session: ShellSession) async {
        var filter = JobFilter()
        filter.limit = 50
        let jobs = (try? await session.journal.jobs(filter)) ?? []
        var exchangeFilter = ExchangeFilter()
        exchangeFilter.limit = 50
        let exchanges = (try? await session.journal.exchanges(exchangeFilter)) ?? []
        state.withLock { state in
            state.recent = jobs.reversed()
            state.exchanges = exchanges.reversed()
            for job in jobs { state.jobs[job.id] = job }
        }
    }

    /// Takes an event.
    ///
    /// A success whose film is still to be saved is held back, so that one notice tells of both.
    ///
    /// - Returns: the success that was held for this event's film, and whether the event itself is held back.
    func take(_ event: JobEvent, savesFilms: Bool) -> (success: JobEvent?, isHeld: Bool) {
        state.withLock { state in
            state.jobs[event.job.id] = event.job
            switch event.kind {
            case .state where event.job.state == .succeeded && savesFilms:
                state.awaitingFilm[event.job.id] = event
                return (nil, true)
            case .saved, .fetchFailed:
                return (state.awaitingFilm.removeValue(forKey: event.job.id), false)
            default:
                return (nil, false)
            }
        }
    }
}
