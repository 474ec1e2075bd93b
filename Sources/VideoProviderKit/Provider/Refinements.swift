public import HTTPTypes

/// A provider whose finished task must be asked for its result in a second call (fal, MiniMax).
public protocol FetchesResult: VideoProvider {
    /// The call for the result, or nil when `snapshot` already holds it.
    func resultRequest(for receipt: Receipt, after snapshot: Snapshot) throws(Fault) -> UpstreamRequest?

    /// The snapshot completed with what the result call answered.
    func snapshot(
        inResult reply: UpstreamReply,
        for receipt: Receipt,
        after snapshot: Snapshot
    ) throws(Fault)
        -> Snapshot
}

/// A provider that can ask the vendor to stop a task.
///
/// The task stays what it is until a snapshot says cancelled.
public protocol Cancels: VideoProvider {
    /// The call that asks for the stop. May be repeated.
    func cancelRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest
}

/// A provider that takes media in a call of its own before the submit.
public protocol Uploads: VideoProvider {
    /// The call that sends `content`.
    func uploadRequest(_ content: MediaContent) throws(Fault) -> UpstreamRequest

    /// What to put into the submit in place of the bytes.
    func uploadedMedia(in reply: UpstreamReply) throws(Fault) -> Media
}

/// A provider that can list tasks, so that a submit without a clear answer can be found again.
public protocol Reconciles: VideoProvider {
    /// The call for a page of tasks, newest first, after the task `cursor`.
    func tasksRequest(after cursor: String?) throws(Fault) -> UpstreamRequest

    /// The page that `reply` holds.
    func tasks(in reply: UpstreamReply) throws(Fault) -> TaskPage
}

/// A page of the vendor's own list of tasks.
public struct TaskPage: Sendable, Hashable {
    /// One task in the list.
    public struct Entry: Sendable, Hashable {
        /// The id to poll with.
        public var receipt: Receipt
        /// The client tag the vendor echoes, where it does; equality with ours is proof.
        public var tag: String?
        /// When the vendor says it was created.
        public var createdAt: UpstreamTime?
        /// The model the vendor says it runs on; nil when the list does not say.
        public var model: String?
        /// The prompt it was made with; nil when the list does not say.
        public var prompt: String?

        /// Makes an entry.
        public init(
            receipt: Receipt,
            tag: String? = nil,
            createdAt: UpstreamTime? = nil,
            model: String? = nil,
            prompt: String? = nil
        ) {
            self.receipt = receipt
            self.tag = tag
            self.createdAt = createdAt
            self.model = model
            self.prompt = prompt
        }
    }

    /// The tasks, in the vendor's order.
    public var entries: [Entry]
    /// Whether the vendor says there are more.
    public var hasMore: Bool

    /// Makes a page.
    public init(entries: [Entry], hasMore: Bool) {
        self.entries = entries
        self.hasMore = hasMore
    }
}

/// A provider whose requests carry a signature computed from the key.
///
/// The provider still holds no key: it gets a ``RequestSigner`` that signs on its behalf.
public protocol SignsRequests: VideoProvider {
    /// The header fields that authorise `request` at `time`.
    func authorization(
        for request: UpstreamRequest,
        signer: some RequestSigner,
        at time: UpstreamTime
    ) throws(Fault)
        -> HTTPFields
}

/// Signs with a key that the caller never sees.
public protocol RequestSigner {
    /// The public part of a key of the form `id.secret` or `id:secret`.
    var keyID: String { get }

    /// HMAC-SHA-256 of `message` with the secret part of the key (RFC 2104).
    func hmacSHA256(_ message: [UInt8]) -> [UInt8]
}

/// A provider that can list its models.
public protocol ListsModels: VideoProvider {
    /// The call for the list.
    func modelsRequest() throws(Fault) -> UpstreamRequest

    /// The models in `reply`. The list is advice: ids rotate, and an id that is not in it may still work.
    func models(in reply: UpstreamReply) throws(Fault) -> [ModelAdvice]
}

extension ListsModels {
    /// Reads the list that most vendors took over from OpenAI, `{"data": [{"id"}]}`.
    public func models(in reply: UpstreamReply) throws(Fault) -> [ModelAdvice] {
        guard reply.root["data"].kind == .array else { throw .unreadable(reply, missing: "list of models") }
        return reply.root["data"].elements.compactMap { $0["id"].identifier.map { ModelAdvice($0) } }
    }
}

/// A provider with a free call that shows whether a key works.
public protocol ChecksAccount: VideoProvider {
    /// The free call.
    func accountRequest() throws(Fault) -> UpstreamRequest

    /// The account that `reply` describes.
    func account(in reply: UpstreamReply) throws(Fault) -> AccountReport
}

/// What a vendor says about an account.
///
/// No personal fields.
public struct AccountReport: Sendable, Hashable {
    /// The balance as the vendor spells it, without a currency when it names none.
    public var balance: String?
    /// The vendor's word for the account's state.
    public var status: String?

    /// Makes a report.
    public init(balance: String? = nil, status: String? = nil) {
        self.balance = balance
        self.status = status
    }
}

/// A provider that can delete a task and its film at the vendor.
public protocol DeletesTasks: VideoProvider {
    /// The call that deletes.
    func deleteRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest

    /// Whether `reply` says that the task is gone.
    func deleted(in reply: UpstreamReply) throws(Fault) -> Bool
}
