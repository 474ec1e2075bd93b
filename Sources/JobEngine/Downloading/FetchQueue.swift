/// The films that wait to be saved unasked: those whose links die first come first, and none before its time.
///
/// Jobs are noted at once, from anywhere; when their links die is looked up before they are taken.
struct FetchQueue: Sendable {
    /// A film that waits.
    struct Entry: Sendable, Hashable {
        var job: Int64
        /// On the engine's clock; nil when the vendor promises no life.
        var expires: Duration?
        /// Not to be taken before.
        var due: Duration
    }

    private(set) var arrived: [Int64] = []
    private var waiting: [Entry] = []

    /// Notes a job whose film is there.
    mutating func append(_ job: Int64) { arrived.append(job) }

    /// The jobs noted since the last call, to be looked up and added.
    mutating func takeArrived() -> [Int64] {
        defer { arrived = [] }
        return arrived
    }

    /// Adds an entry, in place of an earlier one of the same job.
    mutating func add(_ entry: Entry) {
        waiting.removeAll { $0.job == entry.job }
        waiting.append(entry)
    }

    /// The next job whose time has come: the one whose link dies first, and those without an end last.
    mutating func take(at now: Duration) -> Int64? {
        let due = waiting.indices.filter { waiting[$0].due <= now }
        let next = due.min { left, right in
            let (first, second) = (waiting[left], waiting[right])
            return (first.expires ?? .seconds(Int64.max >> 1), first.job)
                < (second.expires ?? .seconds(Int64.max >> 1), second.job)
        }
        return next.map { waiting.remove(at: $0).job }
    }

    /// When the next film may be taken that may not yet.
    func nextDue(after now: Duration) -> Duration? { waiting.map(\.due).filter { $0 > now }.min() }
}
