extension Phrasebook {
    /// One sentence for each kind of fault.
    static let chineseFaults: [Entry] = [
        ("{}; the sandbox is free and needs none", "{}；沙盒免费，无需密钥"),
        ("there is no key for {}", "没有 {} 的密钥"), ("{} rejected the key", "{} 拒绝了密钥"),
        ("{} does not allow this", "{} 不允许此操作"),
        ("{} says that the balance or quota is used up", "{} 说余额或配额已用完"),
        ("{} rejected the request because of {}", "{1} 因 {2} 拒绝了请求"), ("this request cannot be sent", "此请求无法发送"),
        ("{} rejected the request", "{} 拒绝了请求"), ("{} does not have this model", "{} 没有这个模型"),
        ("{} does not know this task", "{} 不认识这个任务"), ("{} has nothing at this address", "{} 在此地址没有内容"),
        ("{} refused the content", "{} 拒绝了内容"), ("{} limits the rate{}", "{} 限制了频率{}"),
        ("{} limits the rate", "{} 限制了频率"),
        ("{} is overloaded{}", "{} 过载{}"), ("{} is overloaded", "{} 过载"),
        ("a server on the way to {} gave up waiting", "通往 {} 途中的服务器放弃了等待"), ("{} failed", "{} 出错"),
        ("{} does not support this", "{} 不支持此功能"), ("the reply of {} cannot be read", "{} 的答复无法读取"),
        ("{} says that the task failed", "{} 说任务失败了"), ("there is no film", "没有影片"),
        ("{} cannot be reached", "无法连接 {}"), ("the answer of {} broke off", "{} 的答复中断了"),
        ("{} gave no answer", "{} 没有答复"),
        ("the certificate of {} is not to be trusted", "{} 的证书不可信"),
        ("{} points elsewhere, which is not followed", "{} 指向别处，没有跟随"), ("the reply of {} is too large", "{} 的答复过大"),
        ("what is wrong on this machine, in reel's own words", "本机上的问题，由 reel 自己说明"),
        ("the link has expired", "链接已过期"), ("stopped; nothing was sent", "已停止；没有发送任何内容"),
        ("stopped; what was sent was not accepted, and is not sent again", "已停止；已发送的没有被接受，也不再发送"),
        ("{} may have accepted this request and may bill it", "{} 可能已接受此请求并计费"), ("; it asks for {} s", "；要求等待 {} 秒"),
        ("(again later)", "（稍后再试）"),
        ("(top up at the vendor, then: submit)", "（在服务商处充值，然后：submit）"),
        ("(close the quote: ')", "（请补上引号：'）"), ("(close the quote: \")", "（请补上引号：\"）"),
        ("(end the text with \"\"\")", "（用 \"\"\" 结束文本）"), ("(write \\\\ for the sign)", "（要写这个符号请用 \\\\）"),
        ("(begin a new line after \"\"\")", "（在 \"\"\" 之后另起一行）"),
        ("failed {}", "{}失败"), ("no answer", "没有答复"), ("trace {}", "跟踪编号 {}"), ("while looking up the host", "查找主机时"),
        ("while connecting", "建立连接时"),
        ("in the TLS handshake", "TLS 握手时"), ("while checking the certificate", "检查证书时"),
        ("at the proxy", "在代理处"), ("before sending", "发送之前"), ("while sending", "发送时"),
        ("while waiting", "等待答复时"), ("while receiving", "接收答复时"),
    ]

    /// The sentences of modules below the shell, with their Chinese.
    static let chineseForeign: [Entry] = [
        ("it takes {}", "它接受 {}"), ("it is no http(s) URL, data: URI or @FILE", "它不是 http(s) URL、data: URI 或 @FILE"),
        ("{} is required", "{} 必填"), ("{} is empty, and it is required", "{} 为空，而它必填"),
        ("{} is required with model {}", "使用模型 {2} 时 {1} 必填"),
        ("{} is not taken {}", "{1} 在此不适用（{2}）"), ("{} cannot be given together with {}", "{} 不能与 {} 同时给出"),
        (
            "{} is not among the models known here; it is sent all the same",
            "{} 不在已知模型之中；仍会照样发送"
        ),
        ("{} cannot be \"{}\"", "{} 不能是“{}”"), ("{} cannot be {}", "{} 不能是 {}"), ("allowed are {}", "允许的值：{}"),
        ("it must lie in {} to {}", "必须在 {} 到 {} 之间"), ("it must be a whole number", "必须是整数"),
        ("it must be a number", "必须是数字"), ("it must be true or false", "必须是 true 或 false"),
        ("it must be WIDTHxHEIGHT", "必须是 宽x高"), ("{} takes at most {}, not {}", "{1} 最多 {2} 个，而不是 {3} 个"),
        ("{} has {} characters; at most {} are allowed", "{1} 有 {2} 个字符；最多允许 {3} 个"),
        ("{} has {} bytes; at most {} are allowed", "{1} 有 {2} 字节；最多允许 {3} 字节"),
        ("{} is {}; allowed are {}", "{} 是 {}；允许的类型：{}"),
        (
            "{} cannot be sent from this source; the vendor takes {}",
            "{} 不能以这种来源发送；服务商接受 {}"
        ),
        ("{} does not take this kind of value; it takes {}", "{} 不接受这种值；它接受 {}"),
        ("{} has no parameter {}", "{} 没有参数 {}"),
        ("{} does not list {}", "{1} 的模型中没有 {2}"), ("{} has nothing like it", "{} 没有与之对应的参数"),
        ("{} \"{}\" is not among the known values {}; it is sent all the same", "{1} 的已知值中没有“{2}”（{3}）；仍会照样发送"),
        ("\"{}\" is no http(s) URL, data: URI or @FILE", "“{}”不是 http(s) URL、data: URI 或 @FILE"),
        ("The base64 of the data: URI cannot be decoded", "data: URI 的 base64 无法解码"),
        ("The data: URI has no comma", "data: URI 缺少逗号"), ("The data: URI is not in base64", "data: URI 不是 base64"),
        ("The data: URI holds no known kind of picture or film", "data: URI 中不是已知的图片或影片"),
        ("{} has no film", "{} 没有影片"), ("{} is {}; there is no film yet", "{} 为 {}；还没有影片"),
        ("{} exists; use --force or another name", "{} 已存在；请用 --force 或换个名称"),
        ("{} exists; use --force or -o FILE", "{} 已存在；请用 --force 或 -o FILE"),
        ("{} is being saved already", "{} 正在保存"), ("{} is not configured here", "此处没有配置 {}"),
        ("{} is {}; only an unconfirmed or lost job can be settled", "{} 为 {}；只有未确认或已作废的任务可以确认"),
        ("{} holds no cassette", "{} 中没有录制"), ("there is no file of an exchange in it", "其中没有收发的文件"),
        ("{} is no part of a cassette", "{} 不是录制的一部分"), ("{} belongs to somebody else", "{} 属于其他用户"),
        ("{} can be read by others", "{} 可被其他用户读取"), ("{} is not a regular file", "{} 不是普通文件"),
        ("{} is not a plain file of ours", "{} 不是本用户的普通文件"), ("{} is no base URL", "{} 不是基础 URL"),
        ("{} cannot be read", "{} 无法读取"), ("{} cannot be read: {}", "{} 无法读取：{}"),
        ("{} cannot be written", "{} 无法写入"), ("{} cannot be written: {}", "{} 无法写入：{}"),
        ("{} cannot be made", "{} 无法创建"),
        ("Another process is sending this job", "另一个进程正在发送此任务"),
        ("Not valid JSON at line {}, column {} (byte {}): {}", "第 {} 行第 {} 列（第 {} 字节）不是有效的 JSON：{}"),
        ("{}, found {}", "{}，而此处是 {}"),
        ("set {}", "设置 {}"), ("see to {}", "处理 {}"), ("{} of the answer came: {}", "答复收到 {}：{}"),
        ("{} of {} bytes of the answer came: {}", "答复的 {2} 字节中收到 {1} 字节：{3}"),
        (
            "The cassette {} has no answer for {} with this body; the network is not asked",
            "录制 {1} 中没有带此正文的 {2} 的答复；不会访问网络"
        ),
        ("the wait for the answer was given up", "已放弃等待答复"),
        ("it belongs to {}", "它属于 {}"), ("it does not take this kind of value", "它不接受这种值"),
        (
            "The server closed the connection before answering; nothing was sent a second time",
            "服务器在答复之前关闭了连接；没有再次发送"
        ),
        ("{} has no default address; set {}", "{1} 没有默认地址；请设置 {2}"),
        ("The draft holds a key; remove it before submitting", "草稿中含有密钥；提交前请去掉"),
        ("{} was taken over by another reel while this one stood still", "这个 reel 停住时，{} 已由另一个 reel 接手"),
        ("{} is being saved by another reel ({})", "{} 正由另一个 reel 保存（{}）"),
        ("{} is a folder; use -o FILE", "{} 是文件夹；请用 -o FILE"),
        ("{} is not the file that was loaded; something else has replaced it", "{} 不是下载的那个文件；它已被别的东西替换"),
        ("{} is no file that a film could replace; use -o FILE or -o -", "{} 不是影片可以替换的文件；请用 -o FILE 或 -o -"),
        ("The server sent a part of another film: {} in place of {}", "服务器发来的是另一部影片的一段：{1}，而不是 {2}"),
        ("The server announces {} bytes, and at most {} are taken", "服务器声明有 {1} 字节，最多接收 {2} 字节"),
        ("The film is damaged: {}. The bytes are kept as {}", "影片已损坏：{}。字节保存为 {}"),
    ]

    /// Their keys, without the full stop alone, which would be every sentence.
    ///
    /// What says more comes before what says less.
    static let foreignSentences = (chineseForeign + chineseKinds + chineseReadings + chineseSystem + chineseEngine)
        .map(\.english).filter { words(in: $0) > 1 }.sorted { words(in: $0) > words(in: $1) }

    private static func words(in key: String) -> Int { key.utf8.count - 2 * key.ranges(of: "{}").count }
}
