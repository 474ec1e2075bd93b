package import Transport
package import VideoProviderKit

/// What one attempt to submit turned out to be.
package enum SubmitVerdict: Sendable, Hashable {
    /// The vendor took it.
    case accepted(SubmitOutcome)
    /// The vendor refused it; nothing was accepted.
    case rejected(Fault)
    /// Nothing was accepted; try again after the wait.
    case held(Fault, wait: Duration)
    /// Nothing was accepted, and no more tries.
    case unsent(Fault)
    /// It cannot be told. Never sent again by itself.
    case unknown(Fault)
    /// It cannot be told, but the vendor's replaying key makes another try harmless; try again after the wait.
    case unclear(Fault, wait: Duration)
}

/// Decides what an attempt to submit means.
///
/// Pure: no clock, no network; jitter is handed in.
///
/// Only what provably did not leave, or what the vendor or HTTP says was not accepted, may be sent again.
package struct SubmitJudge: Sendable {
    /// How an attempt ended at the transport and the provider.
    package enum Attempt: Sendable {
        /// A complete reply, with what the provider read in it, and whether its body is an error in the vendor's own form.
        case reply(status: Int, Result<SubmitOutcome, Fault>, isVendors: Bool)
        /// The transport failed; with what the status and the words of a refusal say that was cut short.
        case failure(TransportFailure, answered: Fault? = nil)
    }

    private static let transportAttempts = 3
    private static let transportWindow = Duration.seconds(60)
    private static let totalWindow = Duration.seconds(300)
    private static let longestHint = Duration.seconds(120)

    private static let replayAttempts = 3

    private let refreshes: Bool
    private let replays: Bool
    private var hasRefreshed = false
    private var unclearAttempts = 0
    private var connectFailures = 0
    private var requests = 0

    /// Starts with the first attempt.
    ///
    /// - Parameters:
    ///   - refreshes: whether the credential is signed or fetched anew for each attempt, so that a refused one may just
    ///     have been too old.
    ///   - replays: whether the vendor documents that an equal key gives the answer of the first request.
    package init(refreshes: Bool = false, replays: Bool = false) {
        self.refreshes = refreshes
        self.replays = replays
    }

    /// The verdict on the next attempt, made `elapsed` after the intent; `jitter` lies in 0..<1.
    package mutating func judge(_ attempt: Attempt, elapsed: Duration, jitter: Double) -> SubmitVerdict {
        let verdict: SubmitVerdict =
            switch attempt {
            case .failure(let failure, let answered): judge(failure, answered, elapsed, jitter)
            case .reply(_, .success(let outcome), _): .accepted(outcome)
            case .reply(let status, .failure(let fault), let isVendors):
                judge(status, fault, isVendors, elapsed, jitter)
            }
        return replays ? replayed(verdict, jitter) : verdict
    }

    /// With a replaying key an unclear attempt is repeated; once there was one, no refusal proves that nothing was
    /// accepted.
    private mutating func replayed(_ verdict: SubmitVerdict, _ jitter: Double) -> SubmitVerdict {
        let fault: Fault
        switch verdict {
        case .accepted: return verdict
        case .unknown(let unknown): fault = unknown
        case .rejected(let other), .held(let other, _), .unsent(let other), .unclear(let other, _):
            guard unclearAttempts > 0 else { return verdict }
            fault = unknownAfterAll(other)
        }
        unclearAttempts += 1
        guard unclearAttempts < Self.replayAttempts else { return .unknown(fault) }
        return .unclear(fault, wait: .seconds(0.5 + Double(1 << unclearAttempts) * jitter))
    }

    private func unknownAfterAll(_ fault: Fault) -> Fault {
        var fault = fault
        fault.accepted = .unknown
        fault.charged = .unknown
        return fault
    }

    private mutating func judge(
        _ failure: TransportFailure,
        _ answered: Fault?,
        _ elapsed: Duration,
        _ jitter: Double
    ) -> SubmitVerdict {
        var fault = failure.fault
        if failure.gatePassed {
            if failure.phase == .receiving, let status = failure.partial?.status, !(200..<300).contains(status) {
                // The status of a cut reply is still an answer; its words may be lost.
                return judge(status, answered ?? fault, false, elapsed, jitter)
            }
            fault.kind = .unconfirmed
            return .unknown(fault)
        }
        fault.accepted = .no
        fault.charged = .no
        switch failure.phase {
        case .certificate, .invalid, .cancelled: return .unsent(fault)
        default: break
        }
        connectFailures += 1
        guard connectFailures < Self.transportAttempts, elapsed < Self.transportWindow else { return .unsent(fault) }
        // Full jitter between 0.5 s and a bound that doubles up to 8 s.
        let bound = min(8.0, Double(1 << connectFailures))
        return .held(fault, wait: .seconds(0.5 + (bound - 0.5) * jitter))
    }

    private mutating func judge(
        _ status: Int,
        _ fault: Fault,
        _ isVendors: Bool,
        _ elapsed: Duration,
        _ jitter: Double
    ) -> SubmitVerdict {
        requests += 1
        var fault = fault
        fault.sent = .yes
        // Whatever else it says, an answer that names a task does not say that none was made.
        guard fault.candidates == nil else {
            fault.accepted = .unknown
            return unknown(fault)
        }
        if (200..<300).contains(status) {
            guard fault.accepted != .no else { return rejected(fault) }
            fault.kind = .unconfirmed
            return .unknown(fault)
        }
        if fault.isPermanent { return rejected(fault) }
        switch status {
        case 401, 403:
            let isCredential = fault.kind == .auth || fault.kind == .permission
            guard refreshes, !hasRefreshed, isCredential else { return rejected(fault) }
            hasRefreshed = true
            return .held(fault, wait: .zero)
        case 303, 408: return unknown(fault)
        case 300..<400: return rejected(fault)
        case 425: return hold(fault, elapsed, jitter, requests: 2)
        case 429: return fault.kind == .balance ? rejected(fault) : hold(fault, elapsed, jitter, requests: 4)
        case 501: return rejected(fault)
        case 400..<500: return rejected(fault)
        case 503, 529:
            // A gateway says the same of a request that it passed on and gave up waiting for.
            let isPutOff = isVendors && fault.retryAfter != nil
            guard fault.accepted == .no || isPutOff else { return unknown(fault) }
            return hold(fault, elapsed, jitter, requests: 4)
        default:
            return fault.accepted == .no ? rejected(fault) : unknown(fault)
        }
    }

    private func hold(_ fault: Fault, _ elapsed: Duration, _ jitter: Double, requests limit: Int) -> SubmitVerdict {
        guard requests < limit else { return rejected(fault) }
        let wait: Duration
        if let hint = fault.retryAfter {
            // A later surprise is worse than an error now.
            guard hint <= Self.longestHint else { return rejected(fault) }
            wait = hint + .seconds(jitter)
        } else {
            wait = .seconds(max(0.5, Double(2 << (requests - 1)) * jitter))
        }
        guard elapsed + wait < Self.totalWindow else { return rejected(fault) }
        return .held(fault, wait: wait)
    }

    private func rejected(_ fault: Fault) -> SubmitVerdict {
        var fault = fault
        fault.accepted = .no
        fault.charged = .no
        return .rejected(fault)
    }

    private func unknown(_ fault: Fault) -> SubmitVerdict {
        var fault = fault
        fault.charged = .unknown
        return .unknown(fault)
    }
}
