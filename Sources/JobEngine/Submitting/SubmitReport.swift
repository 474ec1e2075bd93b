package import Journal
package import VideoProviderKit

/// What the user asked for beside the draft.
package struct SubmitOptions: Sendable {
    /// The user already agreed to send an equal draft again.
    package var allowsEqual = false
    /// The user already agreed to send although it is likely to fail.
    package var allowsDoubts = false
    /// A note to keep with the job.
    package var note: String?
    /// Called when an attempt was not accepted and another will follow after the wait, with the exchange as stored.
    package var onHold: @Sendable (Fault, Duration, ExchangeRecord?) -> Void = { _, _, _ in }

    /// Called at once when the vendor took it and the receipt cannot be stored; storing is tried on for a while.
    package var onUnstored: @Sendable (Receipt, JournalError) -> Void = { _, _ in }

    /// Makes the defaults.
    package init() {}
}

/// Why a submit is likely to be in vain, or its film to be lost; the user decides.
package enum SubmitDoubt: Sendable, Hashable {
    /// The account had no money or quota left at its last submit.
    case refused(Fault, at: UpstreamTime)
    /// The server has not answered for a while.
    case unreachable(String)
    /// So many jobs run that each is seen too seldom for the life of its link.
    case tooMany(jobs: Int, seenEvery: Duration, life: Duration)
    /// A damaged journal may have taken jobs along, and this draft may be one of them.
    case jobsLost(at: UpstreamTime)
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
        /// There are reasons to ask first; nothing was stored or sent.
        case doubtful([SubmitDoubt])
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
