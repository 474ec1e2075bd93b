extension Phrasebook {
    static let chineseCommands: [CommandPage] = [
        CommandPage("providers", "列出服务商、密钥来源、地址和模型", "没有密钥的服务商也会列出，并说明在哪里找密钥。"),
        CommandPage(
            "use",
            "切换到另一个服务商",
            "草稿随之带走：保留、改名或丢失的内容都会列出，切换回来时丢失的值会恢复。“use -”回到上一个服务商。"
        ),
        CommandPage("models", "列出服务商的模型", "显示上次取得的编号和种类；--refresh 向服务商取新的列表。"),
        CommandPage("model", "选择模型", "不在列表中的编号也会保留并提示，因为服务商随时会增加模型。"),
        CommandPage("describe", "解释一个参数或模型；简写为 ?NAME", "显示类型、取值、默认值、何时必填和服务商的原话。不带名称则列出该模型的全部参数。"),
        CommandPage(
            "login",
            "保存服务商的密钥，供以后使用",
            """
            输入密钥时不显示；服务商若有免费接口则先试用，然后存入系统钥匙串，没有钥匙串则存入只有你能读的 credentials.yaml。\
            SILICONFLOW_API_KEY 之类的变量优先。--stdin 从标准输入读取。
            """
        ),
        CommandPage("logout", "忘记 login 保存的密钥"),
        CommandPage(
            "set",
            "设置草稿的参数",
            """
            文本参数之后整行都是它的值：引号和 ; | > # @ $ 在那里没有含义。项目写法：NAME=VALUE、NAME:=JSON、NAME=@FILE、\
            NAME:=@FILE、NAME==QUERY、HEADER:VALUE；除最后一种外，“set”可以省略。
            """
        ),
        CommandPage("unset", "从草稿中去掉参数"),
        CommandPage("reset", "清空草稿", "“undo”可以恢复。"),
        CommandPage("undo", "撤销草稿的上一次改动", "也撤销服务商的切换以及草稿当时的变化。显示现在有何不同。"),
        CommandPage("show", "显示草稿、默认值和缺少的内容"),
        CommandPage(
            "edit",
            "在编辑器中修改草稿或一段文本",
            "用 $VISUAL、$EDITOR 或 vi 打开 YAML 文件，其中有每个参数及其说明、默认值和取值。不能接受的行会被标出并重新打开。编辑器失败或文件留空时，草稿不变。"
        ),
        CommandPage("save", "把草稿存为设置旁边的 requests/NAME.yaml", "图片一并保存。覆盖已有的请求前会询问。"),
        CommandPage("load", "把保存的请求变成草稿", "在别的服务商那里保存的请求会被转换，并说明改名或丢失了什么。“undo”恢复之前的草稿。"),
        CommandPage("saved", "列出保存的请求"),
        CommandPage(
            "compare",
            "显示多个服务商或模型会收到的请求",
            "TARGET 是服务商、当前服务商的模型或 PROVIDER:MODEL。显示草稿转到每一处会丢失什么、有什么问题。不发送任何内容。"
        ),
        CommandPage("check", "列出草稿的所有问题，不联网", "项目只在这一次有效。"),
        CommandPage(
            "preview",
            "显示将要发送的请求",
            "显示请求和它的问题；不发送任何内容。--raw 完整显示，--curl 显示为任何人都能运行的命令，其中密钥为变量。"
        ),
        CommandPage(
            "submit",
            "发送草稿；可能计费",
            "项目只在这一次有效。任务在发送之前就已记录，同一提交绝不会自行发送两次。没有明确答复时任务为 unconfirmed（未确认）。"
        ),
        CommandPage(
            "race",
            "把草稿发给多个服务商或模型，并排观看",
            "TARGET 是服务商、当前服务商的模型或 PROVIDER:MODEL。先检查并显示所有草稿，一次确认。其中一个被拒绝时，其余照常进行。终端上每个任务一行，随变化重画；--log 逐行显示。"
        ),
        CommandPage(
            "grid",
            "发送多个取值的每一种组合，以表格观看",
            """
            NAME=A,B,C 和 NAME=@F,G 给参数多个取值，NAME:=[A,B] 亦可。先显示并计数，一次确认；逐个发送，间隔为 --every，\
            第一次失败即停止发送。终端上以表格观看，使用 --log 则逐行显示。
            """
        ),
        CommandPage("status", "查询一次任务的状态"),
        CommandPage(
            "watch",
            "跟踪任务直到结束",
            """
            只显示变化。不带任务则跟踪所有未完成的任务。Ctrl-C 离开，任务继续。使用 --in-place 时每个任务一行，显示进度和剩余时间，\
            依据服务商的进度或同一模型三个以上任务的用时。
            """
        ),
        CommandPage("wait", "等待任务，每个结束的任务显示一行"),
        CommandPage("jobs", "列出任务、状态、时间和链接剩余时间", "列出未完成或未下载的任务和最近的其他任务；-a 列出全部。使用 --json 时每个任务列出其影片及所在位置。"),
        CommandPage("stop", "在本地停止查询任务；不通知服务商", "任务在服务商那里继续，“resume”重新跟踪。未确认的任务变为 lost。不带任务则为当前任务或最新的未结束任务。"),
        CommandPage("resume", "重新查询已停止的任务"),
        CommandPage("cancel", "请服务商停止任务", "只在服务商有此接口时有效；否则“stop”只结束本地查询，任务继续。以服务商的答复为准。不带任务则为当前任务或最新的未结束任务。"),
        CommandPage("adopt", "跟踪在别处创建的任务", "ID 是服务商的任务编号。使用 --as 时，它用来确认未确认的任务，而不是新建任务。"),
        CommandPage(
            "fetch",
            "下载任务的影片；--all 下载所有未保存的",
            "不带任务则为当前任务或影片未保存的最新任务。续传未完成的下载。默认存为当前文件夹的 jN.mp4。显示大小和 sha256，并与要求对比。FILE 为 - 时照常保存，并写到标准输出（不能是终端）。"
                + "有多部影片时其余存为 jN-2.mp4 等，-o 只命名第一部。--all 先对不再查询的任务各查询一次。"
        ),
        CommandPage("open", "用桌面播放器打开已保存的影片", "交给桌面自己的播放器，离开 reel 后播放继续。"),
        CommandPage("frames", "显示已保存影片的画面总览", "在终端中画出 N 帧，默认 8 帧；需要 ffmpeg 和 chafa。使用 -o 则写入 PNG，只需 ffmpeg。"),
        CommandPage(
            "log",
            "列出收发记录，最新的在最后",
            "S 为 503、5xx、400-499，或 - 表示没有答复；--since 之后的 T 为 10m（之前）、12:30 或日期。--text 在请求和答复中查找。不给 N 时列出最新的 20 条，在管道中也一样。"
        ),
        CommandPage("headers", "按收发顺序显示标头", "R 是 rN、last、prev、任务的最后一次收发 jN，或 jN.submit、jN.first、jN.N。"),
        CommandPage("body", "显示答复正文，JSON 会排版", "每个 JSON 记号都按原样显示。终端上长字符串会缩短，--full 完整显示。"),
        CommandPage("raw", "显示收发的原始字节", "标头与传输时一致，正文为解码之后；只隐去密钥。"),
        CommandPage("get", "逐字节显示答复中的一个值", "PATH 由 .NAME、[0]、表示每个元素的 [] 和 [\"任意名称\"] 组成；“.”是整个答复。"),
        CommandPage("grep", "按路径搜索所有记录的正文", "PATTERN 是正则表达式；在 JSON 中与每个值和名称比较。范围写作 r4..r9。"),
        CommandPage("timing", "显示一次收发或一个任务的时间去向", "任务的排队、运行和下载时间与服务商所说的并列。"),
        CommandPage("timeline", "讲述任务的经过，相同的查询合为一行", "--bodies 还显示每次变化时的原始正文。"),
        CommandPage("explain", "说明答复中哪些字段被读取、作何理解，哪些从未读取", "还说明一个值可能在多处时按哪条规则选取。不带 R 时取最近一个会被解读的答复，跳过影片下载。"),
        CommandPage(
            "drift",
            "按服务商文档检查答复的形状",
            """
            列出类型错误、缺少和未知的字段、表中没有的状态词，以及形状不同的正文，并指出文档的不同说法；--docs 列出文档自相矛盾之处。\
            在脚本中，任何偏差都以 11 结束。
            """
        ),
        CommandPage(
            "diff",
            "按路径比较两个答复、任务或文件",
            """
            A 和 B 是收发记录、任务、JSON 文件或单词 draft；省略时比较最近两次查询。--ignore 的路径会为该服务商记住；--all 显示它们，\
            --forget 去掉它们。
            """
        ),
        CommandPage("stats", "按服务商和模型显示延迟、错误和状态词"),
        CommandPage(
            "trace",
            "显示要告诉服务商的跟踪编号，或写工单",
            "ID 是在标头、正文和消息中找到的跟踪编号。--ticket 写一封给服务商支持的信，不含提示词、图片和密钥；FILE 为 - 时只显示。L 为 en 或 zh。"
        ),
        CommandPage("errors", "解释上一个错误或指定的错误，连同收发和重试"),
        CommandPage(
            "sandbox",
            "控制模拟的服务商",
            """
            在以 “reel --sandbox” 开始的会话中有效。故障默认影响下一个请求一次。故障有：503 429 401 stall truncate no-url expired \
            drop refuse html word。PHASE 为 submit、poll 或 download。“speed 10”使任务和查询快十倍；“directives”列出提示词中决定任务走向的词。
            """
        ),
        CommandPage(
            "config",
            "显示或更改设置",
            "值只对本次会话有效；--save 还会写入 config.yaml。每个设置也是参数和变量：poll.every、--poll-every、REEL_POLL_EVERY。"
        ),
        CommandPage(
            "alias",
            "用自己的词代表命令的开头",
            "NAME 之后全部是它的内容。它只替换命令的第一个词一次，不会遮住命令。别名保存在设置旁边的 aliases.yaml。不带参数则列出。"
        ),
        CommandPage("source", "在本会话中运行文件里的条目", "遇到第一个错误即停止，并指出行号和没有运行的部分。与任何脚本一样，命令必须写全。"),
        CommandPage("history", "列出以前的条目，最新的在最后", "N 是最近的条目数。PAT 是条目的一部分，或带 * 的模式。含有密钥的条目从不保存。"),
        CommandPage("budget", "限制本会话可能计费的调用次数", "超出的提交会询问；在脚本中则失败，--yes 也不能放开。设置 budget 对每个会话有效。"),
        CommandPage("completion", "显示供你的 shell 使用的补全脚本", "它与本帮助出自同一张表。"),
        CommandPage(
            "help",
            "显示命令、参数或主题的帮助",
            "主题：\(HelpTopic.all.map(\.name).joined(separator: "、"))。FORMAT 为 text、markdown 或 man。"
        ),
        CommandPage(
            "bug",
            "写一份上一个错误的报告，发送前可先阅读",
            "Markdown 文件，含版本、设置和上一个错误，不含密钥、提示词、文件夹和主机名。不会发送任何内容。未给出 FILE 时写入当前文件夹的 reel-bug.md；FILE 为 - 时显示。"
        ),
        CommandPage("version", "显示版本"),
        CommandPage("exit", "离开；未完成的任务在服务商那里继续", "空行上的 Ctrl-D 作用相同。"),
        CommandPage(
            "curl",
            "把收发写成可运行的 curl 命令",
            "密钥写成变量；--reveal 写入密钥本身，不在终端时须带 --yes。较大的正文存为命令旁边的文件，-o 也会写出它。"
        ),
        CommandPage(
            "export",
            "导出收发和任务，供他人查看",
            "去掉密钥、签名链接和个人信息；--private 还去掉提示词和图片。不带名称则为当前任务，--session 为 reel 启动以来的全部。"
        ),
        CommandPage(
            "replay",
            "再次发送一次收发；提交可能计费",
            "提交会变成新任务，须先同意；第一次结果不明时须同意两次。--to 发给别的服务商，项目可更改内容，--edit 变为草稿而不发送，在提示符处先打开编辑器。"
        ),
        CommandPage(
            "http",
            "用服务商的密钥发送自己的请求",
            """
            项目：NAME=TEXT 和 NAME:=JSON 组成 JSON 正文（--form 为表单），NAME=@FILE 为文件，NAME==VALUE 为查询参数，NAME:VALUE 为标头。\
            密钥只发往服务商自己的来源。可能改变什么的请求会先询问。
            """
        ),
        CommandPage(
            "import",
            "从 curl 命令或 HAR 档案导入",
            "FILE 为 - 时读取标准输入。创建任务的 curl 命令变为草稿；档案中的每次收发都会保存，可像在此处产生的一样检查。"
        ),
        CommandPage("record", "把收发录入文件夹", "去掉密钥和签名；字节中发现密钥的收发不会写入。"),
        CommandPage("play", "用录制的收发代替网络", "没有录制答复的请求以 12 结束；没有答复的任务不再查询，直到播放另一个文件夹、play off 或 resume。"),
        CommandPage(
            "capture",
            "把收发存为服务商模块的测试样本",
            "DIR 是服务商的样本文件夹；源码检出中的会自动找到。去掉密钥、签名、个人信息和提示词，预期的解读取自写入的内容。"
        ),
        CommandPage("redecode", "用现在的服务商模块重新解读记录的答复"),
    ]
}
