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
        if let descriptor, let word = record.statusWord {
            snapshot = Snapshot(word: word, by: descriptor)
            if snapshot.phase == .failed { snapshot.fault = record.fault(by: descriptor) }
        }
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
            let films = paths.lazy.map { record[$0].films }.first { !$0.isEmpty } ?? []
            assets = films.map { Asset(kind: .video, source: $0) }
            if films.isEmpty { fault = paths.lazy.compactMap { record[$0].problemOfFilms }.first }
        case .failed:
            fault = record.fault(by: descriptor, reasonAt: reason, codeAt: code)
        default: break
        }
    }
}

extension ReplyValue {
    private static let usualReasons: [JSONPath] = [
        "error.message", "error", "fail_reason", "failure_reason", "reason", "message",
    ]
    private static let usualCodes: [JSONPath] = ["error.code", "error_code", "code", "error.type"]

    /// Why the task failed whose record this is.
    fileprivate func fault(
        by descriptor: ProviderDescriptor,
        reasonAt reason: JSONPath? = nil,
        codeAt code: JSONPath? = nil
    ) -> Fault {
        FaultReading(descriptor: descriptor).taskFault(
            code: firstCode(of: [code].compactMap(\.self) + Self.usualCodes),
            message: firstWords(of: [reason].compactMap(\.self) + Self.usualReasons)
        )
    }

    fileprivate var statusWord: String? { first(of: "status", "task_status", "state").text }

    /// The film here, or those in the list here.
    fileprivate var films: [Asset.Source] { film.map { [$0] } ?? elements.compactMap(\.film) }

    fileprivate var problemOfFilms: Fault? { filmProblem ?? elements.lazy.compactMap(\.filmProblem).first }
}
