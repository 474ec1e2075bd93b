/// What the vendor gave in return for a submit: all that is needed to ask about the task again, in another process, on
/// another day.
///
/// Opaque to the engine but for ``origin``, which it fills in.
public struct Receipt: Sendable, Hashable, Codable {
    /// The version of the provider's own part.
    public var version: Int
    /// The vendor's id, every digit kept.
    public var taskID: String
    /// What else the provider needs to poll: a sub-path, server-given URLs, the form used.
    public var values: [String: String]
    /// Where the task lives; the engine asks nowhere else.
    public var origin: Origin?

    /// Makes a receipt.
    public init(taskID: String, values: [String: String] = [:], version: Int = 1) {
        self.taskID = taskID
        self.values = values
        self.version = version
    }

    /// The place a task was accepted at.
    public struct Origin: Sendable, Hashable, Codable {
        /// The provider instance, `siliconflow@work`.
        public var instance: String
        /// The base URL at submit time.
        public var baseURL: String
        /// The fingerprint of the key at submit time.
        public var account: String
        /// The model asked for.
        public var model: String?

        /// Makes an origin.
        public init(instance: String, baseURL: String, account: String, model: String?) {
            self.instance = instance
            self.baseURL = baseURL
            self.account = account
            self.model = model
        }
    }
}

/// What an answer to a submit means.
public enum SubmitOutcome: Sendable, Hashable {
    /// A task was created; the snapshot says what the vendor reported along with it.
    case accepted(Receipt, Snapshot)
    /// The vendor answered with the finished task.
    case finished(Receipt, Snapshot)

    /// The receipt in either case.
    public var receipt: Receipt {
        switch self {
        case .accepted(let receipt, _), .finished(let receipt, _): receipt
        }
    }

    /// What was reported along with it.
    public var snapshot: Snapshot {
        switch self {
        case .accepted(_, let snapshot), .finished(_, let snapshot): snapshot
        }
    }
}
