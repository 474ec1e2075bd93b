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

    /// Whether the task succeeded and its film could not be had.
    var lacksFilm: Bool {
        job.state == .succeeded && !assets.contains { $0.state == .saved || $0.state == .finalising }
            && exchanges.contains { $0.call == .content && $0.isError }
    }

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
        /// How many calls in it failed, with the status of the last failure.
        var retried = 0
        var retryReason: Message?
        /// The first and last exchange.
        var exchanges: ClosedRange<Int>?
        /// Progress when it began and ended.
        var progress: ClosedRange<Double>?
        /// More to say: the vendor's id, the link's life.
        var note: Message?
        /// Whether a film, a failure or the like ends the story here.
        var isTerminal = false

        /// `3 retried (503)`; nil when nothing was.
        var retries: Message? {
            if retried == 0 { return nil }
            return retryReason.map { "\(retried) retried (\($0))" } ?? "\(retried) retried"
        }

        /// How long it lasted.
        var duration: Duration { .milliseconds(max(0, end.milliseconds - start.milliseconds)) }
    }
}
