import LosslessJSON
import Testing

@Suite("in Chinese", .fewAtOnce)
struct LanguageTests {
    var reel: Reel

    init() throws {
        reel = try Reel()
        reel.variables["LANG"] = "zh_CN.UTF-8"
    }

    @Test("help and errors follow the locale; the vendor's words, names and commands stay")
    func locale() async throws {
        let run = try await reel(
            "--sandbox",
            "-c",
            "help submit",
            "-c",
            "sandbox fault 401",
            "-c",
            "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=猫",
        )
        #expect(run.code == 3)
        #expect(run.lines.first?.hasPrefix("用法：submit [ITEM...]") == true)
        #expect(run.errors.contains("错误：siliconflow 拒绝了密钥"))
        #expect(run.errors.contains(#"  原因："Invalid token""#))
        // It has struck, so that there is nothing to clear.
        #expect(run.errors.contains("  试试：submit model="))
    }

    @Test("a wrong value is told in Chinese, with what is allowed")
    func wrongValue() async throws {
        let run = try await reel("--sandbox", "-c", "image_size=1280x700")
        #expect(run.errors.contains("错误：image_size 不能是“1280x700”"))
        #expect(run.errors.contains("原因：允许的值：1280x720, 720x1280, 960x960"))
        #expect(run.errors.contains("试试：set image_size 1280x720"))
    }

    @Test("notes and what is wrong with a draft are told in Chinese, too")
    func notes() async throws {
        let run = try await reel("--sandbox", "-c", "model Wan-AI/Wan2.2-X", "-c", "check")
        #expect(run.errors.contains("注意：Wan-AI/Wan2.2-X 不在已知模型之中；仍会照样发送"), "\(run.errors)")
        #expect(run.errors.contains("草稿有 2 个问题"), "\(run.errors)")
        #expect(run.errors.contains("prompt 必填；image_size 必填"), "\(run.errors)")
    }

    @Test("a grammar error, an unknown flag of the program and its help")
    func program() async throws {
        #expect(try await reel("--sandbox", "-c", "sumbit").errors.contains("未知命令“sumbit”"))
        #expect(try await reel("--nonsense").errors.contains("错误：没有参数 --nonsense"))
        let help = try await reel("--help")
        #expect(help.output.contains("发送草稿；可能计费"))
        #expect(help.output.contains("reel 的参数："))
    }

    @Test("the setting beats the locale, in a session too")
    func setting() async throws {
        let run = try await reel("--sandbox", "--language", "en", "-c", "config language zh", "-c", "sumbit")
        #expect(run.errors.contains("未知命令"))
        let english = try await reel("--sandbox", "--language", "en", "-c", "sumbit")
        #expect(english.errors.contains("unknown command"))
    }

    private static let request = "model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=sandbox:stuck"

    @Test("a question about money is Chinese to its end")
    func moneyQuestion() async throws {
        let run = try await reel.script("submit \(Self.request)", "submit \(Self.request)")
        #expect(run.code == 2)
        #expect(run.output.contains("j1 已提交，任务编号 "), "\(run.output)")
        #expect(run.errors.contains("错误：j1 的草稿相同，"), "\(run.errors)")
        #expect(run.errors.contains("前已被接受。再次提交吗？"), "\(run.errors)")
        #expect(!run.errors.contains("accepted"))
    }

    @Test("an unconfirmed submit and what follows are told in Chinese")
    func unconfirmed() async throws {
        let run = try await reel.script("sandbox fault drop --on submit", "submit \(Self.request)")
        #expect(run.code == 9)
        #expect(run.errors.contains("可能已接受此请求并计费；j1 未确认"), "\(run.errors)")
    }

    @Test("results are Chinese, too")
    func results() async throws {
        let run = try await reel.script(
            "image_size=960x960 seed=1",
            "set prompt 猫",
            "unset seed",
            "model Wan-AI/Wan2.2-T2V-A14B",
            "check",
            "jobs",
            "wait",
            "use xiexus",
            "undo",
            "undo",
            "submit prompt=sandbox:instant --wait",
        )
        for line in ["去掉 seed", "草稿可以发送", "还没有任务", "没有正在进行的任务", "回到 siliconflow，草稿与先前相同"] {
            #expect(
                "\(run.output)\(run.errors)".split(separator: "\n").contains(line[...]),
                "\(line) is missing in \(run.output)\(run.errors)"
            )
        }
        #expect(run.errors.contains("草稿：保留 prompt；换算 image_size 960x960 改为 size 1024x1024；丢失 model"), "\(run.errors)")
    }

    @Test("numbers stand with a blank beside them")
    func blanks() async throws {
        #expect(try await reel("--sandbox", "-c", "undo 1 2").errors.contains("undo 接受零个参数"))
        #expect(try await reel("--sandbox", "-c", "sandbox fault drop x").errors.contains("sandbox 接受 2 个参数"))
    }

    @Test("--json speaks English whatever the language, as programs read it")
    func json() async throws {
        let run = try await reel("--sandbox", "--json", "-c", "sumbit")
        let root = try JSONDocument(parsing: run.output).root
        #expect(root["what"]?.string == "unknown command \"sumbit\"")
    }

    @Test("paths, replies and the sandbox are told in Chinese, with a blank beside Latin words")
    func views() async throws {
        let run = try await reel.script(
            "sandbox fault 503 --on poll",
            Self.request,
            "preview",
            "submit",
            "http GET /v1/models",
            "stats",
            "get .[ r1",
        )
        for words in [
            "下一个 poll：503 ", "（https://api.siliconflow.cn 的沙盒）", "路径“.[”在第 1 字节处有误：方括号没有关闭。", "，跟踪编号 ",
        ] {
            #expect("\(run.output)\(run.errors)".contains(words), "\(words) is missing in \(run.output)\(run.errors)")
        }
    }
}
