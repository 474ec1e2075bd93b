import GRDB
package import VideoProviderKit

/// A job as the journal holds it.
package struct JobRecord: Sendable, Hashable, Identifiable {
    /// The row, known from the intent on.
    package var id: Int64
    /// The local number, `j3`; it stays when the task may exist at the vendor, and is taken back when nothing was accepted.
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
    private let taskID: String?
    /// The process that polls it.
    package var owner: Int64?
    /// How often it changed hands; a write with an older count is refused.
    package var epoch: Int
    /// When the user last had it asked about again.
    package var resumedAt: UpstreamTime?

    /// The receipt, once there is one.
    package var receipt: Receipt? { Self.receipt(stored: receiptText) ?? bareReceipt }

    /// The receipt as it is stored, for ``receipt(stored:)``; made anew from the job's own row where it is lost.
    package var storedReceipt: String? { receiptText ?? bareReceipt.flatMap { try? StoredJSON.encode($0) } }

    /// Reads a receipt as it is stored.
    package static func receipt(stored text: String?) -> Receipt? { StoredJSON.decode(text) }

    /// Whether there is a receipt, without reading it.
    package var hasReceipt: Bool { receiptText != nil || taskID != nil }

    /// What most vendors need to be asked about a task, whose id is kept twice.
    private var bareReceipt: Receipt? {
        guard let taskID else { return nil }
        var receipt = Receipt(taskID: taskID)
        receipt.origin = Receipt.Origin(instance: instance, baseURL: baseURL, account: account, model: model)
        return receipt
    }

    /// What the vendor reported.
    package var facts: ReportedFacts { StoredJSON.decode(factsText) ?? ReportedFacts() }

    /// Why it ended badly.
    package var fault: Fault? { StoredJSON.decode(faultText) }

    /// `j3`, or `j?` when nothing was accepted.
    package var name: String { number.map { "j\($0)" } ?? "j?" }

    // In the order `init(row:)` reads them: a column is found by its place, since by name it costs as much as its value.
    static let selection = """
        SELECT job.id, number, state, polling, provider, instance, baseURL, account, model, draft, tag, note,
            createdAt, submittedAt, startedAt, finishedAt, word, progress, progressText, queuePosition,
            receipt.value, facts, fault, owner, epoch, resumedAt, taskID
        FROM job LEFT JOIN receipt ON receipt.job = job.id
        """

    init(row: Row) throws {
        var columns = ColumnReader(row)
        id = try columns.next()
        number = try columns.next()
        state = try JobState(rawValue: columns.next()) ?? .submitUnknown
        polling = try Polling(rawValue: columns.next())
        provider = try ProviderID(rawValue: columns.next())
        instance = try columns.next()
        baseURL = try columns.next()
        account = try columns.next()
        model = try columns.next()
        draft = try columns.next()
        tag = try columns.next()
        note = try columns.next()
        createdAt = try UpstreamTime(milliseconds: columns.next())
        submittedAt = (try columns.next() as Int64?).map(UpstreamTime.init(milliseconds:))
        startedAt = (try columns.next() as Int64?).map(UpstreamTime.init(milliseconds:))
        finishedAt = (try columns.next() as Int64?).map(UpstreamTime.init(milliseconds:))
        word = try columns.next()
        progress = try columns.next()
        progressText = try columns.next()
        queuePosition = try columns.next()
        receiptText = try columns.next()
        factsText = try columns.next()
        faultText = try columns.next()
        owner = try columns.next()
        epoch = try columns.next()
        resumedAt = (try columns.next() as Int64?).map(UpstreamTime.init(milliseconds:))
        taskID = try columns.next()
    }

    /// The jobs a query over ``selection`` finds.
    static func fetchAll(_ db: Database, _ sql: String, _ arguments: StatementArguments = []) throws -> [JobRecord] {
        // Read as the statement steps, so that no row is copied first.
        let statement = try db.cachedStatement(sql: "\(selection) \(sql)")
        return try Array(Row.fetchCursor(statement, arguments: arguments).map(JobRecord.init(row:)))
    }
}
