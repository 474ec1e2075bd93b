import Testing

/// Whole sessions.
@Suite("flow", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct FlowScenarios {
    static let submit = "submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt="
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("two-histories: two sessions on one folder keep each other's entries, in a file of one's own")
    func twoHistories() async throws {
        let flags = ["--sandbox-dir", reel.scratch("box")]
        try await Terminal.run(reel, flags) { first in
            try await first.waitForPrompt()
            try await Terminal.run(reel, flags) { second in
                try await second.waitForPrompt()
                try first.enter("set prompt 第一")
                try await first.waitForLine("prompt = 第一")
                try second.enter("set prompt second")
                try await second.waitForLine("prompt = second")
                try first.enter("set prompt 第三")
                try await first.waitForLine("prompt = 第三")
            }
        }
        let lines = reel.text("box/history").split(separator: "\n").dropFirst()
        #expect(lines.count == 3 && lines.allSatisfy { $0.contains("prompt") })
        let mode = try Scratch.mode(of: reel.scratch("box/history"))
        #expect(mode == 0o600)
    }

    @Test(
        "key-not-in-history: an entry with a key, kept or not, is recalled but not saved",
        arguments: [("canary/4711+0815", true), ("sk-canary-4711-0815-4711", false)]
    )
    func keyNotInHistory(key: String, isKept: Bool) async throws {
        var reel = reel
        reel.variables = ["SILICONFLOW_BASE_URL": "http://127.0.0.1:9"]
        if isKept {
            try reel.scratch.write("siliconflow: '\(key)'\n", to: "config/reel/credentials.yaml", mode: 0o600)
        }
        try await Terminal.run(reel, []) { terminal in
            try await terminal.waitForPrompt("siliconflow>")
            try terminal.enter("set prompt \(key)")
            try await terminal.waitForLine("prompt = ")
            try await terminal.waitForPrompt("siliconflow>")
            try terminal.press("Up")
            try await terminal.waitForLast("siliconflow> set prompt \(key)")
            try terminal.press("C-u")
            try terminal.enter("exit")
            #expect(try await terminal.exitCode() == 0)
        }
        #expect(reel.scratch.files(containing: key).filter { $0.contains("history") } == [])
    }

    @Test("completion-valid-now: only what can be done with a job as it is is offered")
    func completionValidNow() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "sandbox:stuck")
            try await terminal.wait("the job") { $0.joined().contains("j1 submitted") }
            try await terminal.waitForPrompt()
            try terminal.type("fetch ")
            try terminal.press("Tab", "Tab")
            try terminal.press("C-u")
            try terminal.type("stop ")
            try terminal.press("Tab")
            try await terminal.waitForLast("siliconflow(sandbox)> stop j1")
            #expect(try !terminal.screen().contains { $0.contains("fetch j1") })
        }
    }

    @Test("completion and hints: a unique word is completed with a blank, a dim hint is taken with Right")
    func hints() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("sub")
            try await terminal.wait("the hint") { $0.last?.hasPrefix("siliconflow(sandbox)> submit") == true }
            #expect(try terminal.cursor().column == 22 + 3)
            #expect(try terminal.colors().contains("\u{1B}[2mmit"))
            try terminal.press("Right")
            try await terminal.wait("the word") { _ in try terminal.cursor().column == 22 + 6 }
            try await terminal.wait("what it costs") { $0.last?.contains("may be billed") == true }
            try terminal.type(" ")
            // In the middle of the line there is none.
            try terminal.press("Left", "Left")
            try await terminal.wait("no hint") { $0.last == "siliconflow(sandbox)> submit" }
        }
    }

    @Test("each-fault: whatever the sandbox does, the prompt comes back with one thing to try", arguments: faults)
    func eachFault(fault: String) async throws {
        try await Terminal.run(reel, columns: 120) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox fault \(fault) --on submit")
            try await terminal.waitForLine("next submit:")
            try await terminal.waitForPrompt()
            try terminal.enter(Self.submit + "cat")
            if fault == "stall" {
                // Nothing comes: Ctrl-C twice gives up.
                try await terminal.wait("the wait") { $0.count > 3 }
                try terminal.press("C-c")
                try await terminal.wait("that it may be billed") {
                    $0.joined().contains("may be billed") || $0.joined().contains("nothing was sent")
                }
                try terminal.press("C-c")
            }
            try await terminal.wait("an end") { screen in
                screen.contains { $0.hasPrefix("  try: ") } || screen.contains { $0.hasPrefix("j1 submitted") }
            }
        }
    }

    static let faults =
        Terminal.isTorture
        ? ["503", "429", "401", "stall", "truncate", "drop", "refuse", "html"] : ["401", "drop", "html"]
}
