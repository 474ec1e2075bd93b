import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// What happens to jobs, a line each, or one event of `--json`.
struct EventView: Sendable {
    let output: ShellOutput

    /// Whether an event changes what was last shown: state, word, ten percent, an end.
    func deserves(_ event: JobEvent, before: JobRecord?, allChanges: Bool) -> Bool {
        if output.style.isJSON { return true }
        switch event.kind {
        case .progress:
            guard allChanges else { return false }
            let (old, new) = (before?.progress ?? 0, event.job.progress ?? 0)
            return before?.word != event.job.word || Int(old * 10) != Int(new * 10)
        case .state: return allChanges || event.job.state.isTerminal
        case .retry, .submitted: return allChanges
        case .unconfirmed, .unmapped, .paused, .resumed, .unreadable, .unanswered, .unstored, .candidates, .saved,
            .linkRefused, .fetchFailed:
            return true
        }
    }

    /// Shows an event with the time of day before it, and what is expected of the job behind it.
    func show(_ event: JobEvent, _ outlook: JobOutlook? = nil) {
        if output.style.isJSON {
            for (name, fields) in Self.json(event) { output.event(name, fields) }
        } else {
            let line: Message = "\(LocalTime.text(event.time)) \(Self.line(event, outlook))"
            // What a script keeps are the ends; how it came to them stands beside.
            if Self.isEnd(event) { output.tell(line) } else { output.echo([line]) }
        }
    }

    private static func isEnd(_ event: JobEvent) -> Bool {
        switch event.kind {
        case .state: event.job.state.isTerminal
        case .saved, .paused: true
        default: false
        }
    }

    /// `j2 running  InProgress  42%  ~0:20 left`: the state in a column of its own, so that words stand below words.
    static func line(_ job: JobRecord, _ outlook: JobOutlook?, at now: UpstreamTime) -> Message {
        let state = DisplayWidth.padded(job.state.shown, to: 8)
        var parts = JobView.details(job)
        if job.state.isPolled, let rest = outlook?.estimate.rest(since: job.submittedAt, at: now) {
            parts.append(rest.text)
        }
        guard let first = parts.first else { return Message(verbatim: "\(job.name) \(job.state.shown)") }
        return .spaced([Message(verbatim: "\(job.name) \(state) ") + first] + parts.dropFirst())
    }

    /// The line that tells of an event.
    static func line(_ event: JobEvent, _ outlook: JobOutlook? = nil) -> Message {
        let job = event.job
        switch event.kind {
        case .saved(let film):
            let facts = film.film.map { "  \($0.summary)" } ?? ""
            return "\(job.name) saved \(film.path) \(humanBytes(film.size))\(facts)"
        case .fetchFailed(let fault):
            let why = FaultWords.reason(fault)
            return "\(job.name) could not be saved: \(why)\(place(event)); fetch \(job.name) tries again"
        case .unmapped(let word):
            return "\(job.name) unmapped word \"\(TerminalText.words(word))\", still polled"
        case .retry(let fault, let wait):
            let why = FaultWords.reason(fault)
            let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
            let reason: Message = "\(why)\(place(event))"
            return "\(job.name) poll failed: \(reason), again in \(seconds) s"
        case .paused(let reason, let fault):
            let onward = JobView.onward(job, reason)
            return "\(job.name) is not asked about any more: \(JobView.words(reason, fault)); \(onward) goes on"
        case .resumed:
            return "\(job.name) is asked about again"
        case .unanswered(let fault):
            let words = FaultWords.reason(fault)
            return "\(job.name) gets no answer, still asked about once a minute: \(words)"
        case .unreadable(let fault):
            let words = FaultWords.reason(fault)
            return "\(job.name) five answers in a row cannot be read, still polled: \(words)"
        case .unstored(let fault):
            let words = FaultWords.reason(fault)
            return "\(job.name) goes on at the vendor, but nothing can be stored: \(words)"
        case .linkRefused(let fault):
            let words = FaultWords.reason(fault)
            return "\(job.name) the link to its film is refused, still asked for up to a minute and a half: \(words)"
        case .candidates(let ids):
            let list = ids.prefix(3).map { TerminalText.sanitized($0, for: .name) }.joined(separator: ", ")
            return "\(job.name) may be \(list); adopt ID --as \(job.name) settles it"
        case .unconfirmed:
            return "\(job.name) is unconfirmed"
        case .submitted, .state, .progress:
            return line(job, outlook, at: event.time)
        }
    }

    /// ` (r39)`, where an event has an exchange.
    private static func place(_ event: JobEvent) -> String { event.exchange.map { " (r\($0))" } ?? "" }

    /// The events of `--json` that an event makes.
    static func json(_ event: JobEvent) -> [(String, RequestJSON)] {
        var fields: RequestJSON = ["job": .string(event.job.name), "state": .string(event.job.state.shown)]
        if let word = event.job.word { fields.set(.string(word), at: ["word"]) }
        if let exchange = event.exchange { fields.set(.string("r\(exchange)"), at: ["exchange"]) }
        switch event.kind {
        case .submitted: return [("submitted", JobView.json(event.job))]
        case .state, .unconfirmed, .paused, .resumed: return [("state", JobView.json(event.job))]
        case .unreadable(let fault), .unanswered(let fault), .unstored(let fault), .linkRefused(let fault):
            fields.set(.string(fault.kind.rawValue), at: ["kind"])
            fields.set(.string(FaultWords.words(fault)), at: ["why"])
            return [("warning", fields)]
        case .candidates(let ids):
            fields.set(.array(ids.map { .string($0) }), at: ["candidates"])
            return [("state", fields)]
        case .unmapped:
            fields.set(true, at: ["unmapped"])
            return [("state", fields)]
        case .progress:
            if let progress = event.job.progress { fields.set(.number(String(progress)), at: ["progress"]) }
            if let text = event.job.progressText { fields.set(.string(text), at: ["progress_as_sent"]) }
            return [("progress", fields)]
        case .retry(let fault, let wait):
            fields.set(.string(fault.kind.rawValue), at: ["kind"])
            fields.set(.string(FaultWords.why(fault) ?? FaultWords.bare(fault).description), at: ["why"])
            if let trace = fault.traceIDs.first { fields.set(.string(trace.value), at: ["trace"]) }
            fields.set(.number(String(wait.components.seconds)), at: ["wait_s"])
            return [("retry", fields)]
        case .saved(let film):
            fields.set(.string(film.path), at: ["path"])
            fields.set(.number(String(film.size)), at: ["bytes"])
            fields.set(.string(Hex.encode(film.sha256)), at: ["sha256"])
            return [("asset", fields)]
        case .fetchFailed(let fault):
            fields.set(.string(fault.kind.rawValue), at: ["kind"])
            fields.set(.string(FaultWords.words(fault)), at: ["why"])
            return [("error", fields)]
        }
    }
}
