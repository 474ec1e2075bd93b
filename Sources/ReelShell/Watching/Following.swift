import JobEngine
import Journal
import VideoProviderKit

/// What is known of the jobs being followed.
struct Following {
    let until: String?
    let savesFilms: Bool
    private var jobs: [Int64: JobRecord] = [:]
    private var openIDs: Set<Int64> = []
    private var filmsToCome: Set<Int64> = []
    private var pollFaults: [Int64: String] = [:]
    /// What kept a job from being asked about, or its film from being saved.
    private var failures: [Int64: ExitCode] = [:]
    /// Why films were not saved.
    private(set) var unsaved: [Int64: Fault] = [:]

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
        case .failed, .rejected, .unsent: ExitCode(job.fault?.kind ?? .taskFailed)
        case .cancelled, .expired, .lost: .taskEnded
        case .submitUnknown: .unconfirmed
        default: failures[job.id]
        }
    }

    func isOpen(_ id: Int64) -> Bool { openIDs.contains(id) }

    mutating func start(_ job: JobRecord, hasFilmToCome: Bool) {
        jobs[job.id] = job
        if !isOver(job) { openIDs.insert(job.id) }
        if case .paused(let reason) = job.polling, !job.state.isTerminal { failures[job.id] = Self.code(reason) }
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
        case .saved(let film): if film.others == 0 { filmsToCome.remove(event.job.id) }
        case .fetchFailed(let fault):
            filmsToCome.remove(event.job.id)
            failures[event.job.id] = ExitCode(fault.kind)
            unsaved[event.job.id] = fault
        case .paused(let reason, _):
            openIDs.remove(event.job.id)
            failures[event.job.id] = Self.code(reason)
        default: break
        }
        return before
    }

    /// All jobs, oldest first.
    var all: [JobRecord] { jobs.values.sorted { ($0.number ?? 0) < ($1.number ?? 0) } }

    private static func code(_ reason: Polling.Reason) -> ExitCode {
        switch reason {
        case .credentials: .credentials
        case .certificate: .network
        case .repeatedFault: .taskEnded
        case .horizon, .user: .waitTimedOut
        case .notRecorded: .local
        }
    }

    private func isOver(_ job: JobRecord) -> Bool {
        job.state.isTerminal || job.state == .submitUnknown || job.polling != .active || job.state.shown == until
    }
}
