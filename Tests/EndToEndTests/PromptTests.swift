import Testing

@Suite("at the prompt", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct PromptTests {
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("the prompt comes after one line that says where one is")
    func banner() async throws {
        try await Terminal.run(reel) { terminal in
            let screen = try await terminal.waitForPrompt()
            #expect(screen.count == 2)
            #expect(screen[0].contains("nothing is billed"))
        }
    }

    @Test("a notice appears above a half-typed Chinese line, and line and cursor stay")
    func notice() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 4")
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat")
            try await terminal.waitForLine("j1 submitted")
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 改成夜景")
            try terminal.press("Left", "Left")
            try await terminal.waitForLine("job j1 succeeded")
            let screen = try await terminal.wait("the line") {
                $0.last?.hasPrefix("siliconflow(sandbox)> set prompt 改成夜景") == true
            }
            // 22 columns of prompt, 11 of "set prompt ", and two of the four wide characters.
            #expect(try terminal.cursor() == (22 + 11 + 4, screen.count - 1))
            try terminal.type("午")
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 改成午夜景")
        }
    }

    @Test("Ctrl-C clears the line, and on an empty line says how to leave")
    func controlC() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只猫")
            try await terminal.waitForLine("一只猫")
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try terminal.press("Up")
            try await terminal.wait("the line again") { $0.last?.hasSuffix("set prompt 一只猫") == true }
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try terminal.press("C-c")
            try await terminal.waitForLine("(Ctrl-D or exit leaves")
            try await terminal.waitForPrompt()
        }
    }

    @Test("Ctrl-C in a watch leaves the watch; the job goes on")
    func detach() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=sandbox:stuck --watch")
            try await terminal.waitForLine("j1 queued")
            try terminal.press("C-c")
            try await terminal.waitForLine("detached; j1 goes on")
            try await terminal.waitForPrompt()
            try terminal.enter("status j1")
            try await terminal.wait("the job") { $0.contains { $0.hasPrefix("j1  ") && $0.contains("(r") } }
        }
    }

    @Test("Ctrl-C twice in a submit without an answer leaves the job unconfirmed")
    func abandon() async throws {
        try await Terminal.run(reel, ["--sandbox-dir", reel.scratch("box")]) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox fault stall --on submit")
            try await terminal.waitForLine("next submit:")
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat")
            // The emulation writes the job down when it has read the request.
            try await terminal.wait("the job upstream") { _ in reel.text("box/sandbox.json").contains("cat") }
            try terminal.press("C-c")
            try await terminal.waitForLine("may be billed; waiting up to 10 s for the id")
            try terminal.press("C-c")
            try await terminal.waitForLine("    unconfirmed")
            try await terminal.waitForPrompt()
            try terminal.enter("stop j1")
            try await terminal.waitForLine("j1 is lost now; nothing was sent again")
        }
    }

    @Test("Ctrl-D on an empty line leaves with 0 and names what is not finished")
    func controlD() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=sandbox:stuck")
            try await terminal.waitForLine("j1 submitted")
            try await terminal.waitForPrompt()
            try terminal.press("C-d")
            #expect(try await terminal.exitCode() == 0)
            #expect(try terminal.screen().contains { $0.hasPrefix("j1 ") && $0.contains("not finished") })
        }
    }

    @Test("exit leaves with 0, a signal with its code", arguments: [("exit", 0), ("!kill $PPID", 143)])
    func leaving(line: String, code: Int) async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter(line)
            #expect(try await terminal.exitCode() == code)
        }
    }

    @Test("Tab completes what is unique and lists the rest above the line")
    func completion() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("prev")
            try terminal.press("Tab")
            try await terminal.wait("the command") { $0.last?.hasPrefix("siliconflow(sandbox)> preview ") == true }
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            try terminal.type("set image_size=")
            try terminal.press("Tab", "Tab")
            try await terminal.waitForLine("1280x720  720x1280  960x960")
            try await terminal.wait("the line") { $0.last?.hasPrefix("siliconflow(sandbox)> set image_size=") == true }
            try terminal.type("9")
            try terminal.press("Tab", "Enter")
            try await terminal.waitForLine("image_size = 960x960")
        }
    }

    @Test("the history of a kept sandbox is there after a restart, whole entries")
    func history() async throws {
        let flags = ["--sandbox-dir", reel.scratch("box")]
        try await Terminal.run(reel, flags) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("set prompt 一只猫在月球上")
            try await terminal.waitForLine("prompt = 一只猫在月球上")
            try await terminal.waitForPrompt()
            try terminal.enter("exit")
            #expect(try await terminal.exitCode() == 0)
        }
        try await Terminal.run(reel, flags) { terminal in
            try await terminal.waitForPrompt()
            try terminal.press("Up", "Up")
            try await terminal.wait("the entry") { $0.last?.hasSuffix("set prompt 一只猫在月球上") == true }
        }
    }

    @Test("a half-typed line survives a narrower and a wider window")
    func resize() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只猫在月球上弹钢琴一只猫在月球上弹钢琴")
            try await terminal.waitForLine("弹钢琴一只猫在月球上弹钢琴")
            try terminal.resize(columns: 40, rows: 20)
            try await terminal.wait("the wrapped line") {
                $0.last?.hasSuffix("弹钢琴") == true && $0.allSatisfy { $0.count <= 40 }
            }
            try terminal.press("BSpace")
            try terminal.type("台")
            try await terminal.wait("the new character") { $0.last?.hasSuffix("弹钢台") == true }
            try terminal.resize(columns: 120, rows: 40)
            try await terminal.wait("one line again") {
                $0.last == "siliconflow(sandbox)> set prompt 一只猫在月球上弹钢琴一只猫在月球上弹钢台"
            }
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 一只猫在月球上弹钢琴一只猫在月球上弹钢台")
        }
    }

    @Test("pasted lines run nothing by themselves, and a submit among them asks")
    func paste() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.paste("model Wan-AI/Wan2.2-T2V-A14B\nimage_size=960x960\nset prompt a cat\nsubmit\n")
            try await terminal.wait("the pasted lines") { $0.contains("submit") }
            #expect(try !terminal.screen().contains { $0.hasPrefix("model = ") })
            try terminal.press("Enter")
            try await terminal.waitForLine("4 lines, 1 may be billed (submit). Run? [y/N]")
            try terminal.enter("n")
            try await terminal.waitForPrompt()
            try terminal.enter("jobs")
            try await terminal.waitForLine("no jobs yet")
        }
    }

    @Test("a pasted prompt of three lines is one value")
    func pastedPrompt() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt ")
            try terminal.paste("第一行\n第二行 \"quoted\"\n第三行")
            try await terminal.wait("the text") { $0.last == "第三行" }
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 第一行")
            try await terminal.waitForPrompt()
            try terminal.enter("preview --raw")
            try await terminal.waitForLine(#""prompt":"第一行\n第二行 \"quoted\"\n第三行""#)
        }
    }

    @Test("an open quote asks on, and Ctrl-C drops the entry")
    func continuation() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("submit prompt='open")
            try await terminal.wait("the continuation") { $0.last?.hasPrefix("...") == true }
            try terminal.press("C-c")
            try await terminal.waitForPrompt()
            #expect(try !terminal.screen().contains { $0.hasPrefix("error") })
        }
    }

    @Test("a wrong key is told as what, why, where, try")
    func errorShape() async throws {
        try await Terminal.run(reel, columns: 120) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox fault 401")
            try await terminal.waitForLine("next request:")
            try terminal.enter("submit model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960 prompt=cat")
            let screen = try await terminal.waitForLine("  try: ")
            let start = try #require(screen.firstIndex(of: "error: siliconflow rejected the key"))
            #expect(screen[start + 1] == #"  why: "Invalid token""#)
            #expect(screen[start + 2].hasPrefix("  where: POST /v1/video/submit, 401, r1, trace ti_"))
            #expect(screen[start + 3].hasPrefix("  try: "))
        }
    }

    @Test("what is typed while frames are cut stays unseen and waits for the prompt")
    func typedMeanwhile() async throws {
        var reel = reel
        try reel.scratch.write(
            "#!/bin/sh\n: > begun\nwhile [ ! -e go ]; do sleep 0.05; done\n",
            to: "bin/ffmpeg",
            mode: 0o700
        )
        reel.variables["PATH"] = "\(reel.scratch("bin")):/usr/bin:/bin"
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("sandbox speed 20")
            try await terminal.waitForLine("jobs and polls")
            try terminal.enter("submit --wait model=T2V image_size=960x960 prompt=cat")
            try await terminal.wait("the film") { _ in reel.scratch.files().contains("j1.mp4") }
            try await terminal.waitForPrompt()
            try terminal.enter("frames j1 -o sheet.png")
            try await terminal.wait("the child") { _ in reel.scratch.files().contains("begun") }
            try terminal.type("show typed")
            try reel.scratch.write("", to: "go")
            let screen = try await terminal.wait("the line") { $0.last?.hasSuffix("show typed") == true }
            #expect(screen.count { $0.contains("show typed") } == 1)
        }
    }

    @Test("Ctrl-Z gives the terminal back to the shell, and fg brings the half-typed line again")
    func suspend() async throws {
        try await Terminal.run(reel, ["-i"], program: "sh") { terminal in
            try await terminal.wait("the shell") { !$0.isEmpty }
            // Whoever runs this, the prompt may hold a sign of their own before ours.
            try terminal.enter("PS1='shell: '")
            try await terminal.wait("its prompt") { $0.last?.hasSuffix("shell:") == true }
            try terminal.enter("'\(try Reel.binary())' --sandbox")
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只猫")
            try await terminal.wait("the line") { $0.last?.hasSuffix("set prompt 一只猫") == true }
            try terminal.press("C-z")
            try await terminal.wait("the shell again") { $0.last?.hasSuffix("shell:") == true }
            try terminal.enter("fg")
            try await terminal.wait("the line again") { $0.last == "siliconflow(sandbox)> set prompt 一只猫" }
            try terminal.type("在月球上")
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 一只猫在月球上")
        }
    }

    @Test("on a dumb terminal the same session is plain lines")
    func dumb() async throws {
        var reel = reel
        reel.variables = ["REEL_ACCESSIBLE": "1"]
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("set prompt 一只猫")
            try await terminal.waitForLine("prompt = 一只猫")
            try await terminal.waitForPrompt()
            try terminal.enter("exit")
            #expect(try await terminal.exitCode() == 0)
        }
    }
}
