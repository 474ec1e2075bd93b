extension Phrasebook {
    /// What commands say when all goes well, and what is told of jobs.
    static let chineseResults: [Entry] =
        chineseDraftResults + chineseJobResults + chineseNotices + chineseStates + chineseHeadings
        + chineseProgramResults

    private static let chineseDraftResults: [Entry] = [
        ("{} to {}", "{1} 改为 {2}"), ("{} {} to {}", "{1} 由 {2} 改为 {3}"), ("{} {} to {} {}", "{1} {2} 改为 {3} {4}"),
        ("kept {}", "保留 {}"), ("renamed {}", "改名 {}"), ("converted {}", "换算 {}"), ("lost {}", "丢失 {}"),
        ("draft: {}", "草稿：{}"), ("draft: {} back from before", "草稿：恢复了先前的 {}"), ("draft for {}", "{} 的草稿"),
        ("{}, {}", "{}，{}"),
        ("the reel that submits it has not come to an end", "提交它的 reel 尚未结束"), ("  {}: {}", "  {}：{}"),
        ("unset {}", "去掉 {}"), ("raw.{} := {}", "raw.{} := {}"),
        ("the draft is empty", "草稿为空"), ("the draft is empty; undo brings the value back", "草稿为空；undo 可恢复那个值"),
        ("the draft is empty; undo brings {} values back", "草稿为空；undo 可恢复 {} 个值"),
        ("back at {} with the draft of before", "回到 {}，草稿与先前相同"),
        ("{} has {} lines; undo takes it back", "{} 有 {} 行；undo 可撤销"),
        ("{}== is a query item; {}={} sets the parameter", "{1}== 是查询参数；{2}={3} 设置参数"),
        ("the draft can be sent", "草稿可以发送"),
        ("nothing was written; the draft is unchanged", "没有写入内容；草稿没有改变"),
        ("saved {}", "已保存 {}"), ("nothing is saved yet; try: save NAME", "还没有保存任何请求；试试：save NAME"),
        ("cannot be read: {}", "无法读取：{}"), ("no request: {}", "没有请求：{}"), ("problem: {}", "问题：{}"),
        ("{} = {}, the first {}", "{} = {}，取前 {} 个"), ("no model chosen", "没有选择模型"),
        ("{} is a provider, not a model", "{} 是服务商，不是模型"),
        ("models lists those of {}, which is in use", "models 列出当前服务商 {} 的模型"),
        (
            "the draft is that of {} now, for {}; change it, then: submit",
            "草稿现为 {1} 的草稿，用于 {2}；修改后：submit"
        ),
        ("imported {} exchanges, r{}..r{}", "导入了 {} 次收发，r{}..r{}"),
        ("{} is the body, {}; {} -o FILE writes it too", "{1} 是正文，{2}；{3} -o FILE 会一并写入"),
    ]

    private static let chineseJobResults: [Entry] = [
        ("{} submitted, task {}", "{} 已提交，任务编号 {}"), (", {} {} in {} ms", "，{} {}，用时 {} ms"),
        (", trace {}", "，跟踪编号 {}"), ("{} {} in {} ms{}", "{} {}，用时 {} ms{}"),
        ("not accepted ({}); again in {} s", "未被接受（{}）；{} 秒后再试"), ("accepted as {}", "已被接受，编号 {}"),
        ("but that cannot be stored yet: {}", "但还无法保存：{}"),
        ("still waiting for the answer; Ctrl-C asks for the end", "仍在等待答复；Ctrl-C 请求结束"),
        (
            "may be billed; waiting up to 10 s for the id, Ctrl-C again abandons",
            "可能计费；最多等待编号 10 秒，再按 Ctrl-C 放弃"
        ),
        ("{} of {} were sent", "{2} 次中发送了 {1} 次"),
        ("{} of {} were accepted; the rest was not sent", "{2} 次中接受了 {1} 次；其余没有发送"),
        ("{} adopted, {}{} (r{})", "{} 已接管，{}{}（r{}）"), ("{} is cancelled{}", "{} 已取消{}"),
        (
            "{} was asked to stop{}; it {} until the vendor says cancelled",
            "已请求停止 {1}{2}；在服务商说取消之前它{3}"
        ),
        ("{} is lost now; nothing was sent again", "{} 已作废；没有再次发送"),
        (
            "{} is not asked about any more here; the vendor works on, resume {} goes on",
            "此处不再查询 {1}；服务商继续处理，resume {2} 可恢复查询"
        ),
        ("{} is asked about again", "重新查询 {}"), ("no jobs yet", "还没有任务"), ("no job is under way", "没有正在进行的任务"),
        ("the last, {}, {}", "最近的 {} {}"), ("{} is {} already", "{} 已经是 {}"), ("{} {} already", "{} {}"),
        ("{} is still {} after {} s; {} goes on", "{1} 在 {3} 秒后仍为{2}；{4} 继续"), ("it", "它"),
        ("A parameter has this name, too: describe {}", "也有同名的参数：describe {}"),
        ("task {}", "任务 {}"),
        ("detached; {} goes on", "已离开；{} 继续"), ("detached; {} go on", "已离开；{} 继续"), ("interrupted", "已中断"),
        ("interrupted; fetch {} goes on where it stopped", "已中断；fetch {} 从中断处继续"),
        ("interrupted; fetch --all goes on where it stopped", "已中断；fetch --all 从中断处继续"),
        ("the table does not fit into this window; changes follow line by line", "窗口放不下表格；变化将逐行显示"),
        (
            "nothing to fetch; films saved: {}, links expired: {}, jobs not over: {}",
            "没有可下载的；已保存的影片：{}，已过期的链接：{}，未结束的任务：{}"
        ),
        ("{} jobs", "{} 个任务"), ("the sandbox and its jobs are gone", "沙盒和其中的任务已消失"),
        ("the next reel goes on asking", "下次启动 reel 会继续查询"), ("{} was not finished; {}", "{} 没有结束；{}"),
        ("{} were not finished; {}", "{} 没有结束；{}"), ("it is gone with the sandbox", "它随沙盒消失"),
        ("its link lives {}: reel fetch {}", "链接还有 {}：reel fetch {}"), ("{} was not saved; {}", "{} 没有保存；{}"),
        ("the sandbox and its jobs are gone now; --sandbox-dir DIR keeps them", "沙盒和其中的任务现已消失；--sandbox-dir DIR 可保留"),
        ("unfinished: {}", "未结束：{}"), ("{} and {} more (jobs)", "{} 和另外 {} 个（jobs）"),
        ("unconfirmed: {}; may have been accepted and billed", "未确认：{}；可能已被接受并计费"),
        ("  try: adopt ID --as {}, stop {}", "  试试：adopt ID --as {}, stop {}"),
        ("{} submit(s) of the last run were not sent", "上次运行有 {} 次提交没有发送"),
    ]

    private static let chineseNotices: [Entry] = [
        ("{} running", "{} 个运行中"), ("{} paused", "{} 个已暂停"), ("{} link {}", "{} 链接 {}"),
        ("{} links, {} {}", "{} 个链接，{} {}"),
        ("job {}", "任务 {}"), ("job {} {}", "任务 {} {}"), (" after {}", "，用时 {}"), (": {}", "：{}"), (" ({})", "（{}）"),
        (", saved {} {}", "，已保存 {} {}"), (", r{}", "，r{}"), ("link about {}", "链接约 {}"),
        ("{} s", "{} 秒"), ("{} min", "{} 分钟"), ("{} h", "{} 小时"), ("under 1 min", "不到 1 分钟"),
        ("link about {}, docs also say {}", "链接约 {}，文档另说 {}"),
        ("job {} and 1 other", "任务 {} 和另外 1 个"), ("job {} and {} others", "任务 {} 和另外 {} 个"),
        (
            "{} is not asked about any more: {}; {} goes on",
            "不再查询 {1}：{2}；{3} 可恢复查询"
        ),
        (
            "{} are not asked about any more: {}; {} goes on",
            "不再查询 {1}：{2}；{3} 可恢复查询"
        ),
        ("{} are asked about again", "重新查询 {}"),
        ("{} has not changed for {} ({}); it is polled on", "{} 已有 {} 没有变化（{}）；继续查询"),
        ("{} is not saved, and its link has {} left: fetch {}", "{} 没有保存，链接还剩 {}：fetch {}"),
        (
            "{} was not saved while its link lived; fetch {} asks for a new one",
            "{1} 在链接有效期内没有保存；fetch {2} 会取新的链接"
        ),
        ("{} saved {} {}{}", "{} 已保存 {} {}{}"),
        ("{} could not be saved: {}{}; fetch {} tries again", "{} 无法保存：{}{}；fetch {} 可重试"),
        ("{} unmapped word \"{}\", still polled", "{} 的词“{}”不在表中（unmapped），继续查询"),
        ("{} poll failed: {}, again in {} s", "{} 查询失败：{}，{} 秒后再试"),
        (
            "{} gets no answer, still asked about once a minute: {}",
            "{} 没有得到答复，仍每分钟查询一次：{}"
        ),
        (
            "{} five answers in a row cannot be read, still polled: {}",
            "{} 连续五次答复无法读取，继续查询：{}"
        ),
        (
            "{} the link to its film is refused, still asked for up to a minute and a half: {}",
            "{} 的影片链接被拒绝，最多还会继续请求一分半钟：{}"
        ),
        ("{} goes on at the vendor, but nothing can be stored: {}", "{} 在供应商处继续进行，但无法保存任何内容：{}"),
        ("{} may be {}; adopt ID --as {} settles it", "{} 可能是 {}；adopt ID --as {} 可确认"),
        ("{} is unconfirmed", "{} 尚未确认"), ("stopped here", "在此处停止"), ("the key was refused", "密钥被拒绝"),
        ("bad certificate", "证书有问题"), ("the same fault again and again", "同一错误反复出现"),
        ("{} is not asked about any more: {}", "不再查询 {}：{}"),
        ("{} rested and was asked about once: {}", "{} 已停止查询，现查询了一次：{}"),
        ("{} rests and was asked about once: {}; resume {} goes on", "{} 已停止查询，现查询了一次：{}；用 resume {} 继续"),
        ("unfinished after a day", "一天后仍未结束"), ("the cassette has no answer for it", "录制中没有它的答复"),
    ]

    /// States as words of a sentence; in columns and `--json` they stay as they are.
    private static let chineseStates: [Entry] = [
        ("succeeded", "已成功"), ("failed", "已失败"), ("cancelled", "已取消"), ("expired", "已过期"), ("lost", "已作废"),
        ("unconfirmed", "未确认"), ("submitting", "正在提交"), ("waiting", "等待中"), ("queued", "排队中"),
        ("running", "运行中"), ("has succeeded", "已成功"), ("has failed", "已失败"), ("is cancelled", "已取消"),
        ("has expired", "已过期"), ("is lost", "已作废"), ("is being submitted", "正在提交"), ("is waiting", "在等待"),
        ("is queued", "在排队"), ("is running", "在运行"),
    ]

    /// What stands above the columns of a table.
    private static let chineseHeadings: [Entry] = [
        ("job", "任务"), ("state", "状态"), ("provider", "服务商"), ("model", "模型"), ("age", "时间"), ("details", "详情"),
        ("task", "任务编号"), ("time", "时间"), ("path", "路径"), ("status", "状态码"), ("took", "用时"), ("remark", "备注"),
        ("trace", "跟踪编号"), ("name", "名称"), ("key", "密钥"), ("address", "地址"), ("models", "模型"),
    ]

    private static let chineseProgramResults: [Entry] = [
        ("{} = {}  (kept in {})", "{} = {}  （写入 {}）"), ("config.yaml is in {}", "config.yaml 在 {}"),
        ("{} is set, too, and wins over the file in the next session", "{} 也已设置，下次会话中优先于文件"),
        ("{} was not set", "{} 没有设置过"),
        (
            "{} has succeeded, and its film is not saved after {} s; fetch {} goes on with it",
            "{1} 已成功，{2} 秒后影片仍未保存；fetch {3} 继续"
        ),
        ("provider is {}", "服务商为 {}"),
        ("{} has more films ({}); fetch {} saves them all", "{1} 还有影片（{2}）；fetch {3} 全部保存"),
        ("{}: {} frames", "{}：{} 帧"), ("{}, in {}", "{}，在 {} 中"), ("1 answer read again", "重新解读了 1 个答复"),
        ("{} answers read again", "重新解读了 {} 个答复"), ("{}, nothing changed", "{}，没有变化"),
        ("{}, {} readings changed", "{}，{} 处解读改变"), ("none; set {}", "没有；请设置 {}"),
        ("{} (sandbox of {})", "{}（{} 的沙盒）"), ("(sandbox of {})", "（{} 的沙盒）"), ("the report is in {}", "报告在 {}"),
        (
            "nothing was sent: read it, add what you did, and send it to where you have reel from",
            "没有发送任何内容：请阅读，补充你做了什么，再发到你获取 reel 的地方"
        ),
        ("{}, expected: {}", "{}，预期：{}"), ("{} models", "{} 个模型"),
        ("no key; {}", "没有密钥；{}"),
        ("key unusable: {}", "密钥无法使用：{}"),
        ("{} [y/N] ", "{}[y/N] "), ("attention: {}", "请注意：{}"), ("warning: {}", "警告：{}"),
        ("reel {}. Type help.", "reel {}。输入 help 查看帮助。"),
        (
            "reel {}, sandbox: local emulations, nothing is billed. Type help.",
            "reel {}，沙盒：本地模拟，不会计费。输入 help 查看帮助。"
        ),
        ("(Ctrl-D or exit leaves)", "（Ctrl-D 或 exit 离开）"),
        ("(Ctrl-D or exit leaves; 1 job goes on upstream)", "（Ctrl-D 或 exit 离开；1 个任务在服务商处继续）"),
        ("(Ctrl-D or exit leaves; {} jobs go on upstream)", "（Ctrl-D 或 exit 离开；{} 个任务在服务商处继续）"),
        ("the editor failed; the entry is as it was", "编辑器失败；条目没有改变"),
        ("stopped at line {}; line {} and on did not run", "停在第 {} 行；第 {} 行及以后没有运行"),
        ("{} = {}  (this session)", "{} = {}  （本会话）"),
        ("no aliases yet; try: {}", "还没有别名；试试：{}"), ("{} stands for: {}", "{} 代表：{}"),
        ("{} is no alias any more", "{} 不再是别名"), ("{} has no request body", "{} 没有请求正文"),
        ("{} brought a film, which the journal does not keep; saved as {}", "{} 收到影片，日志不保存影片；已存为 {}"),
        ("{} brought a film or a part of it, which the journal does not keep", "{} 收到影片或其一部分，日志不保存影片"),
        ("{} has no body", "{} 没有正文"), ("no exchange fits", "没有符合的收发"), ("no exchanges yet", "还没有收发"),
        ("no entry fits {}", "没有符合 {} 的条目"), ("no entries yet", "还没有条目"),
        ("not recorded: {}", "没有录制：{}"), ("recording into {}; record off ends it", "正在录制到 {}；record off 结束"),
        (
            "playing {} of {}; the network is not touched; play off ends it",
            "正在重放 {2} 中的 {1}；不使用网络；play off 结束"
        ),
        ("nothing was being recorded or played", "没有在录制或重放"), ("{} recorded", "录制了 {}"),
        ("requests go to the network again", "请求重新发往网络"), ("1 exchange", "1 次收发"), ("{} exchanges", "{} 次收发"),
        ("the keychain", "系统钥匙串"), ("{}: {} {}, kept in {}", "{}：{} {}，保存在 {}"),
        ("the key of {} is forgotten", "已忘记 {} 的密钥"), ("works, balance {}", "可用，余额 {}"), ("works", "可用"),
        ("not checked, as {} has no free call", "没有检查，因为 {} 没有免费的接口"), ("not checked", "没有检查"),
        ("Key for {}, not shown: ", "{} 的密钥（不显示）："),
        ("1 billable call", "1 次计费调用"), ("{} billable calls", "{} 次计费调用"),
        ("{} made in this session, without a limit", "本会话有{}，没有限制"),
        ("{} of {} billable calls made in this session", "本会话已有 {1} 次计费调用，上限 {2} 次"),
        ("it is a whole number of {} or more", "它是不小于 {} 的整数"), ("it is a number from {} to {}", "它是 {} 到 {} 的数字"),
        ("it is at least {}", "它至少为 {}"), ("it is the name of a folder", "它是文件夹的名称"),
        ("{} is no host; write its name without http:// or a path", "{} 不是主机；只写名称，不带 http:// 或路径"),
        ("{} is no folder", "{} 不是文件夹"), ("{} cannot be written to", "{} 无法写入"),
    ]
}
