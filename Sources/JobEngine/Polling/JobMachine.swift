package import Journal
package import VideoProviderKit

/// What a poll means for a job's life.
///
/// A pure struct: outcome in, decision out; no clock, no network.
package struct JobMachine: Sendable, Hashable {
    /// How a poll ended.
    package enum Outcome: Sendable, Hashable {
        /// The vendor answered.
        case snapshot(Snapshot)
        /// The call failed. Says nothing about the task.
        case fault(Fault)
    }

    /// When to ask again.
    package enum Next: Sendable, Hashable {
        /// By the schedule, as after an answer.
        case scheduled
        /// By the schedule, as after a failure.
        case backoff
        /// After this long.
        case after(Duration)
        /// Not by itself.
        case never
    }

    /// What to do.
    package struct Decision: Sendable, Hashable {
        /// What to store.
        package var result: PollResult
        /// When to ask again.
        package var next: Next
        /// A word seen for the first time that is in no table.
        package var unmappedWord: String?
        /// Whether the credentials of the account need attention.
        package var pausesAccount = false
        /// Whether nothing more is asked of this server.
        package var pausesOrigin = false
        /// Whether the answers have been unreadable for so long that somebody should look at one.
        package var isUnreadable = false

        /// Leaves a success what it is: a look at it, for a fresh link too, takes nothing back.
        mutating func keepSuccess() {
            if let phase = result.snapshot?.phase, phase != .succeeded { result.snapshot = nil }
            (result.state, result.fault, result.polling) = (nil, nil, nil)
            (next, unmappedWord) = (.never, nil)
        }
    }

    private static let noOutputWaits: [Duration] = [.seconds(2), .seconds(5), .seconds(10)]
    private static let invisibleFor = Duration.seconds(60)
    private static let missingGap = Duration.seconds(10)
    private static let unreadableLimit = 5
    private static let repeatedLimit = 3
    private static let repeatedTime = Duration.seconds(300)

    /// The age at which an unfinished job is no longer asked about by itself.
    package static let horizon = Duration.seconds(86400)

    private let horizon: Duration
    private var state: JobState
    private var emptySuccesses = 0
    private var missing = 0
    private var missingSince: Duration?
    private var repeatedFaults = 0
    private var repeatedSince: Duration?
    private var unreadable = 0
    private var seenWords: Set<String> = []

    /// Continues from `state`, up to the age `horizon`.
    package init(state: JobState, horizon: Duration = Self.horizon) {
        self.state = state
        self.horizon = horizon
    }

    /// Takes the outcome of a poll made at `age` after the receipt.
    package mutating func take(_ outcome: Outcome, age: Duration) -> Decision {
        switch outcome {
        case .snapshot(let snapshot): take(snapshot, age)
        case .fault(let fault): take(fault, age)
        }
    }

    private mutating func take(_ snapshot: Snapshot, _ age: Duration) -> Decision {
        missing = 0
        missingSince = nil
        forgetRepeated()
        unreadable = 0
        if case .succeeded = snapshot.phase, snapshot.assets.isEmpty { return takeEmptySuccess(snapshot) }
        emptySuccesses = 0
        var result = PollResult(snapshot: snapshot)
        guard let next = JobState(snapshot.phase) else {
            let word = snapshot.word ?? ""
            let isNew = seenWords.insert(word).inserted
            return goOn(result, age, unmapped: isNew ? word : nil)
        }
        if next != state {
            result.state = next
            state = next
        }
        if next.isTerminal {
            result.fault = snapshot.fault
            return Decision(result: result, next: .never)
        }
        return goOn(result, age, unmapped: nil)
    }

    // A status word without a film: vendors publish the link a moment later, so it is asked three times more.
    private mutating func takeEmptySuccess(_ snapshot: Snapshot) -> Decision {
        var shown = snapshot
        guard emptySuccesses == Self.noOutputWaits.count else {
            shown.phase = .running
            shown.fault = nil
            emptySuccesses += 1
            // A job that is over already stays what it is.
            let isNew = state != .running && !state.isTerminal
            if isNew { state = .running }
            return Decision(
                result: PollResult(snapshot: shown, state: isNew ? .running : nil),
                next: .after(Self.noOutputWaits[emptySuccesses - 1])
            )
        }
        shown.phase = .failed
        let fault =
            snapshot.fault
            ?? Fault(
                .noOutput,
                "The vendor says \(snapshot.word ?? "succeeded") and names no film with an http(s) link."
            )
        state = .failed
        return Decision(result: PollResult(snapshot: shown, state: .failed, fault: fault), next: .never)
    }

    private func goOn(_ result: PollResult, _ age: Duration, unmapped: String?) -> Decision {
        guard age < horizon else {
            var result = result
            result.polling = .paused(.horizon)
            return Decision(result: result, next: .never, unmappedWord: unmapped)
        }
        return Decision(result: result, next: .scheduled, unmappedWord: unmapped)
    }

    private mutating func take(_ fault: Fault, _ age: Duration) -> Decision {
        // Somebody asked about a job that is over; that it could not be answered changes nothing about it.
        guard !state.isTerminal else { return Decision(result: PollResult(), next: .never) }
        let isUnreadable = fault.kind == .decoding || fault.kind == .tooLarge
        unreadable = isUnreadable ? unreadable + 1 : 0
        switch fault.kind {
        case _ where fault.blamesKey:
            return Decision(
                result: PollResult(polling: .paused(.credentials)),
                next: .never,
                pausesAccount: true
            )
        case .certificate:
            return Decision(
                result: PollResult(polling: .paused(.certificate)),
                next: .never,
                pausesOrigin: true
            )
        case .local:
            // Only a cassette that is played answers so, and it will say the same each time.
            return Decision(result: PollResult(polling: .paused(.notRecorded)), next: .never)
        case .taskNotFound:
            return takeMissing(fault, age)
        case .endpointNotFound, .invalidRequest, .unsupported, .modelNotFound, .permission:
            // A firewall, a deployment or a proxy says so for a minute; only what stays is worth a rest. What a server says
            // of the request itself it will say again.
            let mayPass = fault.kind == .endpointNotFound || fault.kind == .permission
            let since = repeatedSince ?? age
            repeatedSince = since
            repeatedFaults += 1
            let isBrief = mayPass && age - since < Self.repeatedTime
            guard repeatedFaults < Self.repeatedLimit || isBrief else {
                return Decision(result: PollResult(polling: .paused(.repeatedFault)), next: .never)
            }
        default:
            forgetRepeated()
        }
        guard age < horizon else {
            return Decision(result: PollResult(polling: .paused(.horizon)), next: .never)
        }
        return Decision(
            result: PollResult(),
            next: .backoff,
            isUnreadable: isUnreadable && unreadable == Self.unreadableLimit
        )
    }

    private mutating func forgetRepeated() { (repeatedFaults, repeatedSince) = (0, nil) }

    private mutating func takeMissing(_ fault: Fault, _ age: Duration) -> Decision {
        // Right after the submit a task may not be visible everywhere yet.
        guard age >= Self.invisibleFor else { return Decision(result: PollResult(), next: .backoff) }
        if let since = missingSince, age - since < Self.missingGap {
            return Decision(result: PollResult(), next: .after(Self.missingGap - (age - since)))
        }
        missing += 1
        missingSince = age
        guard missing < 3 else {
            state = .expired
            return Decision(result: PollResult(state: .expired, fault: fault), next: .never)
        }
        return Decision(result: PollResult(), next: .after(Self.missingGap))
    }
}

extension Fault {
    private static let keyWords = [
        "api key", "apikey", "access key", "invalid key", "token", "credential", "unauthorized", "unauthenticated",
        "密钥", "令牌", "鉴权",
    ]

    /// Whether a server refuses the key: by its status or the provider's table, or by the words of a 403.
    ///
    /// Firewalls answer 403 too, and know nothing of keys.
    package var blamesKey: Bool {
        switch kind {
        case .auth: return true
        case .permission:
            let words = "\(vendorCode ?? "") \(message)".lowercased().replacing("_", with: " ").replacing(
                "-",
                with: " "
            )
            return Self.keyWords.contains { words.contains($0) }
        default: return false
        }
    }
}
