import TerminalOutput

/// The sentences of a ticket.
struct TicketWords: Sendable {
    let language: Language

    private func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

    func title(_ subject: String) -> String { say("Subject: \(subject)", "主题：\(subject)") }

    var greeting: [String] {
        language == .english
            ? ["Hello,", "please look into the following. All times are UTC; ids and messages are quoted as received."]
            : ["您好，", "请协助排查以下问题。时间均为 UTC，编号与报错均为原文。"]
    }

    var facts: String { say("Facts", "基本信息") }
    var asked: String { say("What was asked", "请求参数") }
    var came: String { say("What came", "状态变化") }
    var verbatim: String { say("Your words, verbatim", "返回的原文") }
    var traces: String { say("Exchanges", "调用记录") }
    var provider: String { say("Provider", "服务商") }
    var endpoint: String { say("Endpoint", "接口地址") }
    var address: String { say("Address", "对端地址") }
    var protocols: String { say("Protocol", "协议") }
    var task: String { say("Task id", "任务 ID") }
    var model: String { say("Model", "模型") }
    var sent: String { say("Submitted", "提交时间") }
    var ended: String { say("Ended", "结束时间") }
    var state: String { say("Last state", "最后状态") }
    var client: String { say("Client", "客户端") }
    var noTask: String { say("no task id", "无任务 ID") }
    var noAnswer: String { say("no answer", "无响应") }
    var none: String { say("none", "无") }
    var json: String { say("(JSON, not included)", "（JSON，未附）") }

    func hiddenText(_ count: Int) -> String {
        say("(text of \(count) characters, not included)", "（文本，\(count) 个字符，未附）")
    }

    func media(_ count: Int) -> String {
        // The journal's draft is read without its pictures.
        guard count > 0 else { return say("(files, not included)", "（文件，未附）") }
        return say("(\(count) \(count == 1 ? "file" : "files"), not included)", "（\(count) 个文件，未附）")
    }

    /// `1 query failed (503)`; of a step that is no query, `1 attempt failed (503)`.
    func failed(_ count: Int, _ reason: String?, isQuery: Bool) -> String {
        guard language == .english else {
            return "\(count) 次\(isQuery ? "查询" : "尝试")失败" + (reason.map { "（\($0)）" } ?? "")
        }
        let what = isQuery ? count == 1 ? "query" : "queries" : count == 1 ? "attempt" : "attempts"
        return "\(count) \(what) failed" + (reason.map { " (\($0))" } ?? "")
    }

    /// A vendor's word with the state that reel takes it for: `Succeed (succeeded)`.
    func said(_ word: String?, _ state: String) -> String {
        guard let word = word.map({ TerminalText.words($0) }) else { return said(state) }
        return say("\(word) (\(state))", "\(word)（\(said(state))）")
    }

    /// A state or a step, in the reader's language.
    func said(_ state: String) -> String { language == .english ? state : Self.chineseStates[state] ?? state }

    private static let chineseStates = [
        "submitting": "提交中", "waiting": "等待重试", "submitted": "已提交", "not accepted": "未被接受", "unconfirmed": "未确认",
        "adopted": "已接管",
        "queued": "排队中", "running": "运行中", "succeeded": "成功", "failed": "失败", "cancelled": "已取消", "expired": "已过期",
        "lost": "已放弃", "unmapped": "未知状态", "paused": "已暂停查询", "saved": "已保存", "not saved": "未能保存", "download": "下载",
    ]

    func question(isFailure: Bool) -> [String] {
        guard isFailure else { return [say("Could you check these calls on your side?", "请协助核对上述调用记录。")] }
        return language == .english
            ? [
                "Could you tell us from these ids why this happened, whether the task was billed,",
                "and what we should change? Further data is available on request.",
            ]
            : ["请根据上述编号确认失败原因、该任务是否计费，以及我们需要如何调整。如需更多信息，我们可以提供。"]
    }
}
