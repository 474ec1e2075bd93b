import Testing

/// What comes from the background while a line is being typed.
@Suite("notice", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct NoticeScenarios {
    static let prompt = "siliconflow(sandbox)> "
    static let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt="
    let reel: Reel

    init() throws { reel = try Reel() }

    /// Starts a job that is over in about a second, with nothing typed yet.
    private func withJob(
        _ flags: [String] = [],
        columns: Int = 80,
        rows: Int = 24,
        _ body: (Terminal) async throws -> Void
    ) async throws {
        try await Terminal.run(reel, ["--sandbox"] + flags, columns: columns, rows: rows) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 8")
            try await terminal.waitForLine("jobs and polls")
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "cat")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try await body(terminal)
        }
    }

    private func waitForNotice(_ terminal: Terminal) async throws {
        try await terminal.wait("the notice") { $0.joined().contains("job j1 succeeded after ") }
    }

    @Test("empty-line, with-right-prompt: the prompt stays below, the count goes away")
    func emptyLine() async throws {
        try await withJob { terminal in
            try await terminal.wait("the count") { $0.last?.hasSuffix("[1 running]") == true }
            try await waitForNotice(terminal)
            try await terminal.wait("the prompt alone") { $0.last == "siliconflow(sandbox)>" }
            #expect(try terminal.cursor().column == 22)
        }
    }

    @Test("mid-line: the cursor stays between the letters")
    func midLine() async throws {
        try await withJob { terminal in
            try terminal.type("set prompt abcdef")
            try terminal.press("Left", "Left", "Left")
            try await waitForNotice(terminal)
            try terminal.type("X")
            try await terminal.waitForLast(Self.prompt + "set prompt abcXdef")
            #expect(try terminal.cursor().column == 22 + 15)
        }
    }

    @Test("cjk-wrapped, inner-newline: three rows are drawn again as they were")
    func wrapped() async throws {
        try await withJob { terminal in
            try terminal.type("set prompt " + String(repeating: "雨中的猫", count: 8))
            try terminal.press("M-Enter")
            try terminal.type("第二行")
            try terminal.press("Left")
            let before = try await terminal.wait("three rows") { $0.last == "第二行" }.suffix(3)
            try await waitForNotice(terminal)
            let after = try await terminal.wait("the rows again") { $0.last == "第二行" }
            #expect(after.suffix(3) == before)
            try terminal.type("X")
            try await terminal.wait("the letter inside") { $0.last == "第二X行" }
            #expect(try terminal.scrollback().count { $0.hasPrefix("job j1 ") } == 1)
        }
    }

    @Test("with-hint: the dim text goes away and comes back, and is never in the scrollback")
    func withHint() async throws {
        try await withJob { terminal in
            try terminal.type("prev")
            try await terminal.wait("the hint") { $0.last?.hasPrefix(Self.prompt + "preview") == true }
            try await waitForNotice(terminal)
            try await terminal.wait("the hint again") { $0.last?.hasPrefix(Self.prompt + "preview") == true }
            #expect(try terminal.cursor().column == 22 + 4)
            #expect(try terminal.scrollback().count { $0.contains("preview") } == 1)
            try terminal.press("Right")
            try await terminal.wait("the hint taken") { _ in try terminal.cursor().column == 22 + 7 }
        }
    }

    @Test("burst-of-50: each comes once, in whole lines, and the line stays")
    func burst() async throws {
        try await Terminal.run(reel, columns: 110) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 20")
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "cat -n \(Terminal.isTorture ? 50 : 12)")
            let count = Terminal.isTorture ? 50 : 12
            try await terminal.wait("all accepted") { _ in
                try terminal.scrollback().contains { $0.hasPrefix("j\(count) submitted") }
            }
            try await terminal.wait("the prompt") { $0.last?.hasPrefix(Self.prompt.dropLast()) == true }
            try terminal.type("set prompt 改成夜")
            try await terminal.wait("all notices") { _ in
                try terminal.scrollback().count { $0.hasPrefix("job j") && $0.contains(" succeeded after ") } == count
            }
            try terminal.type("景")
            try await terminal.waitForLast(Self.prompt + "set prompt 改成夜景")
            let names = try terminal.scrollback().filter { $0.hasPrefix("job j") }.map { $0.split(separator: " ")[1] }
            #expect(Set(names).count == count && names.count == count)
        }
    }

    @Test("taller-than-screen: a notice waits while the line fills the screen")
    func tallerThanScreen() async throws {
        try await withJob(columns: 80, rows: 8) { terminal in
            for row in 1...9 {
                try terminal.type("row \(row)")
                try terminal.press("M-Enter")
            }
            try terminal.type("end")
            try await terminal.waitForLast("end")
            try await terminal.wait("the film") { _ in reel.scratch.files().contains("j1.mp4") }
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try await terminal.wait("the notice, once") { _ in
                try terminal.scrollback().count { $0.hasPrefix("job j1 succeeded") } == 1
            }
        }
    }

    @Test("a link that is not saved is counted down beside the prompt, and named when one leaves")
    func link() async throws {
        // From the start: the job may be over before another entry is typed.
        try await withJob(["--fetch-auto", "off"]) { terminal in
            try await waitForNotice(terminal)
            try await terminal.wait("its life") { $0.last?.hasSuffix("[j1 link 9 min]") == true }
            try terminal.enter("exit")
            #expect(try await terminal.exitCode() == 0)
            #expect(try terminal.screen().contains("j1 was not saved; it is gone with the sandbox"))
        }
    }

    @Test("a job that stands still is told once")
    func stall() async throws {
        var reel = reel
        reel.variables = ["REEL_STALL_AFTER": "1s"]
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the notice") { $0.joined().contains("job j1 has not changed for 0:01") }
        }
    }
}
