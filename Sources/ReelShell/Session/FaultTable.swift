package import VideoProviderKit

/// What is said about a kind of fault, how the program ends with it, and what to try.
///
/// `PROVIDER` stands for the instance, `PARAMETER` for the parameter that the vendor names.
package struct FaultEntry: Sendable, Hashable {
    /// The kind.
    package var kind: FaultKind
    /// What is said.
    package var sentence: String
    /// What is said instead when no server has answered.
    package var unanswered: String?
    /// What is said instead when the request had left and no answer began.
    package var silent: String?
    /// What is said instead when an answer had begun.
    package var cut: String?
    /// What is said instead when the vendor names a parameter.
    package var blaming: String?
    /// How a one-shot program ends.
    package var code: ExitCode
    /// Whether a submit that ends with it may be billed.
    package var billed: String
    /// Commands to paste.
    package var tries: [String]

    /// What is said, its placeholders left as they are.
    package func sentence(in language: Language) -> String {
        Message(template: sentence, ["PROVIDER": "PROVIDER", "PARAMETER": "PARAMETER"]).text(in: language)
    }

    init(
        _ kind: FaultKind,
        _ sentence: String,
        unanswered: String? = nil,
        silent: String? = nil,
        cut: String? = nil,
        blaming: String? = nil,
        _ code: ExitCode,
        billed: String = "no",
        try tries: String...
    ) {
        (self.kind, self.sentence, self.blaming) = (kind, sentence, blaming)
        (self.unanswered, self.silent, self.cut) = (unanswered, silent, cut)
        (self.code, self.billed, self.tries) = (code, billed, tries)
    }
}

/// One table for every kind of fault: messages, exit codes, hints and `docs/errors.md` are read from it.
package enum FaultTable {
    /// The entry of `kind`.
    package static func entry(_ kind: FaultKind) -> FaultEntry {
        entries.first { $0.kind == kind } ?? FaultEntry(kind, kind.rawValue, .other)
    }

    /// All entries, in the order of the page.
    package static let entries: [FaultEntry] = [
        FaultEntry(
            .auth,
            "PROVIDER rejected the key",
            unanswered: "there is no key for PROVIDER",
            .credentials,
            try: "login PROVIDER"
        ),
        FaultEntry(.permission, "PROVIDER does not allow this", .credentials, try: "body", "raw"),
        FaultEntry(
            .balance,
            "PROVIDER says that the balance or quota is used up",
            .limited,
            try: "(top up at the vendor, then: submit)"
        ),
        FaultEntry(.rateLimited, "PROVIDER limits the rate", .limited, try: "submit"),
        FaultEntry(
            .invalidRequest,
            "PROVIDER rejected the request",
            unanswered: "this request cannot be sent",
            blaming: "PROVIDER rejected the request because of PARAMETER",
            .usage,
            try: "preview",
            "raw"
        ),
        FaultEntry(
            .modelNotFound,
            "PROVIDER does not have this model",
            .usage,
            try: "models",
            "describe model"
        ),
        FaultEntry(
            .endpointNotFound,
            "PROVIDER has nothing at this address",
            .usage,
            try: "providers",
            "raw"
        ),
        FaultEntry(.unsupported, "PROVIDER does not support this", .usage, try: "body", "raw"),
        FaultEntry(.contentRejected, "PROVIDER refused the content", .contentRejected, try: "body", "raw"),
        FaultEntry(
            .overloaded,
            "PROVIDER is overloaded",
            .server,
            billed: "no, unless the submit is unconfirmed",
            try: "submit"
        ),
        FaultEntry(
            .timeout,
            "a server on the way to PROVIDER gave up waiting",
            .server,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .server,
            "PROVIDER failed",
            .server,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .unconfirmed,
            "PROVIDER may have accepted this request and may bill it",
            .unconfirmed,
            billed: "perhaps",
            try: "jobs"
        ),
        FaultEntry(
            .network,
            "PROVIDER cannot be reached",
            silent: "PROVIDER gave no answer",
            cut: "the answer of PROVIDER broke off",
            .network,
            billed: "no: nothing was sent",
            try: "timing",
            "config"
        ),
        FaultEntry(
            .certificate,
            "the certificate of PROVIDER is not to be trusted",
            .network,
            billed: "no: nothing was sent",
            try: "timing",
            "config"
        ),
        FaultEntry(
            .redirected,
            "PROVIDER points elsewhere, which is not followed",
            .unreadable,
            try: "body",
            "raw"
        ),
        FaultEntry(
            .decoding,
            "the reply of PROVIDER cannot be read",
            .unreadable,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .tooLarge,
            "the reply of PROVIDER is too large",
            .unreadable,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .taskFailed,
            "PROVIDER says that the task failed",
            .taskEnded,
            billed: "ask the vendor",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .taskNotFound,
            "PROVIDER does not know this task",
            .taskEnded,
            billed: "ask the vendor",
            try: "body",
            "raw"
        ),
        FaultEntry(.noOutput, "there is no film", .taskEnded, billed: "ask the vendor", try: "status", "body"),
        FaultEntry(
            .expired,
            "the link has expired",
            .taskEnded,
            billed: "yes, when the job succeeded",
            try: "status",
            "body"
        ),
        FaultEntry(
            .cancelled,
            "stopped; nothing was sent",
            cut: "stopped; what was sent was not accepted, and is not sent again",
            .interrupted,
            try: "submit"
        ),
        // Our own sentence says what is wrong with the file or the journal.
        FaultEntry(.local, "what is wrong on this machine, in reel's own words", .local),
    ]
}
