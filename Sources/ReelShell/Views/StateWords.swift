import Journal

/// Where a job stands, in the words of a sentence; in columns and `--json` the state's own word stands.
enum StateWords {
    /// Every word that stands in a column, in order.
    static var all: String { Set(JobState.allCases.map(\.shown)).sorted().joined(separator: ", ") }

    /// The state's own word, said in a sentence: `succeeded`.
    static func said(_ state: JobState) -> Message {
        switch state {
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .expired: "expired"
        case .lost: "lost"
        case .submitUnknown: "unconfirmed"
        case .intended, .sending: "submitting"
        case .held: "waiting"
        case .submitted, .queued: "queued"
        case .running: "running"
        case .unsent, .rejected: Message(verbatim: state.shown)
        }
    }

    /// `has succeeded`, `is queued`.
    static func has(_ state: JobState) -> Message {
        switch state {
        case .succeeded: "has succeeded"
        case .failed, .rejected, .unsent: "has failed"
        case .cancelled: "is cancelled"
        case .expired: "has expired"
        case .lost: "is lost"
        case .submitUnknown: "is unconfirmed"
        case .intended, .sending: "is being submitted"
        case .held: "is waiting"
        case .submitted, .queued: "is queued"
        case .running: "is running"
        }
    }
}
