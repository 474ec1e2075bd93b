import Synchronization

/// A request on its way from the caller to the transport's thread, and the way back.
struct Ticket: Sendable {
    typealias Outcome = Result<WireReply, TransportFailure>

    let key: Key
    let plan: RequestPlan
    let continuation: CheckedContinuation<Outcome, Never>

    /// Names a request, also before it has a ticket: the caller may be cancelled that early.
    final class Key: Sendable, Hashable {
        private let cancelled = Atomic<Bool>(false)

        var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

        func cancel() {
            cancelled.store(true, ordering: .releasing)
        }

        static func == (first: Key, second: Key) -> Bool {
            first === second
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(ObjectIdentifier(self))
        }
    }
}
