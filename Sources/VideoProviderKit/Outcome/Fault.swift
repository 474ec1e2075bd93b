/// What went wrong: the vendor's words unchanged, with everything needed to judge and report it.
///
/// A provider sets kind, code, message, parameter and acceptance; the engine adds what only it knows: whether bytes
/// left, in which phase, and the exchange in the journal.
public struct Fault: Error, Sendable, Hashable, Codable {
    /// What kind of fault.
    public var kind: FaultKind
    /// The vendor's code, as text whatever its type was.
    public var vendorCode: String?
    /// The vendor's message verbatim, or our own sentence for faults of our own.
    public var message: String
    /// Whose words the message is; nil where it is the server's that answered, or no server did.
    public var speaker: Speaker?
    /// The HTTP status, when there was one.
    public var httpStatus: Int?
    /// The wait the server asks for.
    public var retryAfter: Duration?
    /// Whether bytes of the request left this machine.
    public var sent: Extent
    /// Whether the vendor took the request as a task.
    public var accepted: Acceptance
    /// Whether it may have been charged.
    public var charged: Acceptance
    /// Whether sending again is useless until something else changes.
    public var isPermanent: Bool
    /// The transport phase it happened in.
    public var phase: String?
    /// The parameter the vendor names.
    public var parameter: String?
    /// Ids for the vendor's support.
    public var traceIDs: [TraceID]
    /// The exchange's number in the journal.
    public var exchange: Int?
    /// For faults of our own: a command that would mend it.
    public var suggestion: String?
    /// Tasks that an unclear submit may have made, by their ids at the vendor; nil when there is none to name.
    public var candidates: [String]?

    /// Makes a fault as a provider sees it.
    public init(_ kind: FaultKind, _ message: String, code: String? = nil) {
        self.kind = kind
        self.message = message
        vendorCode = code
        sent = .no
        accepted = .unknown
        charged = .unknown
        isPermanent = false
        traceIDs = []
    }

    /// A reply that says too little: `missing` names what could not be found in it.
    public static func unreadable(_ reply: UpstreamReply, missing: String) -> Fault {
        let reason = reply.jsonError.map { " (\($0))" } ?? ""
        let text = reply.text(limit: 120)
        var fault = Fault(.decoding, "The reply holds no \(missing)\(reason): \"\(text)\"")
        if text.isEmpty { fault.message = "The reply is empty and holds no \(missing)." }
        fault.httpStatus = reply.status
        fault.speaker = .reel
        return fault
    }

    /// Whose words a message is.
    public enum Speaker: String, Sendable, Hashable, Codable {
        /// Ours, though a server answered.
        case reel
    }

    /// How much of a request left.
    public enum Extent: String, Sendable, Hashable, Codable {
        /// Nothing.
        case no
        /// Some of it.
        case partly
        /// All of it.
        case yes
    }
}

/// Whether something happened at the vendor.
public enum Acceptance: String, Sendable, Hashable, Codable {
    /// It did not.
    case no
    /// It did.
    case yes
    /// It cannot be told from here.
    case unknown
}

/// An id by which a vendor's support finds an exchange.
public struct TraceID: Sendable, Hashable, Codable {
    /// The header field or body path it came in.
    public var name: String
    /// The id.
    public var value: String

    /// Makes a trace id.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The kinds of faults.
public enum FaultKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The key was refused.
    case auth
    /// The key is good but not for this.
    case permission
    /// No money or quota left.
    case balance
    /// The request is wrong.
    case invalidRequest
    /// No such model here.
    case modelNotFound
    /// The vendor does not know the task.
    case taskNotFound
    /// No such address at the server.
    case endpointNotFound
    /// The content was refused.
    case contentRejected
    /// Too many requests.
    case rateLimited
    /// The server is overloaded.
    case overloaded
    /// A server on the way gave up waiting.
    case timeout
    /// The server failed.
    case server
    /// The server does not have this function.
    case unsupported
    /// The reply cannot be read.
    case decoding
    /// The task failed.
    case taskFailed
    /// The task succeeded and gave no film.
    case noOutput
    /// The network failed.
    case network
    /// The server's certificate is wrong.
    case certificate
    /// The server points elsewhere.
    case redirected
    /// The reply is larger than the cap.
    case tooLarge
    /// The link or the task has expired.
    case expired
    /// Stopped by the user or the vendor.
    case cancelled
    /// The submit got no clear answer; it may be accepted and billed.
    case unconfirmed
    /// Something on this machine.
    case local
}
