extension Phrasebook {
    /// What the system and the reader of JSON say.
    static let chineseSystem: [Entry] = [
        ("No such file or directory", "没有这个文件或目录"), ("Permission denied", "没有权限"), ("Is a directory", "是目录"),
        ("Not a directory", "不是目录"), ("File exists", "文件已存在"), ("No space left on device", "设备上没有空间"),
        ("Read-only file system", "文件系统只读"), ("Too many levels of symbolic links", "符号链接层数过多"),
        ("File name too long", "文件名过长"), ("Too many open files", "打开的文件过多"), ("Input/output error", "输入输出错误"),
        ("the text holds no value", "文本中没有值"), ("the text ends before its value is complete", "文本在值完整之前结束"),
        ("expected a value", "此处应为一个值"), ("expected nothing more after the value", "值之后不应再有内容"),
        ("expected a member name in double quotes", "此处应为双引号中的成员名"),
        ("expected \":\" after the member name", "成员名之后应为“:”"),
        ("expected \",\" or the closing bracket after a value", "值之后应为“,”或结束的括号"),
        ("expected another value after \",\"", "“,”之后应有另一个值"),
        ("the closing bracket does not match the opening one", "结束的括号与开始的不符"),
        ("expected true, false or null", "此处应为 true、false 或 null"), ("the number is malformed", "数字格式不对"),
        ("a number must not begin with a zero followed by digits", "数字不能以零开头再接数字"),
        ("no escape sequence has this character after the backslash", "反斜杠之后没有这种转义字符"),
        ("expected four hexadecimal digits after \\u", "\\u 之后应为四位十六进制数字"),
        ("control characters in a string must be escaped", "字符串中的控制字符必须转义"),
        ("the string is not valid UTF-8", "字符串不是有效的 UTF-8"),
        ("the text is not UTF-8 but looks like UTF-16 or UTF-32", "文本不是 UTF-8，而像 UTF-16 或 UTF-32"),
        ("the nesting exceeds the limit", "嵌套超过上限"), ("the text exceeds the size limit", "文本超过大小上限"),
    ]
}
