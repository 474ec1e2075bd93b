extension Phrasebook {
    /// What the sandbox says.
    static let chineseSandbox: [Entry] = [
        ("no fault is armed", "没有设置故障"), ("speed {}, a job takes about {} s", "速度 {}，一个任务约需 {} 秒"),
        ("{} requests, {} of them made a job", "{} 个请求，其中 {} 个创建了任务"),
        ("connections are refused at the moment", "目前拒绝连接"), ("no jobs", "没有任务"), ("1 job: {}", "1 个任务：{}"),
        ("{} jobs: {}", "{} 个任务：{}"), ("jobs and polls run as fast as real ones", "任务和查询以真实速度进行"),
        ("jobs and polls run {} times as fast", "任务和查询以 {} 倍速度进行"),
        ("{}: {} ({} times)", "{}：{}（{} 次）"), ("{}: {}, {} times", "{}：{}，{} 次"),
        ("after {} more, {}", "再过 {1} 个之后的 {2}"), ("next {}", "下一个 {}"), ("next request", "下一个请求"),
        ("after {} more, request", "再过 {} 个之后的请求"), ("{} at {}", "{2} 的{1}"),
        ("1 fault is disarmed", "已撤销 1 个故障"), ("{} faults are disarmed", "已撤销 {} 个故障"),
        (
            "no fault is armed any more: {} has struck, and the same command works again now",
            "不再有故障：{} 已经发生，现在同样的命令又可以用了"
        ),
        ("{} has no effect on a {}", "{} 对 {} 没有作用"), ("it strikes {}", "它作用于 {}"),
        ("refuse does not wait for a {}", "refuse 不会等待 {}"),
        (
            "it closes all addresses at once; --on download closes that of the films, --skip N waits for N requests",
            "它立即关闭所有地址；--on download 只关闭影片的地址，--skip N 等待 N 个请求"
        ),
        ("refuse is not counted", "refuse 不计次数"),
        ("it lasts a moment, or until sandbox clear", "它持续片刻，或直到 sandbox clear"),
        ("a fault that strikes 0 times has no effect", "发生 0 次的故障没有作用"),
        ("--times is how often it strikes", "--times 是它发生的次数"),
        (
            "overloaded, in the vendor's form (SiliconFlow: code 50505); nothing was accepted",
            "过载，用服务商的格式（SiliconFlow：代码 50505）；没有接受任何内容"
        ),
        (
            "with Retry-After: 2; nothing was accepted (Xiexus: an empty body)",
            "带 Retry-After: 2；没有接受任何内容（Xiexus：正文为空）"
        ),
        (
            "in the vendor's form (SiliconFlow: a bare JSON string)",
            "用服务商的格式（SiliconFlow：单独的 JSON 字符串）"
        ),
        (
            "the request is accepted, but no answer comes; a download stops half-way",
            "请求被接受，但没有答复；下载则中途停止"
        ),
        ("the answer breaks off half-way and the connection is closed", "答复中途断开，连接关闭"),
        ("the next success names no film", "下一次成功不给出影片"),
        (
            "the next download link is over (on poll: the link handed out is)",
            "下一个下载链接已过期（用于 poll 时：给出的链接已过期）"
        ),
        (
            "the request is read and accepted, then the connection is closed without an answer",
            "请求被读取并接受，然后连接关闭而没有答复"
        ),
        ("connections are refused for a moment, idle ones are closed", "暂时拒绝连接，空闲的连接被关闭"),
        ("a gateway's HTML page: 502, on a download 200", "网关的 HTML 页面：502，下载时为 200"),
        ("the next status word is an unknown one", "下一个状态词是未知的"),
        ("the job fails with the vendor's reason", "任务失败，并给出服务商的原因"),
        ("the job fails because its content is rejected", "任务因内容被拒绝而失败"),
        ("the submit is refused: 400, content policy", "提交被拒绝：400，内容政策"),
        ("the job ends in an undocumented word for cancelled", "任务以文档之外的“已取消”一词结束"),
        ("the job takes five times as long", "任务用时为五倍"), ("the job is over at the first poll", "任务在第一次查询时已结束"),
        ("the job runs for ever", "任务永远运行"), ("the job succeeds without naming a film", "任务成功但不给出影片"),
        ("the first success names no film, the next one does", "第一次成功不给出影片，下一次给出"),
        ("the job fails although a film is named", "任务失败，尽管给出了影片"),
        ("an unknown status word while it runs", "运行时出现未知的状态词"),
        ("running, then queued again, then running", "运行，再次排队，然后运行"),
        ("every link is over when it is handed out", "每个链接给出时都已过期"),
        (
            "the first link is over when it is handed out, later ones are good",
            "第一个链接给出时已过期，之后的有效"
        ),
        ("the job cannot be found for the first three seconds", "任务在前三秒找不到"),
        ("the job cannot be found from the middle on", "任务从中途起找不到"), ("every second poll answers 500", "每隔一次查询答复 500"),
        ("xiexus: polls answer the documented flat shape", "xiexus：查询以文档中的扁平格式答复"),
        (
            "xiexus: an older server, the link stands in fail_reason, words in lower case",
            "xiexus：较旧的服务器，链接在 fail_reason 中，状态词为小写"
        ),
        (
            "xiexus: polls answer data null while the job is queued",
            "xiexus：任务排队时查询答复 data 为 null"
        ),
        (
            "sorarelay: the official object, no link, bytes at /content",
            "sorarelay：官方对象，没有链接，内容在 /content"
        ),
        (
            "sorarelay: /content answers JSON under the name of video/mp4",
            "sorarelay：/content 以 video/mp4 之名答复 JSON"
        ),
    ]
}
