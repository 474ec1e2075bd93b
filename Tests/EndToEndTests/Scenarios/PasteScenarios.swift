import Testing

/// What a terminal pastes.
@Suite("paste", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct PasteScenarios {
    static let prompt = "siliconflow(sandbox)> "
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("100k: a hundred thousand characters are one edit, and arrive whole")
    func hundredThousand() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            let text = String(repeating: "雨中的猫走过霓虹街道。", count: 3_050)
            try terminal.type("set prompt ")
            try terminal.paste(text + "完")
            try await terminal.wait("the end of it") { $0.last?.hasSuffix("完") == true }
            try terminal.press("Enter")
            try await terminal.wait("the prompt") { $0.last?.hasPrefix("siliconflow(sandbox)>") == true }
            try terminal.press("C-l")
            try terminal.enter("preview --raw model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 > out.json")
            try await terminal.wait("the request") { _ in reel.text("out.json").contains("完") }
            #expect(reel.text("out.json").contains(text + "完"))
        }
    }

    @Test("no-end-mark: a paste without its end is there after a second, and keys work again")
    func noEndMark() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.send(Array("\u{1B}[200~set prompt 没有结尾".utf8))
            try await terminal.waitForLast(Self.prompt + "set prompt 没有结尾")
            try terminal.type("!")
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 没有结尾!")
        }
    }

    @Test("controls in a paste are dropped, line ends of any kind are newlines")
    func controls() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.send(Array("\u{1B}[200~set prompt a\u{7}\u{1B}[31mb\r\nc\u{1B}[201~".utf8))
            try await terminal.wait("two lines") { $0.suffix(2) == [Self.prompt + "set prompt a[31mb", "c"] }
        }
    }

    @Test("what is typed while a command runs is kept unseen for the next prompt")
    func whileRunning() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 10")
            try await terminal.waitForLine("jobs and polls")
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat --watch")
            try await terminal.wait("the watch") { $0.joined().contains("j1 submitted") }
            try terminal.type("set prompt 先打的")
            try await terminal.waitForLast(Self.prompt + "set prompt 先打的")
            #expect(try terminal.scrollback().count { $0.contains("先打的") } == 1)
        }
    }
}
