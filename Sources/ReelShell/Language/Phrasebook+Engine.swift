extension Phrasebook {
    /// What the engine and the transport say of requests, replies and films; a full stop is left out.
    static let chineseEngine: [Entry] = [
        (
            "{} lives at {}, and {} now points to {}, whose key goes nowhere else; configure an instance for the old address",
            "{1} 位于 {2}，而 {3} 现在指向 {4}，其密钥不会发往别处；请为旧地址配置一个实例"
        ),
        (
            "{}: the disk has {} MiB free, and the film needs {} MiB and {} MiB beside it; what came is kept",
            "{}：磁盘剩余 {} MiB，影片需要 {} MiB，另需 {} MiB；已收到的部分保留"
        ),
        ("The disk that holds the journal at {} has only {} MiB left", "日志 {} 所在的磁盘只剩 {} MiB"),
        ("{}.", "{}。"), ("No answer came", "没有答复"), ("No result came", "没有结果"),
        ("More than {} redirects", "重定向超过 {} 次"),
        ("SoraRelay deletes only tasks created in the OpenAI form", "SoraRelay 只删除以 OpenAI 方式创建的任务"),
        ("The content address {} cannot be used", "内容地址 {} 无法使用"),
        ("The content endpoint sent JSON without a link: {}", "内容接口给出了没有链接的 JSON：{}"),
        ("The film in the reply is no valid base64", "答复中的影片不是有效的 base64"), ("The film is damaged: {}", "影片已损坏：{}"),
        ("The link {} is no http(s) URL", "链接 {} 不是 http(s) URL"), ("The link of {} has expired", "{} 的链接已过期"),
        ("The program ended before the request was sent", "程序在请求发送之前结束"),
        ("The program ended while the request was being sent", "程序在请求发送时结束"),
        ("The receipt in the journal cannot be read", "日志中的回执无法读取"),
        ("The reply holds no {}{}: \"{}\"", "答复中没有 {}{}：“{}”"),
        ("The reply is empty and holds no {}", "答复为空，没有 {}"),
        ("The reply is about the task {}, not about {}", "答复说的是任务 {1}，而不是 {2}"),
        ("It points to {}", "它指向 {}"), ("It answers {} and names no address", "它答复 {}，但没有给出地址"),
        (
            "The link to {} holds a user name or a password, and reel sends those to nobody",
            "指向 {} 的链接中有用户名或密码，reel 不向任何人发送这些"
        ),
        ("The reply points to {}, which is no address of {}'s", "答复指向 {1}，它不是 {2} 的地址"),
        ("The server answered {}", "服务器答复 {}"), ("The server points from https to http at {}", "服务器从 https 指向 http：{}"),
        ("The server points to an address that cannot be used", "服务器指向无法使用的地址"),
        ("The server sent another range than the one asked for: {}", "服务器发来的范围与请求的不同：{}"),
        ("The server sent no film but: {}", "服务器发来的不是影片，而是：{}"),
        ("The vendor says {} and names no film with an http(s) link", "服务商说 {}，但没有给出 http(s) 链接的影片"),
        ("There is no call that cancels a task", "没有取消任务的接口"), ("There is no key for {}; {}", "没有 {1} 的密钥；{2}"),
        ("The download was stopped", "下载已停止"), ("{} of {} bytes came", "{2} 字节中收到 {1} 字节"),
        ("{} has no receipt to ask with", "{} 没有可查询的回执"),
        ("{} is {} already, {}", "{} 已经是 {}，{}"), ("{}: {}", "{}：{}"),
        ("{} is plain http; films are taken over https only", "{} 是明文 http；影片只通过 https 获取"),
        ("Commands as key sources are not available here", "此处不能用命令提供密钥"),
        ("The address {} is not allowed here", "此处不允许地址 {}"), ("The body could not be stored", "正文无法保存"),
        ("The caller cancelled the exchange", "收发已被取消"), ("The gate did not open", "请求没有放行"),
        ("The transport was shut down", "传输已关闭"),
    ]
}
