extension Phrasebook {
    static let chineseTopics: [HelpTopic] = [
        HelpTopic(
            name: "items",
            title: "NAME=VALUE 和其他给值的写法",
            text: """
                项目用一个词给出一个值，供 set、submit、preview 等使用；“set”本身可以省略。

                  seed=7                  按参数类型读取的值
                  image=@cat.png          文件本身，用于图片和影片
                  prompt=@prompt.txt      文件的文本，去掉最后的换行
                  prompt=@-               标准输入的文本，不在会话中时
                  metadata:='{"a": 1.0}'  JSON，逐个记号发送
                  metadata:=@meta.json    文件中的 JSON
                  trace==on               查询参数
                  X-Trace:abc             标头；只在 set 或 submit 之后
                  raw.motion:=3           服务商未声明的正文成员

                符号两边不留空格。名称用服务商的或通用的（size、image、seed）。submit、check、preview 之后的项目只在那一次有效。
                """
        ),
        HelpTopic(
            name: "references",
            title: "r17、j3、last、prev，以及取自答复的值",
            text: """
                rN 是一次收发，即一个请求和它的答复；jN 是任务。编号从不重复使用。

                  last, prev      最近显示的收发，和它前面一个
                  j3              任务；需要收发时为它的最后一次
                  j3.submit       提交它的那次收发；还有 j3.first、j3.last、j3.4
                  k3v9            服务商任务编号的开头，须唯一
                  r4..r9          范围，用于可取多个之处

                省略时，任务为这里最近提到或创建的，否则为最新的未完成任务；收发为 last。以 $ 和引用开头的值取答复中该路径的内容：

                  seed=$r31.results.seed
                  set seed $last.results.seed

                路径由 .NAME、[0]、表示每个元素的 [] 和 ["任意名称"] 组成；“.”是整个答复。
                """
        ),
        HelpTopic(
            name: "quoting",
            title: "引号、换行、文件和管道",
            text: """
                “set PROMPT”及其他文本参数之后，整行都是值，其中引号和 ; | > # @ $ 都没有含义。别处的词与 shell 一样加引号：

                  'as it is'      "with \\" \\\\ \\n \\t \\$"      one\\ word

                三个双引号在任何地方开始和结束多行文本。以 \\ 或未闭合引号结尾的行在 “... ” 处继续；Ctrl-C 放弃。Alt-Enter 另起一行。

                  set prompt \"\"\"
                  第一行
                  第二行\"\"\"

                命令之后：  ; 另一个命令   | 程序   > 文件   >> 文件
                以 ! 开头的行运行程序，!! 重复上一条，# 是注释。在提示符处可以只写命令的唯一开头，可能计费的至少三个字母。
                """
        ),
        HelpTopic(
            name: "money",
            title: "什么会计费，以及如何不重复付费",
            text: """
                标有“可能计费”的命令是 submit、race、grid 和 replay；http 除了只读的请求都会先询问。请求只发出一次：在第一个字节之前就已记录，\
                只有确定没有发出或得到“未接受”的答复时才会自行重发。没有明确答复时任务为 unconfirmed（未确认）：它可能在运行并计费。

                  adopt ID --as j1     服务商的页面上有此任务：跟踪它
                  stop j1              没有：任务作废，不再发送
                  replay r2            询问之后再次发送

                相同的请求正在进行、未确认或十秒内刚被接受时会先询问。粘贴的多行和重复的条目若可能计费也会询问；--yes 回答是。\
                “budget N”限制一个会话。
                """
        ),
        HelpTopic(
            name: "polling",
            title: "如何跟踪任务，状态的含义",
            text: """
                任务在后台查询，输入时也在进行，节奏由服务商决定；查询失败会重试，不会使任务失败。Ctrl-C 和 exit 结束的是观看，\
                不是任务；下次启动 reel 会继续。

                  submitting      正在发送
                  unconfirmed     没有明确答复；可能已被接受
                  waiting         因“请求过多”在本地等待
                  queued running succeeded failed cancelled expired     按服务商所说
                  lost            在本地放弃

                服务商的原词显示在状态旁边。表中没有的词显示为 unmapped，状态不变，继续查询。“stop”结束查询，“resume”重新开始，\
                “status”查询一次。
                """
        ),
        HelpTopic(
            name: "films",
            title: "影片保存在哪里，链接能用多久",
            text: """
                任务成功后影片立即存入 fetch.dir（当前文件夹），名为 jN.mp4。“fetch”可另存或重新保存；未完成的下载从中断处继续，\
                不会擅自覆盖文件。

                服务商的链接会失效，往往只有几分钟：“jobs”显示各自的剩余时间。失效的链接会重新询问；\
                本应仍有效的链接会在约一分半钟内反复重试，服务商每次重新签名的则用新链接。\
                “config fetch.auto off”之后不会自行保存。
                """
        ),
        HelpTopic(
            name: "credentials",
            title: "密钥从哪里来，又从不到哪里去",
            text: """
                先有者优先：--key-file FILE；服务商的变量，如 SILICONFLOW_API_KEY；“login”保存在系统钥匙串或 credentials.yaml 中的；\
                配置档案则按 config.yaml。文件必须属于你，且他人不能读取。

                  login siliconflow             询问、试用并保存密钥
                  pass show k | reel login siliconflow --stdin
                  logout siliconflow

                密钥在任何地方都显示为 sk-...9f3c。它不在日志、历史、导出和子进程中，也只发往它所属的地址。
                """
        ),
        HelpTopic(
            name: "instances",
            title: "同一服务商的多个账号或服务器",
            text: """
                一个服务商可以出现多次，各有自己的密钥和地址。它们写在 config.yaml 中，“config --sources”会说明它在哪里：

                  instances:
                    siliconflow@work:
                      key: {command: "pass show work"}
                    siliconflow@intl:
                      base_url: https://api.siliconflow.com/v1
                      key: {env: INTL_KEY}

                字段有 base_url、key（env、file 或 command，绝不写密钥本身）、ca_file 和 headers。下一次会话里用\
                “use siliconflow@work”选择；限额和任务各自分开。
                """
        ),
        HelpTopic(
            name: "keys",
            title: "键盘，以及各种状态下的 Ctrl-C",
            text: """
                  Enter; Alt-Enter, Ctrl-J       运行；换行
                  Tab; Tab Tab; 行尾的 Right     补全；列出；采用暗色提示
                  Up, Down; Ctrl-R               整条历史；搜索
                  Ctrl-C                         清除本行；命令运行时结束等待，不结束任务
                  submit 时的 Ctrl-C             字节发出前什么也不发送；之后等待编号 10 秒
                  Ctrl-D                         在空行上离开
                  Ctrl-Z, fg                     挂起，回来时半行仍在
                  Ctrl-X Ctrl-E                  在编辑器中编辑条目
                  Ctrl-L; Ctrl-W                 重画；删除一个词

                粘贴是一次编辑：按 Enter 之前什么也不运行。会读取 ~/.editrc；“bind -v”是 vi 模式。\
                TERM=dumb 或 REEL_ACCESSIBLE=1 只输出普通行，不重画。
                """
        ),
        HelpTopic(
            name: "scripts",
            title: "无人值守的 reel：-c、-f、标准输入、子命令",
            text: """
                  reel submit prompt='a cat' model=M --wait --json
                  reel -c 'set prompt a cat' -c 'submit --wait'
                  reel -f make.reel
                  echo jobs | reel

                命令与提示符处相同，须写全。脚本在第一个错误处停止，错误前有 FILE:LINE。没有终端时不会询问：需要询问的以 2 失败，\
                除非给出 --yes。结果到标准输出，其余到标准错误；使用 --json 时都到标准输出。
                """
        ),
        HelpTopic(name: "json", title: "--json 输出的行", text: ""),
        HelpTopic(name: "settings", title: "可以设置什么，在哪里设置", text: ""),
        HelpTopic(name: "exit-codes", title: "reel 的退出码", text: ""),
    ]
}
