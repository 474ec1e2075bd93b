import Testing

/// The line being typed, cell by cell.
@Suite("edit", .fewAtOnce, .enabled(if: Terminal.isAvailable, "tmux is not installed"))
struct EditScenarios {
    static let prompt = "siliconflow(sandbox)> "
    let reel: Reel

    init() throws { reel = try Reel() }

    @Test("cjk-insert-erase: characters go in and out of the middle of Chinese")
    func cjkInsertErase() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只猫弹琴")
            try await terminal.waitForLast(Self.prompt + "set prompt 一只猫弹琴")
            try terminal.press("Left", "Left")
            try terminal.type("在月")
            try await terminal.waitForLast(Self.prompt + "set prompt 一只猫在月弹琴")
            try await terminal.waitForCursor(22 + 11 + 10, 1)
            try terminal.press("BSpace", "BSpace", "BSpace")
            try await terminal.waitForLast(Self.prompt + "set prompt 一只弹琴")
            try await terminal.waitForCursor(22 + 11 + 4, 1)
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 一只弹琴")
        }
    }

    @Test("cjk-last-column: a wide character that does not fit goes to the next row whole")
    func cjkLastColumn() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            // 33 columns before them: 23 fit, the last column stays empty.
            let text = String(repeating: "猫", count: 24)
            try terminal.type("set prompt " + text)
            try await terminal.wait("two rows") { $0.last == "猫" && $0.dropLast().last?.hasSuffix("猫猫") == true }
            try await terminal.waitForCursor(2, 2)
            try terminal.press("BSpace")
            try await terminal.wait("one row") { $0.last?.hasSuffix("猫猫") == true }
            try terminal.type("狗")
            try await terminal.wait("two rows again") { $0.last == "狗" }
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 猫")
            #expect(try terminal.screen().joined().contains(String(text.dropLast()) + "狗"))
        }
    }

    @Test("full-row: a row filled to its last column goes on in the next")
    func fullRow() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt " + String(repeating: "x", count: 47))
            try await terminal.waitForCursor(0, 2)
            try terminal.type("y")
            try await terminal.waitForLast("y")
            try terminal.press("BSpace", "BSpace")
            try await terminal.waitForCursor(79, 1)
        }
    }

    @Test("three-rows: the first row can be edited while three are on the screen")
    func threeRows() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            let text = "set prompt " + (1...44).map { "w\($0) " }.joined() + "最后"
            try terminal.type(text)
            try await terminal.wait("three rows") { $0.count == 4 && $0.last?.hasSuffix("最后") == true }
            try terminal.press("Home")
            try await terminal.waitForCursor(22, 1)
            try terminal.press("C-Right", "C-Right")
            try terminal.type("X")
            try await terminal.wait("the change") { $0.contains { $0.contains("set promptX w1 ") } }
            try terminal.press("BSpace", "End", "Enter")
            try await terminal.waitForLine("prompt = w1 w2")
        }
    }

    @Test("tab-and-control: a pasted tab is a tab, a quoted control shows as ^A and is one character")
    func tabAndControl() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt ")
            try terminal.paste("a\tb")
            try await terminal.waitForLast(Self.prompt + "set prompt a      b")
            try terminal.press("C-v", "C-a")
            try await terminal.waitForLast(Self.prompt + "set prompt a      b^A")
            try terminal.press("BSpace", "Enter")
            try await terminal.waitForLine("prompt = a")
            try await terminal.waitForPrompt()
            try terminal.enter("preview --raw model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960")
            try await terminal.waitForLine(#""prompt":"a\tb""#)
        }
    }

    @Test("alt-enter, ctrl-j: newlines in the entry, which runs and is recalled as one", arguments: ["M-Enter", "C-j"])
    func newline(key: String) async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt one")
            try terminal.press(key)
            try terminal.type("二行")
            try await terminal.waitForLast("二行")
            try await terminal.waitForCursor(4, 2)
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = one")
            try await terminal.waitForPrompt()
            try terminal.press("Up")
            try await terminal.waitForLast("二行")
            try terminal.press("BSpace", "BSpace")
            try terminal.type("two")
            try terminal.press("Enter")
            try await terminal.waitForPrompt()
            try terminal.enter("preview --raw model=Wan-AI/Wan2.2-T2V-A14B image_size=960x960")
            try await terminal.waitForLine(#""prompt":"one\ntwo""#)
        }
    }

    @Test("vi-mode: bind -v in ~/.editrc edits as vi does, and reel's keys work while inserting")
    func viMode() async throws {
        try reel.scratch.write("bind -v\n", to: ".editrc")
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt 一只cat")
            try await terminal.waitForLast(Self.prompt + "set prompt 一只cat")
            try terminal.press("Escape")
            try terminal.type("bi")
            try terminal.type("大")
            try await terminal.waitForLast(Self.prompt + "set prompt 大一只cat")
            try terminal.press("M-Enter")
            try await terminal.waitForLast("一只cat")
            try terminal.press("BSpace", "Enter")
            try await terminal.waitForLine("prompt = 大一只cat")
        }
    }

    @Test("editrc-unknown: functions nobody knows do no harm, keys bound by the user stay bound")
    func editrcUnknown() async throws {
        try reel.scratch.write("bind ^O no-such-function\nnonsense here\nbind ^T ed-move-to-beg\n", to: ".editrc")
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("cd")
            try terminal.press("C-o", "C-t")
            try terminal.type("ab")
            try await terminal.wait("the line") { $0.last == Self.prompt + "abcd" }
        }
    }

    @Test("ctrl-x-e: the entry opens in $EDITOR and comes back for Enter, a failing editor changes nothing")
    func externalEditor() async throws {
        var reel = reel
        let editor = try reel.scratch.write(
            "#!/bin/sh\ngrep -q keep \"$1\" && exit 1\nprintf 'set prompt 改过的\\nzweite\\n' >\"$1\"\n",
            to: "editor",
            mode: 0o700
        )
        reel.variables = ["EDITOR": editor]
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.type("set prompt keep 猫")
            try terminal.press("Left", "C-x", "C-e")
            try await terminal.waitForLine("the editor failed; the entry is as it was")
            try await terminal.waitForLast(Self.prompt + "set prompt keep 猫")
            try terminal.press("C-u")
            try terminal.type("set prompt x")
            try terminal.press("C-x", "C-e")
            try await terminal.wait("the edited entry") {
                $0.suffix(2) == [Self.prompt + "set prompt 改过的", "zweite"]
            }
            try terminal.press("Enter")
            try await terminal.waitForLine("prompt = 改过的")
        }
    }

    @Test("ctrl-r, up and down: entries are found again, and what was typed is not lost")
    func recall() async throws {
        try await Terminal.run(reel) { terminal in
            try await terminal.waitForPrompt()
            try terminal.enter("set prompt 月球")
            try await terminal.waitForLine("prompt = 月球")
            try await terminal.waitForPrompt()
            try terminal.enter("show prompt")
            try await terminal.waitForPrompt()
            try terminal.type("half")
            try terminal.press("Down")
            try terminal.type(" typed")
            try await terminal.waitForLast(Self.prompt + "half typed")
            try terminal.press("Up", "Up")
            try await terminal.waitForLast(Self.prompt + "set prompt 月球")
            try terminal.press("Down", "Down")
            try await terminal.waitForLast(Self.prompt + "half typed")
            try terminal.press("C-u", "C-r")
            try terminal.type("月")
            try await terminal.waitForLast("(search)`月': set prompt 月球")
            try terminal.press("Enter")
            // As it was set, as it was shown, and set again.
            try await terminal.wait("it ran again") { $0.count { $0 == "prompt = 月球" } == 3 }
        }
    }
}
