import VideoProviderKit

/// When a call may be repeated, by what a provider says about its fault.
enum RetryAdvice: String {
    case never
    case later
    /// The task may exist and be billed.
    case ambiguous

    init(_ fault: Fault, during call: UpstreamCall) {
        switch fault.kind {
        case .rateLimited: self = call == .submit && fault.isPermanent ? .never : .later
        case .overloaded: self = call != .submit || fault.accepted == .no ? .later : .ambiguous
        case .timeout, .server, .decoding: self = call == .submit ? .ambiguous : .later
        default: self = .never
        }
    }
}
