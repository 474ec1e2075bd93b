import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// What the prompt, the notices and completion know about jobs: kept current from events, read without waiting.
final class JobBoard: Sendable {
    private struct State {
        var jobs: [Int64: JobRecord] = [:]
        var recent: [JobRecord] = []
        var exchanges: [ExchangeRecord] = []
        var lastBody: JSONDocument?
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

    /// The reply `get` would look into.
    var lastBody: JSONDocument? { state.withLock(\.lastBody) }

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

    /// What is left open when the person leaves.
    var farewell: [String] {
        let running = running
        guard !running.isEmpty else { return [] }
        let names = running.map(\.name).joined(separator: ", ")
        return ["\(names) \(running.count == 1 ? "is" : "are") not finished; the next reel goes on asking"]
    }

    func start(_ jobs: [JobRecord]) { state.withLock { for job in jobs { $0.jobs[job.id] = job } } }

    /// Reads anew what completion offers.
    func refresh(_ session: ShellSession) async {
        var filter = JobFilter()
        filter.limit = 50
        let jobs = (try? await session.journal.jobs(filter)) ?? []
        var exchangeFilter = ExchangeFilter()
        exchangeFilter.limit = 50
        let exchanges = (try? await session.journal.exchanges(exchangeFilter)) ?? []
        let last = session.state.withLock(\.last) ?? exchanges.last?.number
        var body: JSONDocument?
        if let last, let exchange = try? await session.journal.exchange(last) {
            body = try? JSONDocument(parsing: exchange.replyBody ?? [])
        }
        let document = body
        state.withLock { state in
            state.recent = jobs.reversed()
            state.exchanges = exchanges.reversed()
            state.lastBody = document
            for job in jobs { state.jobs[job.id] = job }
        }
    }

    /// Takes an event; returns the notice to show, if it deserves one under the setting `notices`.
    func take(_ event: JobEvent, notices: String, savesFilms: Bool, isWatched: Bool) -> [String]? {
        let held: JobEvent? = state.withLock { state in
            state.jobs[event.job.id] = event.job
            switch event.kind {
            case .state where event.job.state == .succeeded && savesFilms:
                state.awaitingFilm[event.job.id] = event
                return nil
            case .saved, .fetchFailed:
                return state.awaitingFilm.removeValue(forKey: event.job.id)
            default:
                return nil
            }
        }
        guard notices != "off", !isWatched else { return nil }
        switch event.kind {
        case .state:
            if event.job.state == .succeeded, savesFilms { return nil }
            guard event.job.state.isTerminal || notices == "all" else { return nil }
            return [Self.notice(event.job, event.exchange)]
        case .saved(let film):
            return [Self.notice(held?.job ?? event.job, held?.exchange, film: film)]
        case .fetchFailed:
            return (held.map { [Self.notice($0.job, $0.exchange)] } ?? []) + ["job \(EventView.line(event))"]
        case .unmapped, .paused: return ["job \(EventView.line(event))"]
        case .progress, .retry: return notices == "all" ? ["job \(EventView.line(event))"] : nil
        case .submitted, .unconfirmed: return nil
        }
    }

    /// `job j2 succeeded after 0:12, saved j2.mp4 4.2 MiB (link about 10 min), r9`.
    private static func notice(_ job: JobRecord, _ exchange: Int?, film: SavedFilm? = nil) -> String {
        var text = "job \(job.name) \(job.state.shown)"
        if let start = job.submittedAt, let end = job.finishedAt {
            text += " after \(humanDuration(.milliseconds(end.milliseconds - start.milliseconds)))"
        }
        if let fault = job.fault, job.state != .succeeded {
            text += ": \(TerminalText.sanitized(FaultWords.why(fault) ?? fault.kind.rawValue, for: .name))"
        }
        if let film {
            text += ", saved \(film.path) \(humanBytes(film.size))"
            if let expiry = film.linkExpiresAt {
                let left = Duration.milliseconds(max(0, expiry.milliseconds - LocalClock.now.milliseconds))
                text += " (link about \(DurationText.rough(left)))"
            }
        }
        return text + (exchange.map { ", r\($0)" } ?? "")
    }
}
