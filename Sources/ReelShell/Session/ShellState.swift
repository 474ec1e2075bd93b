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
    /// What was before each change, for `undo`; newest last.
    private(set) var history: [DraftStep] = []
    /// How values were spelled at the providers left, to be given back on return.
    private(set) var trail = DraftTrail()
    /// The exchange last printed, and the one before.
    var last: Int?
    var previous: Int?
    /// The job last named or created here.
    var job: Int?
    /// The last entry, for `!!`.
    var entry: String?
    /// The last failure, for `errors`.
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
    /// Until when a watch that has come to its end has told of a job.
    var toldUntil: [Int64: UpstreamTime] = [:]
    /// What tells the jobs of a set from each other, for the rows they are watched in.
    var labels: [Int64: String] = [:]

    /// Notes that an exchange was printed.
    mutating func printed(_ exchange: Int?) {
        guard let exchange, exchange > 0, exchange != last else { return }
        previous = last
        last = exchange
    }

    /// Whether an event of `job` at `time` is told in the foreground.
    func isTold(_ job: Int64, at time: UpstreamTime) -> Bool {
        watched.contains(job) || toldUntil[job].map { time.milliseconds <= $0.milliseconds } ?? false
    }

    /// Replaces the draft, keeping the old one for `undo`; with `name` it is one for that provider.
    mutating func replaceDraft(_ new: Draft, for name: InstanceName? = nil) {
        let moves = name != nil && name != instance
        guard new != draft || moves else { return }
        keep()
        if moves, let name {
            previousInstance = instance
            instance = name
            // It was not carried over: nothing of it is a value of before.
            trail = DraftTrail()
        }
        draft = new
        // An earlier entry or job gave these values; they are offered again as they were typed.
        for (name, value) in new.values { remember(value.text, for: name) }
    }

    /// Goes to another provider with what it can take of the draft.
    mutating func use(_ next: ProviderInstance, from current: ProviderInstance) -> DraftTrail.Arrival {
        keep()
        let arrival = trail.carry(draft, from: current.descriptor, to: next.descriptor)
        previousInstance = current.name
        instance = next.name
        draft = arrival.draft
        return arrival
    }

    /// Takes the last change back.
    ///
    /// - Returns: the draft that was taken back and the provider it was for; nil when nothing was changed yet.
    mutating func undo() -> DraftStep? {
        guard let earlier = history.popLast() else { return nil }
        defer {
            instance = earlier.instance
            previousInstance = earlier.previousInstance
            draft = earlier.draft
            trail = earlier.trail
        }
        return step
    }

    private var step: DraftStep {
        DraftStep(instance: instance, previousInstance: previousInstance, draft: draft, trail: trail)
    }

    private mutating func keep() {
        history.append(step)
        if history.count > 100 { history.removeFirst() }
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

/// A draft with the provider it was for.
struct DraftStep: Sendable, Hashable {
    var instance: InstanceName
    var previousInstance: InstanceName?
    var draft: Draft
    var trail: DraftTrail
}

/// A failure of the session, with its place among those in the journal.
struct RememberedFailure: Sendable, Hashable {
    var failure: ShellFailure
    /// The newest exchange there was when it was told.
    var last: Int
    /// What was typed, where that is what was wrong.
    var typed: TypedEntry?

    /// Whether it is what `why` tells of, when `newest` is the last exchange in the journal with something wrong.
    func isFor(why newest: Int) -> Bool { (failure.exchange ?? last) >= newest }
}
