package import Journal
import Synchronization
package import VideoProviderKit

/// Something that happened to a job.
///
/// Published after it is on the disk.
package struct JobEvent: Sendable {
    /// What happened.
    package enum Kind: Sendable {
        /// The receipt is stored.
        case submitted
        /// The submit got no clear answer.
        case unconfirmed(Fault)
        /// The state changed, from this one.
        case state(from: JobState)
        /// The vendor's word or progress changed.
        case progress
        /// A word that is in no table; the job is polled on.
        case unmapped(word: String)
        /// A poll failed; the next comes after the wait.
        case retry(Fault, wait: Duration)
        /// Polling paused.
        case paused(Polling.Reason, Fault?)
        /// Polling goes on after a pause.
        case resumed
        /// Five answers in a row could not be read; the exchange holds the last.
        case unreadable(Fault)
        /// Polls fail so long that their distance is the largest; the job is asked about on.
        case unanswered(Fault)
        /// Answers come but cannot be stored; the job is asked about all the same.
        case unstored(Fault)
        /// Tasks the vendor lists that may be this unconfirmed job.
        case candidates([String])
        /// A film was saved.
        case saved(SavedFilm)
        /// The link to a film is refused, a fresh one too; it is asked for on, for about a minute and a half.
        case linkRefused(Fault)
        /// A film could not be saved, for now or for good.
        case fetchFailed(Fault)
    }

    /// How an event stands to equal ones of other jobs that happened at once and for one reason.
    package enum Crowd: Sendable, Hashable {
        /// It happened to this job alone.
        case alone
        /// It happened to so many jobs at least, this one included; who takes only this event misses none of them.
        ///
        /// Polls that are under way at the time may find the same.
        case first(of: Int)
        /// One of those was told already.
        case further
    }

    /// When.
    package var time: UpstreamTime
    /// The job after the event.
    package var job: JobRecord { contents.value.job }
    /// The exchange that brought it, `r17`.
    package var exchange: Int?
    /// What happened.
    package var kind: Kind { contents.value.kind }
    /// In a box: a queue keeps the room of its longest time.
    private let contents: Box<(job: JobRecord, kind: Kind)>
    /// Whether it happened to others, too.
    package var crowd = Crowd.alone

    /// Makes an event, also for what another process did.
    package init(time: UpstreamTime, job: JobRecord, exchange: Int?, kind: Kind) {
        self.time = time
        self.exchange = exchange
        contents = Box((job, kind))
    }
}

/// A film on the disk.
package struct SavedFilm: Sendable, Hashable {
    /// Where.
    package var path: String
    /// Bytes.
    package var size: Int
    /// SHA-256.
    package var sha256: [UInt8]
    /// What the file itself says.
    package var film: FilmFacts?
    /// When the link it came from dies.
    package var linkExpiresAt: UpstreamTime?
    /// How many more films the job has that are still to be saved.
    package var others = 0

    /// Makes a film.
    package init(
        path: String,
        size: Int,
        sha256: [UInt8],
        film: FilmFacts? = nil,
        linkExpiresAt: UpstreamTime? = nil,
    ) {
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.film = film
        self.linkExpiresAt = linkExpiresAt
    }
}

/// Hands events to any number of subscribers, each with its own queue.
final class EventHub: Sendable {
    private struct State {
        var next = 0
        var subscribers: [Int: AsyncStream<JobEvent>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func subscribe(endingAfter limit: Duration?, clock: any EngineClock) -> AsyncStream<JobEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: JobEvent.self)
        let timer = limit.map { limit in
            let deadline = clock.now + limit
            return Task {
                try? await clock.sleep(until: deadline)
                continuation.finish()
            }
        }
        let id = state.withLock { state in
            state.next += 1
            state.subscribers[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            timer?.cancel()
            self?.remove(id)
        }
        return stream
    }

    func publish(_ event: JobEvent) {
        for subscriber in state.withLock({ Array($0.subscribers.values) }) { subscriber.yield(event) }
    }

    private func remove(_ id: Int) { state.withLock { _ = $0.subscribers.removeValue(forKey: id) } }
}
