import Journal
import LosslessJSON
import VideoProviderKit

/// All that is known of one job, gathered once for the views that tell its story.
struct JobDossier: Sendable {
    let job: JobRecord
    /// Oldest first, bodies included.
    let exchanges: [ExchangeRecord]
    /// What the polls said, equal ones in a row as one.
    let snapshots: [SnapshotRecord]
    let assets: [AssetRecord]

    static func gather(_ job: JobRecord, _ session: ShellSession) async throws(ShellFailure) -> JobDossier {
        let exchanges = try await References(session: session).exchanges(of: job)
        do throws(JournalError) {
            return JobDossier(
                job: try await session.journal.job(id: job.id) ?? job,
                exchanges: exchanges,
                snapshots: try await session.journal.snapshots(job: job.id),
                assets: try await session.journal.assets(job: job.id)
            )
        } catch {
            throw ShellFailure(error)
        }
    }

    /// The submit that was accepted, or the last one tried.
    var submit: ExchangeRecord? { exchanges.last { $0.call == .submit } }

    /// The questions about its state, oldest first.
    var polls: [ExchangeRecord] { exchanges.filter { $0.call == .status } }

    /// How it went, step by step.
    var steps: [Step] { TimelineBuilder(self).steps }

    func exchange(_ number: Int) -> ExchangeRecord? { exchanges.first { $0.number == number } }

    /// A stretch of a job's life in which nothing changed but progress.
    struct Step: Sendable {
        /// When it began and when something else was first heard.
        var start: UpstreamTime
        var end: UpstreamTime
        /// The vendor's word; nil for what is not a poll.
        var word: String?
        /// The state it was taken for: `submitted`, `queued`, `unmapped`, `saved`.
        var state: String
        /// How many polls said so.
        var polls: Int
        /// How many polls in it failed, with the status of the last failure.
        var retried = 0
        var retryReason: String?
        /// The first and last exchange.
        var exchanges: ClosedRange<Int>?
        /// Progress when it began and ended.
        var progress: ClosedRange<Double>?
        /// More to say: the vendor's id, the link's life.
        var note: String?
        /// Whether a film, a failure or the like ends the story here.
        var isTerminal = false

        /// How long it lasted.
        var duration: Duration { .milliseconds(max(0, end.milliseconds - start.milliseconds)) }
    }
}

/// Puts a job's exchanges and snapshots together into steps.
private struct TimelineBuilder {
    let dossier: JobDossier
    var steps: [JobDossier.Step] = []

    init(_ dossier: JobDossier) {
        self.dossier = dossier
        addSubmit()
        addPolls()
        addRetries()
        close()
        addDownload()
    }

    private mutating func addSubmit() {
        let job = dossier.job
        guard let submit = dossier.submit else { return }
        var step = JobDossier.Step(
            start: submit.startedAt,
            end: submit.startedAt,
            word: nil,
            state: job.submittedAt != nil ? "submitted" : job.state.shown,
            polls: 0,
            exchanges: submit.number...submit.number
        )
        step.note = job.receipt.map { "task \($0.taskID)" } ?? job.fault.flatMap(FaultWords.why)
        let tries = dossier.exchanges.filter { $0.call == .submit }.count
        if tries > 1 { step.retried = tries - 1 }
        steps.append(step)
    }

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
        for poll in dossier.polls where poll.fault != nil || poll.failurePhase != nil {
            let reason = poll.status.map(String.init) ?? poll.failurePhase.flatMap(FaultWords.doing) ?? "no answer"
            guard let index = steps.lastIndex(where: { ($0.exchanges?.lowerBound ?? 0) <= poll.number }) else {
                continue
            }
            steps[index].retried += 1
            steps[index].retryReason = reason
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
                    "link \(DurationText.rough(.milliseconds(expiry.milliseconds - asset.seenAt.milliseconds)))"
            }
        default: steps[last].note = job.fault.flatMap(FaultWords.why)
        }
    }

    private mutating func addDownload() {
        let parts = dossier.exchanges.filter { $0.call == .content }
        guard let first = parts.first, let last = parts.last else { return }
        var step = JobDossier.Step(
            start: first.startedAt,
            end: UpstreamTime(milliseconds: last.startedAt.milliseconds + last.timing.total.microseconds / 1000),
            word: nil,
            state: dossier.assets.contains { $0.state == .saved } ? "saved" : "download",
            polls: 0,
            exchanges: first.number...last.number
        )
        step.note = dossier.assets.first.flatMap(\.path)
        step.retried = parts.count - 1
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
