extension Phrasebook {
    /// The frames around help and errors.
    static let chineseFrames: [Entry] = [
        ("may be billed", "可能计费"), ("used before", "用过"), ("the exchange last printed", "最近显示的收发"),
        ("the one before", "再前一个"),
        ("error", "错误"), ("why", "原因"), ("where", "位置"), ("try", "试试"),
        ("usage: ", "用法："), ("also:  ", "又名："), ("Flags:", "参数："), ("Example: ", "例："),
        ("For every command:", "每个命令都有："), ("Topics", "主题"), ("; may be billed", "；可能计费"),
        ("help NAME explains a command or topic, ?NAME a parameter.", "help NAME 解释命令或主题，?NAME 解释参数。"),
        ("Without a key, for free, on local emulations:", "没有密钥时，在本地仿真中免费试用："),
        ("A first film:", "第一部影片："), ("Flags of reel:", "reel 的参数："),
        ("Providers and models", "服务商和模型"), ("Compose a request", "编写请求"), ("Run and follow jobs", "运行和跟踪任务"),
        ("Inspect what was sent and received", "检查收发的内容"), ("The program", "程序"),
        (
            "Without a command reel opens its shell. Commands are the same in the shell, in scripts and here.",
            "不带命令时 reel 打开交互界面。命令在界面、脚本和这里都一样。"
        ),
        ("Try it without a key: reel --sandbox", "没有密钥也能试用：reel --sandbox"),
        (
            "Each setting of `config` is also a flag and a variable: fetch.dir, --fetch-dir, REEL_FETCH_DIR.",
            "`config` 的每个设置也是参数和变量：fetch.dir、--fetch-dir、REEL_FETCH_DIR。"
        ),
        (
            """
            Keys come from `reel login`, SILICONFLOW_API_KEY, XIEXUS_API_KEY, SORARELAY_API_KEY, a file or a command.
            """,
            "密钥来自 `reel login`、SILICONFLOW_API_KEY、XIEXUS_API_KEY、SORARELAY_API_KEY、文件或命令。"
        ),
        (
            "Settings: $XDG_CONFIG_HOME/reel/config.yaml   Journal: $XDG_STATE_HOME/reel",
            "设置：$XDG_CONFIG_HOME/reel/config.yaml   日志：$XDG_STATE_HOME/reel"
        ),
        ("how reel ends", "reel 的退出码"), ("what can be set, and where", "可以设置什么，在哪里设置"),
        ("the lines that --json prints", "--json 输出的行"),
        (
            "Later ones win: default, config.yaml, variable, flag, \"config NAME VALUE\" for the session.",
            "后者优先：默认值、config.yaml、变量、参数、会话中的 “config NAME VALUE”。"
        ),
        (
            "With --json each line is an object: {\"schema\":1,\"t\":UTC,\"event\":NAME, ...}. The names are:",
            "使用 --json 时每行是一个对象：{\"schema\":1,\"t\":UTC,\"event\":NAME, ...}。NAME 有："
        ),
    ]

    /// Exit codes, settings and events.
    static let chineseTables: [Entry] = [
        ("all went well, or the session was left", "一切正常，或离开了会话"),
        ("what has no code of its own; a question answered no", "没有专门代码的情况；对询问回答了否"),
        ("wrong usage or a wrong request; nothing was accepted", "用法或请求有误；没有被接受"),
        ("no key, or the key was refused", "没有密钥，或密钥被拒绝"),
        ("too many requests, or no money left", "请求过多，或余额不足"),
        ("the wait ended; the job goes on", "等待结束；任务继续"),
        ("the network or a certificate failed", "网络或证书出错"),
        ("the task failed, is unknown, was cancelled, expired, or gave no film", "任务失败、不存在、被取消、过期或没有影片"),
        ("the server failed or is overloaded", "服务器出错或过载"),
        ("a submit got no clear answer; it may be billed", "提交没有明确答复；可能计费"),
        ("the vendor refused the content", "服务商拒绝了内容"),
        (
            "a reply that cannot be read, points elsewhere, is too large or has drifted",
            "答复无法读取、指向别处、过大或与文档不符"
        ),
        ("this machine: a file, the journal, a cassette", "本机问题：文件、日志、录制"),
        ("ended by SIGHUP", "被 SIGHUP 结束"), ("ended by Ctrl-C", "被 Ctrl-C 结束"), ("ended by SIGTERM", "被 SIGTERM 结束"),
        ("the provider a session starts with", "会话开始时的服务商"),
        (
            "save films as soon as they are ready, or when half the life of their link is over",
            "影片完成即保存，或在链接寿命过半时保存"
        ),
        ("the folder films are saved in", "保存影片的文件夹"),
        ("which changes are told above the prompt", "哪些变化在提示符上方通知"),
        ("call for attention after jobs longer than this, such as 90s; off with 0", "任务超过此时间后提醒，如 90s；0 为关闭"),
        ("how to call: the bell, or a desktop message by the terminal", "提醒方式：响铃，或由终端发桌面消息"),
        (
            "tell of a job that has not changed for this long, and three times what it usually takes",
            "任务这么久没有变化且超过通常用时三倍时通知"
        ),
        ("the time between polls, such as 10s, instead of the provider's rhythm", "查询间隔，如 10s，代替服务商的节奏"),
        ("hosts that may be talked to over plain http, separated by commas", "可以用明文 http 连接的主机，以逗号分隔"),
        ("show the model in the prompt", "在提示符中显示模型"), ("when to use colour", "何时使用颜色"),
        ("the most calls that may be billed in a session; empty for no limit", "会话中可能计费的最多调用次数；空为不限"),
        (
            "the language of help and errors; auto follows LC_ALL, LC_MESSAGES, LANG",
            "帮助和错误的语言；auto 依 LC_ALL、LC_MESSAGES、LANG"
        ),
        ("a submit was accepted; the id is stored", "提交已被接受；编号已保存"),
        (
            "the state changed, the vendor's word is in no table (`unmapped`), or polling paused",
            "状态改变、服务商的词不在表中（`unmapped`），或查询暂停"
        ),
        ("the vendor's word or progress changed", "服务商的词或进度改变"),
        (
            "a poll failed or a submit was not accepted, and is sent again after the wait",
            "查询失败或提交未被接受，等待后重新发送"
        ),
        (
            "polls fail for long or cannot be read or stored, and go on; or a receipt cannot be stored yet",
            "查询长时间失败、无法读取或保存，仍会继续；或回执暂时无法保存"
        ),
        ("the job has not changed for long, see `stall.after`", "任务长时间没有变化，见 `stall.after`"),
        ("a film was saved", "影片已保存"), ("a wait ended before the job; exit code 5", "等待先于任务结束；退出码 5"),
        (
            "something failed; for a job that goes on, such as a film not saved, `job` is there",
            "出现错误；若任务仍在继续（如影片未保存），则有 `job`"
        ),
        ("what a command shows, as an object of its own", "命令显示的内容，各自一个对象"),
    ]
}
