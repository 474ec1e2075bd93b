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
        var outlooks: [Int64: JobOutlook] = [:]
        var links: [Int64: LinkLife] = [:]
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

    /// What is expected of a job.
    func outlook(of id: Int64) -> JobOutlook? { state.withLock { $0.outlooks[id] } }

    /// `[2 running, j3 42%, j4 link 8 min]`.
    var rightPrompt: String {
        var parts: [String] = []
        let running = running
        if !running.isEmpty { parts.append("\(running.count) running") }
        if let job = running.last(where: { $0.progress != nil }), let progress = job.progress {
            parts.append("\(job.name) \(Int((progress * 100).rounded()))%")
        }
        let now = LocalClock.now
        let links = openLinks.filter { $0.shown(at: now) != nil }
        if let link = links.first, let left = link.shown(at: now) {
            parts.append(links.count == 1 ? "\(link.job) link \(left)" : "\(links.count) links, \(link.job) \(left)")
        }
        return parts.isEmpty ? "" : "[\(parts.joined(separator: ", "))]"
    }

    /// The links that nobody is about to follow, the shortest first.
    private var openLinks: [LinkLife] {
        state.withLock { state in
            state.links.filter { state.awaitingFilm[$0.key] == nil }.map(\.value).sorted { $0.expiresAt < $1.expiresAt }
        }
    }

    /// What is left open when the person leaves; in a throw-away session it is gone.
    func farewell(isTemporary: Bool) -> [Message] {
        var lines: [Message] = []
        let running = running
        if !running.isEmpty {
            let list = running.map(\.name).joined(separator: ", ")
            let names: Message = running.count > 8 ? "\(running.count) jobs" : Message(verbatim: list)
            let rest: Message = isTemporary ? "the sandbox and its jobs are gone" : "the next reel goes on asking"
            lines.append(
                running.count == 1 ? "\(names) was not finished; \(rest)" : "\(names) were not finished; \(rest)"
            )
        }
        let now = LocalClock.now
        for link in state.withLock({ $0.links.values.sorted { $0.expiresAt < $1.expiresAt } }) {
            guard let left = link.shown(at: now) else { continue }
            let rest: Message =
                isTemporary ? "it is gone with the sandbox" : "its link lives \(left): reel fetch \(link.job)"
            lines.append("\(link.job) was not saved; \(rest)")
        }
        return lines
    }

    /// Takes what a start found; what events told meanwhile is newer.
    func start(_ jobs: [JobRecord]) {
        state.withLock { state in for job in jobs where state.jobs[job.id] == nil { state.jobs[job.id] = job } }
    }

    /// Takes what is expected of a job.
    func note(_ outlook: JobOutlook, of id: Int64) { state.withLock { $0.outlooks[id] = outlook } }

    /// Takes the links to films that are not saved.
    func note(_ assets: [(job: JobRecord, asset: AssetRecord)]) {
        state.withLock { state in
            let earlier = state.links
            state.links = [:]
            for (job, asset) in assets {
                guard let end = asset.expiresAt else { continue }
                let fresh = LinkLife(job: job.name, seenAt: asset.seenAt, expiresAt: end)
                let known = earlier[job.id]
                // A link that is known already keeps what was told of it.
                state.links[job.id] = known?.expiresAt == end ? known : fresh
            }
        }
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
        await refreshLinks(session)
    }

    /// Reads anew which films are not saved.
    func refreshLinks(_ session: ShellSession) async {
        var links: [(job: JobRecord, asset: AssetRecord)] = []
        for job in (try? await session.journal.unfetchedJobs(at: LocalClock.now)) ?? [] {
            let assets = (try? await session.journal.assets(job: job.id)) ?? []
            let film = assets.first { $0.asset.kind == .video && $0.state != .saved && $0.state != .expired }
            if let film { links.append((job, film)) }
        }
        note(links)
    }

    /// Takes an event.
    ///
    /// A success whose film is still to be saved is held back, so that one notice tells of both.
    ///
    /// - Returns: the success that was held for this event's film, and whether the event itself is held back.
    func take(_ event: JobEvent, savesFilms: Bool) -> (success: JobEvent?, isHeld: Bool) {
        state.withLock { state in
            state.jobs[event.job.id] = event.job
            state.outlooks[event.job.id]?.take(event.job, at: event.time)
            if event.job.state.isTerminal { state.outlooks[event.job.id] = nil }
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

extension JobBoard {
    /// What only the passing of time brings.
    enum TimeNotice: Sendable {
        case stalled(JobRecord, Duration)
        case link(Int64, String, LinkLife.Notice)
    }

    /// What is due by `now`; each is returned once.
    func takeDue(at now: UpstreamTime) -> [TimeNotice] {
        state.withLock { state in
            var notices: [TimeNotice] = []
            for id in state.outlooks.keys.sorted() {
                guard let job = state.jobs[id], job.polling == .active,
                    state.outlooks[id]?.takeStall(at: now) == true, let time = state.outlooks[id]?.stall(at: now)
                else { continue }
                notices.append(.stalled(job, time))
            }
            for id in state.links.keys.sorted() where state.awaitingFilm[id] == nil {
                guard let job = state.links[id]?.job, let notice = state.links[id]?.takeNotice(at: now) else {
                    continue
                }
                notices.append(.link(id, job, notice))
            }
            return notices
        }
    }

    /// When time brings something next.
    func nextDue(after now: UpstreamTime) -> UpstreamTime? {
        state.withLock { state in
            let stalls = state.outlooks.filter { state.jobs[$0.key]?.polling == .active }.compactMap(\.value.stallsAt)
            let links = state.links.filter { state.awaitingFilm[$0.key] == nil }
                .compactMap { $0.value.nextChange(after: now) }
            return (stalls + links).min()
        }
    }
}
