extension Phrasebook {
    /// What is said beside a result, and the doubts before a submit.
    static let chineseNotes: [Entry] = [
        ("{} is taken as {}", "{} 视为 {}"),
        ("note: {}", "注意：{}"), ("{}: {}", "{}：{}"), ("{}; {}", "{}；{}"), ("{}; did you mean {}?", "{}；您是指 {} 吗？"),
        ("{} has no answer to read; {} is taken", "{} 没有可读的答复；改看 {}"),
        ("{} calls are not counted: imported, played, or never sent", "{} 次调用没有计入：导入的、回放的，或从未发送的"),
        ("{} comes first and hides it", "{} 优先并将其遮盖"), ("{} still has one", "{} 中仍有一个"),
        ("{} has no default address; set {} before sending", "{1} 没有默认地址；发送前请设置 {2}"),
        ("the command's key was not taken over", "命令中的密钥没有采用"),
        ("{} line {}: {}; no alias is known", "{} 第 {} 行：{}；没有可用的别名"),
        ("another origin than {}'s; the key is not sent", "不是 {} 的来源；不发送密钥"), ("{} is lost: {}", "{} 丢失：{}"),
        ("{} is no parameter of {} and was left out", "{1} 不是 {2} 的参数，已略去"),
        ("{} is neither a link nor a picture", "{} 既不是链接也不是图片"),
        ("{} cannot be \"{}\": {}", "{} 不能是“{}”：{}"), ("{}. Submit all the same?", "{}。仍要提交吗？"),
        ("the last submit of this account was refused at {}: {}", "此账号上一次提交在 {} 被拒绝：{}"),
        (
            "the journal was found damaged at {}, and a lost job may have had this draft",
            "日志在 {} 被发现已损坏，丢失的任务里可能有同样的草稿"
        ),
        ("{} has not answered for a while", "{} 已有一段时间没有答复"),
        (
            "{} jobs can be asked about only every {}, and links live {}",
            "{1} 个任务只能每 {2} 查询一次，而链接只存活 {3}"
        ),
    ]
}
