extension Phrasebook {
    /// What `describe` and `models` say.
    ///
    /// The sentences of the bundled providers are here too; one that is not bundled says its own, untranslated.
    static let chineseParameters: [Entry] = [
        ("{}  (default)", "{}  （默认值）"), ("(missing)", "（缺少）"), ("(not set)", "（未设置）"),
        ("{}  (unknown here)", "{}  （此处未知）"),
        ("the keys at {} are {}", "{} 处的键有 {}"), ("{} has {} elements", "{} 有 {} 个元素"), ("{} is {}", "{} 是 {}"),
        ("type", "类型"), ("default", "默认值"), ("required", "必填"), ("taken", "何时可用"), ("not with", "不能同时给出"),
        ("sent as", "发送为"), ("also called", "又名"), ("vendor", "服务商原文"), ("now", "当前值"),
        ("always", "总是"), ("no", "否"), ("not sent", "不发送"), ("with models {}", "使用模型 {} 时"),
        ("with {}={}", "{}={} 时"), ("{} or {}", "{} 或 {}"), ("{} and {}", "{} 且 {}"), ("  takes {}", "  接受 {}"),
        ("from text", "由文字生成"), ("from a picture; needs image", "由图片生成；需要 image"),
        ("What the film shows.", "影片的内容。"), ("What the film must not show.", "影片中不能出现的内容。"),
        ("The model that makes the film; `models` lists those known.", "生成影片的模型；`models` 列出已知的模型。"),
        ("named in samples", "示例中提到"),
        ("The picture that the film starts from.", "影片开始的图片。"),
        ("The picture that the film ends with.", "影片结束的图片。"),
        ("Width and height of the film in pixels.", "影片的宽和高，以像素计。"),
        ("Width to height of the film.", "影片的宽高比。"),
        ("Width to height of the film, for Veo.", "影片的宽高比，用于 Veo。"),
        ("Length of the film in whole seconds.", "影片的长度，以整秒计。"),
        ("Length of the film as text, for Sora.", "影片的长度，作为文本，用于 Sora。"),
        ("Length of the film in seconds, sent as text.", "影片的秒数，作为文本发送。"),
        ("The random seed; equal seeds give similar films.", "随机种子；相同的种子生成相似的影片。"),
        (
            "An address of yours that the vendor calls when the task is over; reel polls all the same.",
            "任务结束时服务商调用的您的地址；reel 仍会查询。"
        ),
        (
            "An address of yours that the relay calls when the task is over; reel polls all the same.",
            "任务结束时中转站调用的您的地址；reel 仍会查询。"
        ),
        (
            "For Vidu models one picture is the first frame, two are first and last frame, more are references.",
            "用于 Vidu 模型：一张图片是首帧，两张是首帧和尾帧，更多则为参考图。"
        ),
        ("A link to a reference, for Sora.", "参考图的链接，用于 Sora。"),
        (
            "Width and height in pixels; Kling models turn a size that is not in the list into 1:1.",
            "宽和高，以像素计；Kling 模型把列表之外的尺寸变为 1:1。"
        ),
        ("How much work a Kling model spends.", "Kling 模型投入多少计算。"),
        (
            "An object merged into the request that the relay sends to its own vendor.",
            "并入中转站发给上游服务商的请求的对象。"
        ),
        ("How closely Kling models follow the prompt, from 0 to 1.", "Kling 模型遵循提示词的程度，从 0 到 1。"),
        ("The camera's movement for Kling models, an object of theirs.", "Kling 模型的镜头运动，由它们定义的对象。"),
        (
            "How to create: OpenAI's form with files, the same as JSON with links, or the relay's unified JSON.",
            "创建方式：带文件的 OpenAI 表单、带链接的同样内容的 JSON，或中转站的统一 JSON。"
        ),
        (
            "Pixels or shape in the OpenAI forms; small, large, 720P or 1080P in the unified one.",
            "OpenAI 方式为像素或画幅；统一方式为 small、large、720P 或 1080P。"
        ),
        ("Upright or wide, for Sora.", "竖屏或横屏，用于 Sora。"),
        ("Whether the film carries a watermark.", "影片是否带水印。"),
        ("Whether the film stays out of the vendor's public gallery.", "影片是否不进入服务商的公开展示。"),
        ("Whether Veo may rewrite the prompt in English.", "Veo 是否可以用英文改写提示词。"),
        ("Whether Veo enlarges the film afterwards.", "Veo 之后是否放大影片。"),
        ("A style the relay knows by name.", "中转站按名称识别的风格。"),
        ("A film that shows the character to use, for Sora.", "展示所用角色的影片，用于 Sora。"),
        ("Where the character is seen, in seconds: 1,3.", "角色出现的时间，以秒计：1,3。"),
    ]

    /// What values a parameter takes, as the kit says it.
    static let chineseKinds: [Entry] = [
        ("text", "文本"), ("text, at most {} characters", "文本，最多 {} 个字符"), ("integer {}...{}", "整数 {}...{}"),
        ("number {}...{}", "数字 {}...{}"),
        ("up to {}: URL or data: URI or @FILE ({}, at most {} MiB)", "最多 {} 个：URL、data: URI 或 @FILE（{}，最大 {} MiB）"),
        ("up to {}: data: URI or @FILE ({}, at most {} MiB)", "最多 {} 个：data: URI 或 @FILE（{}，最大 {} MiB）"),
        ("up to {}: URL ({}, at most {} MiB)", "最多 {} 个：URL（{}，最大 {} MiB）"),
        ("URL or data: URI or @FILE ({}, at most {} MiB)", "URL、data: URI 或 @FILE（{}，最大 {} MiB）"),
        ("data: URI or @FILE ({}, at most {} MiB)", "data: URI 或 @FILE（{}，最大 {} MiB）"),
        ("URL ({}, at most {} MiB)", "URL（{}，最大 {} MiB）"),
    ]
}
