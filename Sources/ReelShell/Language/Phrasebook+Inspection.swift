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
        ("no trace id", "没有 trace id"), ("(none)", "（无）"), ("note", "备注"),
        ("missing", "缺少"), ("extra", "多出"), ("body", "正文"), ("{} retried", "重试 {} 次"),
        ("{} retried ({})", "重试 {} 次（{}）"),
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
        ("{}; documented as not accepted", "{}；文档说明没有被接受"), ("{} of {}", "{2} 中{1}"),
        ("answer to a submit", "对提交的答复"), ("state of a task", "任务状态"), ("wrong request", "请求有误"),
        ("refused key", "密钥被拒绝"), ("no permission", "没有权限"), ("no such page", "没有此页面"),
        ("too many requests", "请求过多"), ("overloaded", "过载"), ("gave up waiting", "放弃等待"),
        ("no such task", "没有此任务"),
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
        ("a relay of your choice", "你所选的中转站"),
        ("the first that says something", "第一个有内容的"), ("the first that holds a link", "第一个含有链接的"),
        ("documented {}, sent {}", "文档为 {}，收到 {}"), ("\"{}\" is not among {}", "“{}”不在 {} 之中"),
        ("status {} is not documented ({} are)", "状态码 {} 没有文档（有文档的是 {}）"),
        ("\"{}\" is in no table; the job is polled on", "“{}”不在表中；任务继续查询"),
        ("text that is no JSON", "不是 JSON 的文本"), ("nothing", "没有内容"), ("true or false", "true 或 false"),
        ("the page's own examples lack it too", "文档页自己的示例也没有它"),
        ("as in the page's own example {}", "与文档页自己的示例 {} 相同"),
        ("known: not there before the end", "已知：结束前没有"), ("known: null as well", "已知：也可为 null"),
        ("known: null when nothing is wrong", "已知：没有错误时为 null"), ("known: read as the link", "已知：作为链接读取"),
        ("known: text or null as well", "已知：也可为文本或 null"),
        (
            "known: read from result_url or fail_reason in wrapped records",
            "已知：在包装的记录中取自 result_url 或 fail_reason"
        ),
        ("the page prints only \"Succeed\"", "文档页只写了“Succeed”"),
        ("The path \"{}\" is malformed at byte {}: {}", "路径“{}”在第 {} 字节处有误：{}"),
        ("a path needs at least \".\"", "路径至少要有“.”"), ("expected a member name", "此处应为成员名"),
        ("expected \".\" or \"[\"", "此处应为“.”或“[”"),
        (
            "expected a number, a name in double quotes, or nothing between the brackets",
            "方括号中应为数字、双引号中的名称，或留空"
        ),
        ("a bracket is not closed", "方括号没有关闭"), ("the name in quotes is not a JSON string", "引号中的名称不是 JSON 字符串"),
    ]
}
