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
    /// What is said instead when the vendor names a parameter.
    package var blaming: String?
    /// What it means in Chinese, for the page.
    package var chinese: String
    /// How a one-shot program ends.
    package var code: ExitCode
    /// Whether a submit that ends with it may be billed.
    package var billed: String
    /// Commands to paste.
    package var tries: [String]

    init(
        _ kind: FaultKind,
        _ sentence: String,
        unanswered: String? = nil,
        blaming: String? = nil,
        _ chinese: String,
        _ code: ExitCode,
        billed: String = "no",
        try tries: String...
    ) {
        (self.kind, self.sentence, self.unanswered, self.blaming) = (kind, sentence, unanswered, blaming)
        (self.chinese, self.code, self.billed, self.tries) = (chinese, code, billed, tries)
    }
}

/// One table for every kind of fault: messages, exit codes, hints and `docs/errors.md` are read from it.
package enum FaultTable {
    /// The entry of `kind`.
    package static func entry(_ kind: FaultKind) -> FaultEntry {
        entries.first { $0.kind == kind } ?? FaultEntry(kind, kind.rawValue, kind.rawValue, .other)
    }

    /// All entries, in the order of the page.
    package static let entries: [FaultEntry] = [
        FaultEntry(
            .auth,
            "PROVIDER rejected the key",
            unanswered: "there is no key for PROVIDER",
            "密钥被拒绝，或没有密钥",
            .credentials,
            try: "login PROVIDER"
        ),
        FaultEntry(.permission, "PROVIDER does not allow this", "该密钥无权执行此操作", .credentials, try: "body", "raw"),
        FaultEntry(
            .balance,
            "PROVIDER says that the balance or quota is used up",
            "余额或配额已用完",
            .limited,
            try: "top up at the vendor, then: submit"
        ),
        FaultEntry(.rateLimited, "PROVIDER limits the rate", "请求过于频繁", .limited, try: "submit again later"),
        FaultEntry(
            .invalidRequest,
            "PROVIDER rejected the request",
            unanswered: "this request cannot be sent",
            blaming: "PROVIDER rejected the request because of PARAMETER",
            "请求有误",
            .usage,
            try: "preview",
            "raw"
        ),
        FaultEntry(
            .modelNotFound,
            "PROVIDER does not have this model",
            "没有这个模型",
            .usage,
            try: "models",
            "describe model"
        ),
        FaultEntry(
            .endpointNotFound,
            "PROVIDER has nothing at this address",
            "该地址不存在",
            .usage,
            try: "providers",
            "raw"
        ),
        FaultEntry(.unsupported, "PROVIDER does not support this", "不支持此功能", .usage, try: "body", "raw"),
        FaultEntry(.contentRejected, "PROVIDER refused the content", "内容被拒绝", .contentRejected, try: "body", "raw"),
        FaultEntry(
            .overloaded,
            "PROVIDER is overloaded",
            "服务过载",
            .server,
            billed: "no, unless the submit is unconfirmed",
            try: "submit again later"
        ),
        FaultEntry(
            .timeout,
            "a server on the way to PROVIDER gave up waiting",
            "网关超时",
            .server,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .server,
            "PROVIDER failed",
            "服务器出错",
            .server,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .unconfirmed,
            "PROVIDER may have accepted this request and may bill it",
            "请求可能已被接受并计费",
            .unconfirmed,
            billed: "perhaps",
            try: "jobs"
        ),
        FaultEntry(
            .network,
            "PROVIDER cannot be reached",
            "无法连接",
            .network,
            billed: "no: nothing was sent",
            try: "timing",
            "config"
        ),
        FaultEntry(
            .certificate,
            "the certificate of PROVIDER is not to be trusted",
            "证书不可信",
            .network,
            billed: "no: nothing was sent",
            try: "timing",
            "config"
        ),
        FaultEntry(
            .redirected,
            "PROVIDER points elsewhere, which is not followed",
            "服务器指向别处，未跟随",
            .unreadable,
            try: "body",
            "raw"
        ),
        FaultEntry(
            .decoding,
            "the reply of PROVIDER cannot be read",
            "无法读取回复",
            .unreadable,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .tooLarge,
            "the reply of PROVIDER is too large",
            "回复过大",
            .unreadable,
            billed: "perhaps: the submit is unconfirmed",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .taskFailed,
            "PROVIDER says that the task failed",
            "任务失败",
            .taskEnded,
            billed: "ask the vendor",
            try: "body",
            "raw"
        ),
        FaultEntry(
            .taskNotFound,
            "PROVIDER does not know this task",
            "没有这个任务",
            .taskEnded,
            billed: "ask the vendor",
            try: "body",
            "raw"
        ),
        FaultEntry(.noOutput, "there is no film", "没有影片", .taskEnded, billed: "ask the vendor", try: "status", "body"),
        FaultEntry(
            .expired,
            "the link has expired",
            "链接已过期",
            .taskEnded,
            billed: "yes, when the job succeeded",
            try: "status",
            "body"
        ),
        FaultEntry(.cancelled, "stopped; nothing was sent", "已停止，未发送", .taskEnded, try: "submit"),
        // Our own sentence says what is wrong with the file or the journal.
        FaultEntry(.local, "what is wrong on this machine, in reel's own words", "本机问题", .local),
    ]
}
