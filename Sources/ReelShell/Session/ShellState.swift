import JobEngine
import VideoProviderKit

/// What a session remembers between commands.
struct ShellState: Sendable {
    /// The instance in use.
    var instance: InstanceName
    /// The instance before, for `use -`.
    var previousInstance: InstanceName?
    /// The draft for the instance in use.
    var draft = Draft()
    /// Earlier drafts, for `undo`; newest last.
    var history: [Draft] = []
    /// Values that found no place when a draft was carried away from a provider, to be given back on return.
    var lost: [ProviderID: Draft] = [:]
    /// The exchange last printed, and the one before.
    var last: Int?
    var previous: Int?
    /// The job last named or created here.
    var job: Int?
    /// The last entry, for `!!`.
    var entry: String?
    /// The last failure, for `errors`.
    var failure: ShellFailure?
    /// Models learned by `models --refresh`, by provider.
    var models: [ProviderID: [ModelAdvice]] = [:]
    /// Jobs being submitted or watched in the foreground; their notices are left out.
    var watched: Set<Int64> = []

    /// Notes that an exchange was printed.
    mutating func printed(_ exchange: Int?) {
        guard let exchange, exchange > 0, exchange != last else { return }
        previous = last
        last = exchange
    }

    /// Replaces the draft, keeping the old one for `undo`.
    mutating func replaceDraft(_ new: Draft) {
        guard new != draft else { return }
        history.append(draft)
        if history.count > 100 { history.removeFirst() }
        draft = new
    }
}
