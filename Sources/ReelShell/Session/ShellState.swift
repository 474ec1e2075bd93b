import JobEngine
import OrderedCollections
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
    /// The last failure that says more than that a command was written wrong, for `errors`.
    var failure: RememberedFailure?
    /// Models learned by `models --refresh`, by provider.
    var models: [ProviderID: [ModelAdvice]] = [:]
    /// The user's own words for the beginning of a command.
    var aliases: [String: String] = [:]
    /// How many calls that may be billed were sent.
    var billed = 0
    /// Whether the command that runs was given `--yes`.
    var saysYes = false
    /// How deep scripts call each other.
    var scriptDepth = 0
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
        // An earlier entry or job gave these values; they are offered again as they were typed.
        for (name, value) in new.values { remember(value.text, for: name) }
    }

    /// The values given to parameters in this session, newest first.
    private(set) var recentValues: [ParameterName: [String]] = [:]

    private mutating func remember(_ text: String, for name: ParameterName) {
        guard text.utf8.count <= 200 else { return }
        var values = recentValues[name] ?? []
        guard values.first != text else { return }
        values.removeAll { $0 == text }
        recentValues[name] = Array(([text] + values).prefix(8))
    }
}

/// A failure of the session, with its place among those in the journal.
struct RememberedFailure: Sendable, Hashable {
    var failure: ShellFailure
    /// The newest exchange there was when it was told.
    var last: Int

    /// Whether it is what `why` tells of, when `newest` is the last exchange in the journal with something wrong.
    func isFor(why newest: Int) -> Bool { (failure.exchange ?? last) >= newest }
}
