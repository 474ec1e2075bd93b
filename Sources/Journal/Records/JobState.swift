package import VideoProviderKit

/// Where a job stands, from the intent to its end.
package enum JobState: String, Sendable, Hashable, Codable, CaseIterable {
    /// On disk, not sent.
    case intended
    /// With the transport; bytes may have left.
    case sending
    /// The last attempt was provably not accepted; a repeat is due.
    case held
    /// Given up with nothing accepted.
    case unsent
    /// Refused by the vendor.
    case rejected
    /// The submit got no clear answer; it may be accepted and billed.
    case submitUnknown
    /// Unconfirmed, and written off by the user.
    case lost
    /// The receipt is stored; no snapshot yet.
    case submitted
    /// As last reported.
    case queued
    /// As last reported.
    case running
    /// An asset is stored.
    case succeeded
    /// The vendor's word, or no output.
    case failed
    /// The vendor's word.
    case cancelled
    /// The vendor's word, or the vendor no longer knows the task.
    case expired

    /// The word shown to people.
    package var shown: String {
        switch self {
        case .intended, .sending: "submitting"
        case .held: "waiting"
        case .submitUnknown: "unconfirmed"
        case .submitted: "queued"
        default: rawValue
        }
    }

    /// Whether nothing more happens by itself.
    package var isTerminal: Bool {
        switch self {
        case .unsent, .rejected, .lost, .succeeded, .failed, .cancelled, .expired: true
        case .intended, .sending, .held, .submitUnknown, .submitted, .queued, .running: false
        }
    }

    /// Whether the vendor is asked about it.
    package var isPolled: Bool { self == .submitted || self == .queued || self == .running }

    /// The states the vendor is asked about.
    package static let polled: [JobState] = [.submitted, .queued, .running]

    /// The state a phase leads to; nil for an unknown word, which changes nothing.
    package init?(_ phase: Phase) {
        switch phase {
        case .queued: self = .queued
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        case .expired: self = .expired
        case .unknown: return nil
        }
    }
}

/// Whether a job is being asked about, beside its state.
package enum Polling: Sendable, Hashable, RawRepresentable {
    /// It is.
    case active
    /// It is not, for a reason.
    case paused(Reason)

    /// Why polling pauses.
    package enum Reason: String, Sendable, Hashable {
        /// The user said `stop`.
        case user
        /// The key was refused.
        case credentials
        /// The server's certificate was wrong.
        case certificate
        /// The same fault again and again.
        case repeatedFault
        /// Unfinished after a day.
        case horizon
        /// A cassette is played, and it has no answer to the poll.
        case notRecorded
    }

    /// `active` or `paused:REASON`.
    package var rawValue: String {
        switch self {
        case .active: "active"
        case .paused(let reason): "paused:\(reason.rawValue)"
        }
    }

    /// Reads ``rawValue``; anything unknown is active.
    package init(rawValue: String) {
        let reason = rawValue.hasPrefix("paused:") ? Reason(rawValue: String(rawValue.dropFirst(7))) : nil
        self = reason.map(Polling.paused) ?? .active
    }
}
