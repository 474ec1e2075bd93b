public import LosslessJSON

extension SubmitOutcome {
    /// The task whose id stands at the first of `paths` that has one.
    ///
    /// Paths start at the task's record: the root, or what stands in `envelope` when the root has neither status nor
    /// id. With `descriptor` the status word that comes along is read too; else, or without one, the task is queued.
    ///
    /// - Throws: ``Fault`` of kind ``FaultKind/decoding`` when there is no id.
    public static func accepted(
        reading reply: UpstreamReply,
        in envelope: JSONPath = "data",
        by descriptor: ProviderDescriptor? = nil,
        idAt paths: JSONPath...,
    ) throws(Fault) -> SubmitOutcome {
        let record = reply.unwrapped(from: envelope)
        guard let id = paths.lazy.compactMap({ record[$0].identifier }).first else {
            throw .unreadable(reply, missing: paths.map(\.description).joined(separator: " or "))
        }
        var snapshot = Snapshot(phase: .queued)
        if let descriptor, let word = record.statusWord { snapshot = Snapshot(word: word, by: descriptor) }
        return .accepted(Receipt(taskID: id), snapshot)
    }
}

extension Snapshot {
    /// What an answer of the usual shape says: the word at `status`, `task_status` or `state`; for a task that
    /// succeeded its films; for one that failed the reason.
    ///
    /// Paths start at the task's record: the root, or what stands in `envelope` when the root has neither status nor
    /// id. Progress is not read, since `0.5` may be half of the work or half a percent: the vendor's page says which.
    ///
    /// - Parameters:
    ///   - reply: The answer to a status call.
    ///   - envelope: The member that may wrap the record.
    ///   - descriptor: Knows the words and the codes.
    ///   - paths: Where links may stand, each a text or a list of texts; the first path with a link counts.
    ///   - reason: Where the reason of a failure stands, besides the usual places.
    ///   - code: Where the code of a failure stands, besides the usual places.
    /// - Throws: ``Fault`` of kind ``FaultKind/decoding`` when the body is no JSON object.
    public init(
        reading reply: UpstreamReply,
        in envelope: JSONPath = "data",
        by descriptor: ProviderDescriptor,
        videoAt paths: JSONPath...,
        reasonAt reason: JSONPath? = nil,
        codeAt code: JSONPath? = nil,
    ) throws(Fault) {
        guard reply.root.kind == .object else { throw .unreadable(reply, missing: "task") }
        let record = reply.unwrapped(from: envelope)
        self.init(word: record.statusWord, by: descriptor)
        switch phase {
        case .succeeded:
            let links = paths.lazy.map { record[$0].urls }.first { !$0.isEmpty } ?? []
            assets = links.map { Asset(kind: .video, source: .remote($0)) }
        case .failed:
            let reasons = [reason].compactMap(\.self) + Self.usualReasons
            let codes = [code].compactMap(\.self) + Self.usualCodes
            fault = FaultReading(descriptor: descriptor)
                .taskFault(code: record.firstText(of: codes), message: record.firstText(of: reasons))
        default: break
        }
    }

    private static let usualReasons: [JSONPath] = [
        "error.message", "error", "fail_reason", "failure_reason", "reason", "message",
    ]
    private static let usualCodes: [JSONPath] = ["error.code", "error_code", "code"]
}

extension ReplyValue {
    /// The first of `paths` that holds a text: `error` may also be an object, whose words stand elsewhere.
    fileprivate func firstText(of paths: [JSONPath]) -> String? {
        for path in paths {
            if let text = self[path].text { return text }
        }
        return nil
    }

    fileprivate var statusWord: String? { first(of: "status", "task_status", "state").text }

    /// The link here, or those in the list here, byte for byte.
    fileprivate var urls: [String] { url.map { [$0] } ?? elements.compactMap(\.url) }
}
