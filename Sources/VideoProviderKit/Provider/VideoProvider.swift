/// A video-generation API, described as pure functions over values.
///
/// # Implementing a provider
///
/// A provider turns a ``Submission`` into an ``UpstreamRequest`` and an ``UpstreamReply`` into a ``SubmitOutcome`` or a
/// ``Snapshot``. It performs no I/O, reads no clock and never sees a key: the engine sends the requests, attaches the
/// credential that ``ProviderDescriptor/authentication`` describes, journals every exchange, polls, retries and
/// downloads. What must hold:
///
/// - **Deterministic.** Equal arguments give equal results. A recorded reply can be decoded again years later.
/// - **Lenient in reading, strict in judging.** Read fields through ``UpstreamReply/root``, which tolerates drifting
///   types; but let the vendor's status word alone decide the phase. A word you do not know is
///   ``Phase/unknown(_:)``, never a failure and never a success.
/// - **Poll with the id of the create call.** Later replies may carry other ids.
/// - **Throw only a ``Fault``**, and only for a reply that cannot be read. A failed *task* is a snapshot whose phase is
///   ``Phase/failed``.
///
/// Whatever the descriptor can say as data needs no code: validation, completion, help, fault codes, poll rhythm.
/// `VideoProviderTesting` holds the conformance suite every provider should pass.
///
/// Refinements add what some vendors offer: ``FetchesResult``, ``Cancels``, ``Uploads``, ``Reconciles``,
/// ``SignsRequests``, ``ListsModels``, ``ChecksAccount``, ``DeletesTasks``.
public protocol VideoProvider: Sendable {
    /// Everything about the provider that is data.
    var descriptor: ProviderDescriptor { get }

    /// The call that creates a task. Sent at most once for one confirmation by the user.
    ///
    /// - Throws: ``Fault`` of kind ``FaultKind/invalidRequest`` or ``FaultKind/unsupported`` when the draft cannot be
    ///   expressed in this API; nothing has been sent then.
    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest

    /// Reads the answer to the create call. Called only for replies in which ``fault(in:during:)`` finds nothing.
    ///
    /// - Throws: ``Fault`` of kind ``FaultKind/decoding`` when no task id can be found; the engine then treats the
    ///   submit as *possibly accepted*.
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome

    /// Reads the answer to the create call `request`, for providers with several create calls whose tasks are polled
    /// differently. The engine calls this one; by default it is ``receipt(in:)``.
    func receipt(in reply: UpstreamReply, of request: UpstreamRequest) throws(Fault) -> SubmitOutcome

    /// The call that asks how the task is doing. May be repeated at will, whatever its HTTP method.
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest

    /// Reads the answer to a status call. Called only for replies in which ``fault(in:during:)`` finds nothing.
    ///
    /// - Throws: ``Fault`` of kind ``FaultKind/decoding`` when nothing about the task can be read.
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot

    /// What went wrong with this call, or nil when the reply is an answer.
    ///
    /// The default applies the shared reading rules and ``ProviderDescriptor/faults``; override it only for APIs whose
    /// errors the table cannot describe.
    func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault?

    /// The assets named by a JSON reply of an authenticated content endpoint that was expected to send bytes.
    ///
    /// The default reads `video_url`, `url` and the same below `data`.
    func contentAssets(in reply: UpstreamReply) -> [Asset]
}

extension VideoProvider {
    /// Reads the answer whatever the request was.
    public func receipt(in reply: UpstreamReply, of request: UpstreamRequest) throws(Fault) -> SubmitOutcome {
        try receipt(in: reply)
    }

    /// Applies the shared reading rules with the descriptor's own fault table.
    public func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        FaultReading(descriptor: descriptor).fault(in: reply, during: call)
    }

    /// Reads the usual places of a link in the JSON some relays send instead of the film.
    public func contentAssets(in reply: UpstreamReply) -> [Asset] {
        guard let url = reply.root.firstURL(of: "video_url", "url", "data.video_url", "data.url") else { return [] }
        return [Asset(kind: .video, source: .remote(url))]
    }
}

/// The purpose of a call.
///
/// It, and not the HTTP method, decides what may be repeated.
public enum UpstreamCall: String, Sendable, Hashable, Codable, CaseIterable {
    /// Creates a task and may be billed.
    case submit
    /// Asks for a task's state.
    case status
    /// Fetches a finished task's result where that is a call of its own.
    case result
    /// Asks the vendor to stop a task.
    case cancel
    /// Sends media ahead of a submit.
    case upload
    /// Lists models.
    case models
    /// Asks for the account's state; the free check of a key.
    case account
    /// Lists tasks, to find one whose submit got no clear answer.
    case lookup
    /// Deletes a task.
    case delete
    /// Downloads from an authenticated content endpoint or a plain link.
    case content
    /// Made by hand; what it is for is not known.
    case free
}
