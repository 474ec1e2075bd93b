package import Journal
package import VideoProviderKit

/// What the user asked for beside the draft.
package struct SubmitOptions: Sendable {
    /// The user already agreed to send an equal draft again.
    package var allowsEqual = false
    /// A note to keep with the job.
    package var note: String?
    /// Called when an attempt was not accepted and another will follow after the wait.
    package var onHold: @Sendable (Fault, Duration) -> Void = { _, _ in }

    /// Makes the defaults.
    package init() {}
}

/// How a submit ended.
package struct SubmitReport: Sendable {
    /// The end.
    package enum End: Sendable {
        /// The draft has errors; nothing was stored or sent.
        case invalid([DraftProblem])
        /// An equal draft is under way or was just accepted; nothing was stored or sent.
        case equal(JobRecord)
        /// The receipt is stored.
        case submitted(JobRecord, Snapshot)
        /// The vendor refused; nothing was accepted.
        case rejected(Fault)
        /// Nothing was sent, or nothing of it accepted.
        case unsent(Fault)
        /// No clear answer.
        case unconfirmed(JobRecord, Fault)
        /// Accepted, but the journal cannot store the receipt: the id must be shown at once.
        case receiptNotStored(Receipt, String)
    }

    /// The end.
    package var end: End
    /// The last exchange, `r3`.
    package var exchange: ExchangeRecord?
    /// What deserves a warning about the draft.
    package var warnings: [DraftProblem] = []
}
