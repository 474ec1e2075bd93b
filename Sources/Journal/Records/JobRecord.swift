import GRDB
package import VideoProviderKit

/// A job as the journal holds it.
package struct JobRecord: Sendable, Hashable, Identifiable {
    /// The row, known from the intent on.
    package var id: Int64
    /// The local number, `j3`; given when the task may exist at the vendor.
    package var number: Int?
    /// Where it stands.
    package var state: JobState
    /// Whether it is being asked about.
    package var polling: Polling
    /// The provider's id.
    package var provider: ProviderID
    /// The instance, `siliconflow@work`.
    package var instance: String
    /// The base URL at submit time.
    package var baseURL: String
    /// The fingerprint of the key at submit time.
    package var account: String
    /// The model asked for.
    package var model: String?
    /// The draft as JSON.
    package var draft: String
    /// The client tag.
    package var tag: String
    /// The user's note.
    package var note: String?
    /// When the intent was stored.
    package var createdAt: UpstreamTime
    /// When the receipt was stored.
    package var submittedAt: UpstreamTime?
    /// When it was first seen running.
    package var startedAt: UpstreamTime?
    /// When it ended.
    package var finishedAt: UpstreamTime?
    /// The vendor's last word.
    package var word: String?
    /// The last progress, 0 to 1.
    package var progress: Double?
    /// The last progress as written.
    package var progressText: String?
    /// The place in the vendor's queue.
    package var queuePosition: Int?
    // Decoded when asked for: most readers of a thousand jobs want none of them.
    private let receiptText: String?
    private let factsText: String?
    private let faultText: String?
    /// The process that polls it.
    package var owner: Int64?
    /// How often it changed hands; a write with an older count is refused.
    package var epoch: Int
    /// When the user last had it asked about again.
    package var resumedAt: UpstreamTime?

    /// The receipt, once there is one.
    package var receipt: Receipt? { StoredJSON.decode(receiptText) }

    /// What the vendor reported.
    package var facts: ReportedFacts { StoredJSON.decode(factsText) ?? ReportedFacts() }

    /// Why it ended badly.
    package var fault: Fault? { StoredJSON.decode(faultText) }

    /// `j3`, or `j?` before it has a number.
    package var name: String { number.map { "j\($0)" } ?? "j?" }

    static let selection = """
        SELECT job.*, receipt.value AS receiptValue FROM job LEFT JOIN receipt ON receipt.job = job.id
        """

    init(row: Row) {
        id = row["id"]
        number = row["number"]
        state = JobState(rawValue: row["state"]) ?? .submitUnknown
        polling = Polling(rawValue: row["polling"])
        provider = ProviderID(rawValue: row["provider"])
        instance = row["instance"]
        baseURL = row["baseURL"]
        account = row["account"]
        model = row["model"]
        draft = row["draft"]
        tag = row["tag"]
        note = row["note"]
        createdAt = UpstreamTime(milliseconds: row["createdAt"])
        submittedAt = (row["submittedAt"] as Int64?).map(UpstreamTime.init(milliseconds:))
        startedAt = (row["startedAt"] as Int64?).map(UpstreamTime.init(milliseconds:))
        finishedAt = (row["finishedAt"] as Int64?).map(UpstreamTime.init(milliseconds:))
        word = row["word"]
        progress = row["progress"]
        progressText = row["progressText"]
        queuePosition = row["queuePosition"]
        receiptText = row["receiptValue"]
        factsText = row["facts"]
        faultText = row["fault"]
        owner = row["owner"]
        epoch = row["epoch"]
        resumedAt = (row["resumedAt"] as Int64?).map(UpstreamTime.init(milliseconds:))
    }
}
