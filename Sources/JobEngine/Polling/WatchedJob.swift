import Journal
import VideoProviderKit

/// What is kept in memory about a job that is polled: what the next poll and its schedule need, and no draft.
///
/// With its timer it takes at most 512 bytes; what is equal for many jobs stands in a shared ``JobHome``.
struct WatchedJob: Sendable {
    let id: Int64
    let home: JobHome
    /// The lease: a write with another one is refused.
    let epoch: Int
    var state: JobState
    var word: String?
    var progressText: String?
    var machine: JobMachine
    var rhythm = PollRhythm()
    var estimate = ProgressEstimate()
    /// The clock's time of the receipt.
    let start: Duration
    /// When it was last asked about.
    var lastAsked: Duration?
    var generation = 0
    var isPolling = false
    /// The time between polls while somebody wants it so.
    var every: Duration?
    /// The receipt as stored, until it is read.
    private var stored: String?
    private var version = 1
    private var taskID: String?
    private var values: [String: String] = [:]

    init(_ job: JobRecord, home: JobHome, start: Duration, machine: JobMachine) {
        id = job.id
        self.home = home
        epoch = job.epoch
        state = job.state
        word = job.word
        progressText = job.progressText
        self.machine = machine
        self.start = start
        stored = job.storedReceipt
    }

    /// The receipt to ask with, once it was read.
    var receipt: Receipt? {
        guard let taskID else { return nil }
        var receipt = Receipt(taskID: taskID, values: values, version: version)
        receipt.origin = home.origin
        return receipt
    }

    /// Reads the receipt; false when it cannot be read.
    mutating func readReceipt() -> Bool {
        guard let receipt = JobRecord.receipt(stored: stored) else { return false }
        take(receipt)
        return true
    }

    /// Takes a receipt over that was read elsewhere.
    mutating func take(_ receipt: Receipt) {
        (version, taskID, values, stored) = (receipt.version, receipt.taskID, receipt.values, nil)
    }

    /// Takes over what was stored since.
    mutating func update(_ job: JobRecord) {
        state = job.state
        word = job.word
        progressText = job.progressText
        stored = job.storedReceipt
        taskID = nil
    }
}

/// Where a job lives and whose it is: one object for all jobs of an account and model.
final class JobHome: Sendable {
    let origin: Receipt.Origin
    /// The instance, `siliconflow@work`.
    let instance: String
    /// The base URL at submit time.
    let baseURL: String
    /// Instance, base URL and key: what shares a rate.
    let account: String
    /// Scheme, host and port: what shares a breaker.
    let place: String

    init(_ job: JobRecord) {
        origin = Receipt.Origin(
            instance: job.instance,
            baseURL: job.baseURL,
            account: job.account,
            model: job.model
        )
        instance = job.instance
        baseURL = job.baseURL
        account = "\(job.instance) \(job.baseURL) \(job.account)"
        place = BaseURL(job.baseURL)?.url.origin.description ?? job.baseURL
    }

    /// What tells homes apart.
    static func key(_ job: JobRecord) -> String {
        "\(job.instance) \(job.baseURL) \(job.account) \(job.model ?? "")"
    }
}

/// A due time on the heap.
///
/// Stale entries, whose generation has passed, are dropped when they come up.
struct Timer: Comparable, Sendable {
    /// What is to be done then.
    enum Errand: UInt8, Sendable {
        /// Ask about the job.
        case poll
        /// Ask about the job to see whether its account's key is taken again.
        case probe
        /// Look whether the vendor lists an unconfirmed job.
        case lookUp
    }

    var due: Duration
    var job: Int64
    var generation: Int
    var errand = Errand.poll

    static func < (left: Self, right: Self) -> Bool { (left.due, left.job) < (right.due, right.job) }
}
