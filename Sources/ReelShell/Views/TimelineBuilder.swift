import Journal
import VideoProviderKit

/// Puts a job's exchanges and snapshots together into steps.
struct TimelineBuilder {
    let dossier: JobDossier
    var steps: [JobDossier.Step] = []

    init(_ dossier: JobDossier) {
        self.dossier = dossier
        addSubmits()
        addPolls()
        addRetries()
        close()
        addPause()
        addDownload()
    }

    /// Each submit that failed is a step of its own: what was sent, when, and what came of it.
    private mutating func addSubmits() {
        let job = dossier.job
        let submits = dossier.exchanges.filter { $0.call == .submit }
        for submit in submits {
            let isLast = submit.number == submits.last?.number
            var step = JobDossier.Step(
                start: submit.startedAt,
                end: Self.end(of: submit),
                word: nil,
                state: "submitted",
                polls: 0,
                exchanges: submit.number...submit.number
            )
            if submit.isError {
                let isUnclear = isLast && (job.hasReceipt || job.state == .submitUnknown || job.state == .lost)
                step.state = isUnclear ? "unconfirmed" : "not accepted"
                step.note = Self.reason(submit)
            } else {
                step.end = step.start
                step.note = job.receipt.map { "task \($0.taskID)" }
            }
            steps.append(step)
        }
        // Its id came another way than in the answer.
        guard let last = submits.last, last.isError, let receipt = job.receipt, let time = job.submittedAt else {
            return
        }
        var step = JobDossier.Step(start: time, end: time, word: nil, state: "adopted", polls: 0)
        step.note = "task \(receipt.taskID)"
        steps.append(step)
    }

    private static func end(of exchange: ExchangeRecord) -> UpstreamTime {
        UpstreamTime(milliseconds: exchange.startedAt.milliseconds + exchange.timing.total.microseconds / 1000)
    }

    /// `503, 50505 "Model service overloaded"`, or in which phase it failed.
    private static func reason(_ exchange: ExchangeRecord) -> Message {
        let words = exchange.fault.flatMap(FaultWords.why) ?? exchange.failureText
        return .list([status(exchange), words.map(Message.init(recognizing:))].compactMap(\.self))
    }

    /// `503`, or `while waiting` where no answer came.
    private static func status(_ exchange: ExchangeRecord) -> Message { FaultWords.answer(exchange) }

    private mutating func addPolls() {
        for snapshot in dossier.snapshots {
            // The answer to the submit may report a state too; it belongs to the submit's step.
            if let submit = dossier.submit, snapshot.exchanges.upperBound <= submit.number { continue }
            let state = snapshot.phase == "unknown" ? "unmapped" : snapshot.phase
            if let last = steps.last, last.polls > 0, last.word == snapshot.word, last.state == state {
                steps[steps.count - 1].extend(snapshot)
                continue
            }
            var step = JobDossier.Step(
                start: snapshot.times.lowerBound,
                end: snapshot.times.upperBound,
                word: snapshot.word,
                state: state,
                polls: snapshot.count,
                exchanges: snapshot.exchanges
            )
            step.progress = snapshot.progress.map { $0...$0 }
            step.isTerminal = ["succeeded", "failed", "cancelled", "expired"].contains(snapshot.phase)
            steps.append(step)
        }
    }

    /// Polls that failed belong to the step in which they happened; some may come before the first answer.
    private mutating func addRetries() {
        for poll in dossier.polls where poll.isError {
            let index = steps.lastIndex { step in
                step.exchanges.map { $0.lowerBound <= poll.number } ?? (step.start <= poll.startedAt)
            }
            guard let index else { continue }
            steps[index].retried += 1
            steps[index].retryReason = Self.status(poll)
        }
    }

    /// A step lasts until the next begins.
    private mutating func close() {
        for index in steps.indices.dropLast() where !steps[index].isTerminal {
            steps[index].end = steps[index + 1].start
        }
        guard let last = steps.indices.last, steps[last].isTerminal else { return }
        steps[last].end = steps[last].start
        let job = dossier.job
        switch job.state {
        case .succeeded:
            if let asset = dossier.assets.first, let expiry = asset.expiresAt {
                steps[last].note =
                    "link \(DurationText.said(.milliseconds(expiry.milliseconds - asset.seenAt.milliseconds)))"
            }
        default: steps[last].note = job.fault.flatMap(FaultWords.why).map(Message.init(recognizing:))
        }
    }

    /// That nobody asks any more is no end, and not to be mistaken for one.
    private mutating func addPause() {
        let job = dossier.job
        guard case .paused(let reason) = job.polling, !job.state.isTerminal, let last = dossier.polls.last else {
            return
        }
        let time = Self.end(of: last)
        if let index = steps.indices.last { steps[index].end = time }
        var step = JobDossier.Step(start: time, end: time, word: nil, state: "paused", polls: 0)
        step.note = JobView.words(reason)
        steps.append(step)
    }

    private mutating func addDownload() {
        let parts = dossier.exchanges.filter { $0.call == .content }
        guard let first = parts.first, let last = parts.last else { return }
        let failed = parts.filter(\.isError)
        var step = JobDossier.Step(
            start: first.startedAt,
            end: Self.end(of: last),
            word: nil,
            state: dossier.lacksFilm
                ? "not saved" : dossier.assets.contains { $0.state == .saved } ? "saved" : "download",
            polls: 0,
            exchanges: first.number...last.number
        )
        step.note =
            dossier.lacksFilm
            ? failed.last.map(Self.reason) : dossier.assets.first.flatMap(\.path).map(Message.init(verbatim:))
        step.retried = dossier.lacksFilm ? failed.count - 1 : failed.count
        step.retryReason = step.retried > 0 ? failed.last.map(Self.status) : nil
        steps.append(step)
    }
}

extension JobDossier.Step {
    fileprivate mutating func extend(_ snapshot: SnapshotRecord) {
        end = snapshot.times.upperBound
        polls += snapshot.count
        if let range = exchanges { exchanges = range.lowerBound...max(range.upperBound, snapshot.exchanges.upperBound) }
        guard let value = snapshot.progress else { return }
        progress = progress.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
}
