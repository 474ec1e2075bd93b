import Testing

/// Terminals and settings that want it calmer.
@Suite("mode", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct ModeScenarios {
    static let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt="
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("lc-all-c: Chinese is not lost in a locale that has none")
    func lcAllC() async throws {
        var reel = reel
        reel.variables = ["LC_ALL": "C", "LANG": "C"]
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只猫在月球")
            try terminal.press("BSpace")
            try terminal.type("上")
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 一只猫在月上")
            try await terminal.waitForPrompt()
            try terminal.enter("show prompt > shown")
            try await terminal.wait("the file") { _ in reel.text("shown").contains("一只猫在月上") }
        }
    }

    @Test(
        "term-dumb, accessible: lines are only appended, words stand for glyphs, notices wait for Enter",
        arguments: [["TERM": "dumb"], ["REEL_ACCESSIBLE": "1"]]
    )
    func plain(variables: [String: String]) async throws {
        var reel = reel
        reel.variables = variables
        try await Terminal.run(reel, columns: 100) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 8")
            try await terminal.waitForLine("jobs and polls")
            try terminal.enter(Self.submit + "cat")
            try await terminal.waitForLine("j1 submitted")
            try await terminal.wait("the film") { _ in reel.scratch.files().contains("j1.mp4") }
            try terminal.type("set prompt 一只猫")
            try await terminal.wait("the line") { $0.last?.hasSuffix("set prompt 一只猫") == true }
            #expect(try !terminal.screen().contains { $0.hasPrefix("job j1 ") })
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 一只猫")
            try await terminal.wait("the notice") { $0.contains { $0.hasPrefix("job j1 succeeded") } }
            try terminal.enter("watch --in-place")
            try await terminal.waitForLine("no job is under way")
            #expect(try !terminal.colors().contains("\u{1B}["))
        }
    }

    @Test("no-color: nothing is coloured, --color always colours a pipe, NO_COLOR beats CLICOLOR_FORCE")
    func noColor() async throws {
        var plain = reel
        plain.variables = ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]
        try await Terminal.run(plain) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("get .nonsense")
            try await terminal.waitForLine("error: ")
            try await terminal.waitForPrompt()
            #expect(try !terminal.colors().contains("\u{1B}[3"))
        }
    }

    @Test("20-columns: the prompt, a wrapped line and a notice are usable")
    func narrow() async throws {
        try await Terminal.run(reel, columns: 20, rows: 30) { terminal in
            try await terminal.wait("the prompt") { $0.joined().hasSuffix("siliconflow(sandbox)>") }
            try terminal.enter("sandbox speed 8")
            try await terminal.wait("the speed") { $0.joined().contains("jobs and polls") }
            try terminal.enter(Self.submit + "cat")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try terminal.type("set prompt 一只猫在月球上弹钢琴")
            try await terminal.wait("the notice") { $0.joined().contains("job j1 succeeded") }
            try await terminal.wait("the line") { $0.joined().hasSuffix("set prompt 一只猫在月球上弹钢琴") }
            #expect(try !terminal.screen().contains { $0.contains("running]") })
            try terminal.press("Enter")
            try await terminal.wait("the value") { $0.joined().contains("prompt = 一只猫在月球上弹钢琴") }
        }
    }

    @Test("40 columns: watching in place falls back to lines when a row does not fit, and fits again when wider")
    func narrowWatch() async throws {
        try await Terminal.run(reel, columns: 40) { terminal in
            try await terminal.wait("the prompt") { $0.last?.hasPrefix("siliconflow(sandbox)>") == true }
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try terminal.enter("watch --in-place")
            try await terminal.wait("the row") { $0.contains { $0.hasPrefix("j1  ") && $0.contains("InProgress") } }
            try terminal.resize(columns: 20, rows: 24)
            // Sentences are broken at blanks.
            func said(_ screen: [String]) -> String {
                screen.joined(separator: " ").split(separator: " ").joined(separator: " ")
            }
            try await terminal.wait("lines") { said($0).contains("the table does not fit into this window") }
            try terminal.press("C-c")
            try await terminal.wait("detached") { said($0).contains("detached; j1 goes on") }
        }
    }

    @Test("a job's row in place counts, shows a bar while progress is known, and ends with the film")
    func inPlace() async throws {
        try await Terminal.run(reel, ["--sandbox", "--provider", "xiexus"], columns: 100) { terminal in
            try await terminal.waitForPrompt("xiexus(sandbox)>")
            try terminal.enter("sandbox speed 6")
            try await terminal.waitForLine("jobs and polls")
            try terminal.enter("submit model=sora-2 prompt=cat --watch")
            try await terminal.waitForLine("j1 succeeded")
            try await terminal.waitForPrompt("xiexus(sandbox)>")
            try terminal.enter("submit model=sora-2 prompt=dog")
            try await terminal.waitForLine("j2 submitted")
            try terminal.enter("watch --in-place")
            try await terminal.wait("a bar") { $0.contains { $0.hasPrefix("j2  ") && $0.contains("[#") } }
            try await terminal.wait("what is left") { $0.contains { $0.hasPrefix("j2  ") && $0.contains(" left") } }
            try await terminal.wait("the end") {
                $0.contains { $0.hasPrefix("j2  succeeded") && $0.contains("saved j2.mp4") }
            }
            // One row all the time, not one a repaint.
            try await terminal.waitForPrompt("xiexus(sandbox)>")
            #expect(try terminal.scrollback().count { $0.hasPrefix("j2  ") } == 1)
        }
    }
}
