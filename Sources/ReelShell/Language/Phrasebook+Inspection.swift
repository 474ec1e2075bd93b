extension Phrasebook {
    /// What the views of exchanges and jobs say: `why`, `timing`, `explain`, `drift`, `stats`.
    static let chineseInspection: [Entry] =
        chineseEvidence + chineseTimes + chineseExplanations + chineseReadings
        + chineseRows

    /// What stands in the rows of `jobs`, `watch`, `timeline` and `trace`.
    private static let chineseRows: [Entry] = [
        ("(asked {}: ok)", "（要求 {}：相符）"), ("(asked {}: got {})", "（要求 {}：得到 {}）"),
        ("link {} left", "链接还有 {}"), ("link over", "链接已过期"), ("link expired", "链接已失效"), ("not saved", "未保存"),
        ("saving, {}", "正在保存，{}"), ("place {}", "第 {} 位"), ("paused ({})", "已暂停（{}）"), ("may be {}", "可能是 {}"),
        ("over by {}", "已超出 {}"), ("~{} left", "约剩 {}"), ("not asked: {}", "未查询：{}"), ("stalled {}", "停滞 {}"),
        ("{}, again in {} s", "{}，{} 秒后再试"), ("  (r{})", "  (r{})"), ("{} task {}", "{} 任务 {}"),
        ("{}, task unknown", "{}，任务未知"), ("first {}, last {}", "首次 {}，末次 {}"), ("polls", "查询"), ("last", "末次"),
        ("no trace id", "没有 trace id"), ("{} retried", "重试 {} 次"), ("{} retried ({})", "重试 {} 次（{}）"),
        ("submitted", "已提交"), ("not accepted", "未接受"), ("adopted", "已接管"), ("download", "下载"), ("saved", "已保存"),
        ("link {}", "链接 {}"), ("task {}", "任务 {}"), ("paused", "已暂停"),
        ("file", "文件"), ("environment", "环境变量"), ("flag", "命令行"), ("session", "本次会话"),
    ]

    private static let chineseEvidence: [Entry] = [
        ("the exchange {}", "收发{}"), ("{} has no error", "{} 没有错误"), ("no errors yet", "还没有错误"),
        ("other errors, newest first", "其他错误，最新的在前"), ("... {} more lines; body {}", "... 另有 {} 行；body {}"),
        ("{} failed in a row", "连续 {} 次失败"), ("one failure", "一次失败"), (", then {} answered {}", "，之后 {} 答复 {}"),
        (", nothing after it", "，之后没有收发"), ("it {}", "它{}"),
        ("call", "调用"), ("n", "次数"), ("errors", "错误"), ("max", "最大"), ("word", "状态词"), ("taken for", "理解为"),
        ("replies", "答复"), ("jobs", "任务"),
    ]

    private static let chineseTimes: [Entry] = [
        ("dns, connect, tls reused", "dns、connect、tls 沿用"), ("new connection", "新连接"), ("reused connection", "沿用的连接"),
        ("dns {}", "dns {}"), ("connect {}", "connect {}"), ("tls {}", "tls {}"), ("send {}", "send {}"),
        ("ttfb {}", "ttfb {}"), ("receive {}", "receive {}"), ("total {} ms", "total {} ms"), ("to {}", "发往 {}"),
        ("submit {}, not known as accepted", "提交 {}，不知是否被接受"), ("queue {}", "排队 {}"), ("run {}", "运行 {}"),
        ("{} (vendor: {})", "{}（服务商：{}）"), ("vendor: {}", "服务商：{}"), ("download {}", "下载 {}"),
        ("{} at {}/s", "{}，{}/s"), ("1 poll", "查询 1 次"), ("{} polls", "查询 {} 次"), ("{}, {} retried", "{}，其中 {} 次重试"),
        ("inference {} s", "推理 {} 秒"), ("created to completed {}", "从创建到完成 {}"),
    ]

    private static let chineseExplanations: [Entry] = [
        ("{}, read by {}", "{}，由 {} 读取"), ("record    {}", "记录      {}"), ("nothing is read: {}", "没有读取任何内容：{}"),
        ("not JSON  {}", "不是 JSON  {}"), ("the body is no JSON", "正文不是 JSON"), ("never read: {}", "从未读取：{}"),
        ("asked for, not there: {}", "找过而没有：{}"), ("{}, since {}", "{}，因为{}"),
        ("no candidate held a link{}", "没有候选位置含有链接{}"), ("the reply has no status word", "答复没有状态词"),
        ("\"{}\" in the vendor's table", "“{}”在服务商的表中"), ("\"{}\" in the shared table", "“{}”在共用的表中"),
        ("\"{}\" is in no table: unmapped, polled on", "“{}”不在表中：unmapped，继续查询"),
        (", refined by {} \"{}\"", "，由 {} “{}” 细化"), (", changed by the provider", "，由服务商模块改变"),
        ("the task's own failure", "任务本身的失败"), ("HTTP status {} during {}", "{2} 时的 HTTP 状态码 {1}"),
        ("status {}", "状态码 {}"), ("code {}", "代码 {}"), ("the words \"{}\"", "文字“{}”"),
        ("the provider's rule for {} ({})", "服务商模块对 {} 的规则（{}）"),
        ("{}; documented as not accepted", "{}；文档说明没有被接受"), ("{} of {}", "{2} 中的 {1}"),
        ("no shape is documented for these calls", "这些调用没有文档规定的形状"), ("there is no answer to check", "没有可检查的答复"),
        ("as documented", "与文档一致"), ("1 deviation", "1 处偏差"), ("{} deviations", "{} 处偏差"),
        ("  ({} replies, {})", "  （{} 个答复，{}）"), ("  ({})", "  （{}）"), ("source   {}, {}", "来源     {}，{}"),
        (
            "{} more of calls whose answers are not documented: {}",
            "另有 {} 次调用的答复没有文档：{}"
        ),
    ]

    /// How a value was found in a reply, as the kit says it.
    static let chineseReadings: [Entry] = [
        ("it has a status or an id", "它有状态或编号"), ("the root has neither status nor id", "根没有状态也没有编号"),
        ("the first that says something", "第一个有内容的"), ("the first that holds a link", "第一个含有链接的"),
    ]
}
