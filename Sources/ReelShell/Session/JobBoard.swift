import JobEngine
import Journal
import Synchronization
import TerminalOutput
import VideoProviderKit

/// What the prompt, the notices and completion know about jobs: kept current from events, read without waiting.
final class JobBoard: Sendable {
    /// What is kept of a job that is asked about: there may be ten thousand, and whole records would take their memory.
    private struct RunningJob {
        var number: Int?
        var progress: Double?
    }

    /// What is expected of a job, with the job as it was last told of.
    private struct Expectation {
        var outlook: JobOutlook
        var job: JobRecord
    }

    private struct State {
        var running: [Int64: RunningJob] = [:]
        /// Jobs under way that nobody asks about: stopped by hand, or because asking was in vain.
        var paused: Set<Int64> = []
        /// Jobs that ended or paused before the start told of them; nil after it.
        var ended: Set<Int64>? = []
        var recent: [JobRecord] = []
        var exchanges: [ExchangeRecord] = []
        /// Successes whose notice waits for their film.
        var awaitingFilm: [Int64: JobEvent] = [:]
        var expectations: [Int64: Expectation] = [:]
        var links: [Int64: LinkLife] = [:]

        mutating func take(_ job: JobRecord) {
            if job.state.isPolled, job.polling == .active {
                paused.remove(job.id)
                running[job.id] = RunningJob(number: job.number, progress: job.progress)
            } else {
                running[job.id] = nil
                ended?.insert(job.id)
                if job.state.isPolled { paused.insert(job.id) } else { paused.remove(job.id) }
            }
        }
    }

    /// Of so many jobs it is known what to expect: a stall of the oldest of a thousand is not what somebody sits waiting
    /// for, and each costs reads of the journal.
    private static let expectationLimit = 100

    private let state = Mutex(State())

    var runningCount: Int { state.withLock(\.running.count) }

    /// The newest of the jobs that are asked about, as many as there may be expectations.
    var newestRunning: [Int64] {
        let running = state.withLock(\.running)
        return running.sorted { ($0.value.number ?? 0) > ($1.value.number ?? 0) }.prefix(Self.expectationLimit).map(
            \.key
        )
    }

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

    /// Whether it should be found out what to expect of `job`: it runs, that is not known yet, and few newer ones do.
    func wantsOutlook(of job: JobRecord) -> Bool {
        guard job.state.isPolled, job.polling == .active else { return false }
        return state.withLock { state in
            guard state.expectations[job.id] == nil else { return false }
            guard state.expectations.count >= Self.expectationLimit else { return true }
            return state.expectations.values.contains { ($0.job.number ?? 0) < (job.number ?? 0) }
        }
    }

    /// `[2 running, 1 paused, j3 42%, j4 link 8 min]`.
    func rightPrompt(in language: Language) -> String {
        var parts: [Message] = []
        let (count, paused, newest) = state.withLock { state in
            let moving = state.running.values.lazy.filter { $0.progress != nil }
            let newest = moving.max { ($0.number ?? 0) < ($1.number ?? 0) }
            return (state.running.count, state.paused.count, newest)
        }
        if count > 0 { parts.append("\(count) running") }
        if paused > 0 { parts.append("\(paused) paused") }
        if let newest, let number = newest.number, let progress = newest.progress {
            parts.append(Message(verbatim: "j\(number) \(Int((progress * 100).rounded()))%"))
        }
        let now = LocalClock.now
        let links = openLinks.filter { $0.shown(at: now) != nil }
        if let link = links.first, let left = link.shown(at: now) {
            parts.append(links.count == 1 ? "\(link.job) link \(left)" : "\(links.count) links, \(link.job) \(left)")
        }
        return parts.isEmpty ? "" : "[\(language.say(.list(parts)))]"
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
        let running = state.withLock { $0.running.values.compactMap(\.number).sorted() }
        if !running.isEmpty {
            let list = running.map { "j\($0)" }.joined(separator: ", ")
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
        state.withLock { state in
            let ended = state.ended ?? []
            state.ended = nil
            for job in jobs where state.running[job.id] == nil && !ended.contains(job.id) { state.take(job) }
        }
    }

    /// Takes what is expected of `job`; the oldest gives way where there are too many.
    func note(_ outlook: JobOutlook, of job: JobRecord) {
        state.withLock { state in
            // It may have ended while that was found out.
            guard state.running[job.id] != nil else { return }
            state.expectations[job.id] = Expectation(outlook: outlook, job: job)
            guard state.expectations.count > Self.expectationLimit else { return }
            let oldest = state.expectations.min { ($0.value.job.number ?? 0) < ($1.value.job.number ?? 0) }
            if let oldest { state.expectations[oldest.key] = nil }
        }
    }

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
            for job in jobs { state.take(job) }
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
            state.take(event.job)
            state.expectations[event.job.id]?.job = event.job
            state.expectations[event.job.id]?.outlook.take(event.job, at: event.time)
            if event.job.state.isTerminal { state.expectations[event.job.id] = nil }
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
            for id in state.expectations.keys.sorted() {
                guard let job = state.expectations[id]?.job, job.polling == .active,
                    state.expectations[id]?.outlook.takeStall(at: now) == true,
                    let time = state.expectations[id]?.outlook.stall(at: now)
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
            let stalls = state.expectations.values.filter { $0.job.polling == .active }.compactMap(\.outlook.stallsAt)
            let links = state.links.filter { state.awaitingFilm[$0.key] == nil }
                .compactMap { $0.value.nextChange(after: now) }
            return (stalls + links).min()
        }
    }
}
