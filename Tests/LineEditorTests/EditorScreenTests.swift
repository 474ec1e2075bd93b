import TestSupport
import Testing

@testable import LineEditor

/// The editor against screens of a real terminal.
@Suite("Editor on a screen", .ownThread, .serialized, .enabled(if: TerminalScreen.isAvailable))
struct EditorScreenTests {
    init() {
        TerminalLocale.force()
    }

    @Test("A notice stands above a half-typed Chinese line, and typing goes on")
    func notice() throws {
        let screen = try TerminalScreen()
        screen.type("set prompt 改成夜")
        try screen.expect("probe> set prompt 改成夜", cursor: (24, 0))
        try screen.post("notice job j2 succeeded")
        try screen.expect("job j2 succeeded\nprobe> set prompt 改成夜", cursor: (24, 1))
        screen.type("景")
        screen.press("Enter")
        try screen.expect(
            """
            job j2 succeeded
            probe> set prompt 改成夜景
            => line "set prompt 改成夜景"
            probe>
            """,
            cursor: (7, 3)
        )
    }

    @Test("A notice with the cursor in the middle of three rows leaves text and cursor as they are")
    func noticeMidLine() throws {
        let screen = try TerminalScreen(columns: 40, rows: 12)
        screen.type(String(repeating: "中", count: 45))
        try screen.wait("three rows") { $0.split(separator: "\n").count == 3 }
        for _ in 0..<20 {
            screen.press("Left")
        }
        let block = """
            probe> 中中中中中中中中中中中中中中中中
            中中中中中中中中中中中中中中中中中中中中
            中中中中中中中中中
            """
        try screen.expect(block, cursor: (18, 1))
        try screen.post("notice 一")
        try screen.expect("一\n" + block, cursor: (18, 2))
        screen.type("文")
        screen.press("Enter")
        let entry = String(repeating: "中", count: 25) + "文" + String(repeating: "中", count: 20)
        try screen.wait("the whole entry") { $0.replacing("\n", with: "").contains("=> line \"\(entry)\"") }
    }

    @Test(
        "The row above the block is never touched, wherever the line ends",
        arguments: [
            ("a wide one in the last columns", String(repeating: "x", count: 31) + "中"),
            ("a wide one that did not fit", String(repeating: "x", count: 32) + "中"),
            ("a full row", String(repeating: "x", count: 33)),
            ("two full rows", String(repeating: "x", count: 73)),
            ("a row that ends in a blank", String(repeating: "x", count: 32) + " yz"),
        ]
    )
    func rowsEnd(name: String, text: String) throws {
        let screen = try TerminalScreen(columns: 40, rows: 12)
        screen.type("above")
        screen.press("Enter")
        try screen.expect("probe> above\n=> line \"above\"\nprobe>")
        screen.type(text)
        // Captured rows do not show the blanks they end in.
        let visible = text.filter { $0 != " " }
        try screen.wait("the text") { $0.filter { !$0.isWhitespace }.hasSuffix(visible) }
        try screen.post("notice n1")
        try screen.post("notice n2")
        try screen.wait("both notices above the line") {
            $0.hasPrefix("probe> above\n=> line \"above\"\nn1\nn2\nprobe> x")
                && $0.filter { !$0.isWhitespace }.hasSuffix(">" + visible)
        }
        screen.type("E")
        screen.press("Enter")
        try screen.wait("the entry") { $0.replacing("\n", with: "").contains("=> line \"\(text)E\"") }
    }

    @Test("Fifty notices at once keep their order and the line", arguments: ["lines 50", "burst 50"])
    func burst(command: String) throws {
        let screen = try TerminalScreen(columns: 40, rows: 60)
        screen.type("half")
        try screen.expect("probe> half")
        try screen.post(command)
        try screen.expect((1...50).map { "notice \($0)" }.joined(separator: "\n") + "\nprobe> half", cursor: (11, 50))
    }

    @Test("A notice waits while the line is as tall as the screen")
    func tallerThanScreen() throws {
        let screen = try TerminalScreen(columns: 20, rows: 5)
        screen.type(String(repeating: "x", count: 100))
        try screen.wait("a full screen") { $0.split(separator: "\n").count == 5 }
        try screen.post("notice held")
        screen.type("y")
        try screen.wait("the key after the notice") { $0.hasSuffix("xy") }
        #expect(try !screen.text().contains("held"))
        screen.press("C-u")
        try screen.wait("the notice, once there is room") { $0.hasSuffix("held\nprobe>") }
    }

    @Test("The right prompt stays through notices and makes room for the line")
    func rightPrompt() throws {
        let screen = try TerminalScreen(columns: 50, rows: 8)
        let gap = String(repeating: " ", count: 32)
        try screen.post("right [1 running]")
        try screen.expect("probe>" + gap + "[1 running]", cursor: (7, 0))
        screen.type("ab")
        try screen.expect("probe> ab" + gap.dropLast(3) + "[1 running]")
        try screen.post("notice n")
        try screen.expect("n\nprobe> ab" + gap.dropLast(3) + "[1 running]", cursor: (9, 1))
        screen.type(String(repeating: "x", count: 35))
        try screen.expect("n\nprobe> ab" + String(repeating: "x", count: 35))
    }

    @Test("A finished line stands without the right prompt, which the next line has again")
    func rightPromptGoes() throws {
        let screen = try TerminalScreen(columns: 50, rows: 8)
        let gap = String(repeating: " ", count: 32)
        try screen.post("right [1 running]")
        screen.type("ab")
        try screen.expect("probe> ab" + gap.dropLast(3) + "[1 running]")
        screen.press("Enter")
        try screen.expect("probe> ab\n=> line \"ab\"\nprobe>" + gap + "[1 running]")
    }

    @Test("A resized terminal shows the wrapped line once, and the output above it", arguments: [40, 60, 100])
    func resize(columns: Int) throws {
        let screen = try TerminalScreen(columns: 80, rows: 16)
        for word in ["one", "two", "three"] {
            screen.type(word)
            screen.press("Enter")
        }
        try screen.wait("three answers") { $0.contains("=> line \"three\"\nprobe>") }
        let text = String(repeating: "中文abcd ", count: 16) + "end"
        screen.type(text)
        try screen.wait("the text") { $0.hasSuffix("end") }
        try screen.resize(columns: columns, rows: 16)
        try screen.wait("one block") { shown in
            guard let start = shown.firstRange(of: "=> line \"three\"\n") else { return false }
            let block = shown[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
            return block.allSatisfy { DrawnWidth.columns($0) <= columns }
                && block.joined().filter { $0 != " " } == "probe>\(text)".filter { $0 != " " }
        }
        screen.type("!")
        screen.press("Enter")
        let entry = "=>line\"\(text)!\"".filter { $0 != " " }
        try screen.wait("the entry") { $0.filter { !$0.isWhitespace }.contains(entry) }
    }

    @Test("A prefilled line can be edited")
    func prefill() throws {
        let screen = try TerminalScreen()
        screen.type("prefill")
        screen.press("Enter")
        try screen.expect("probe> prefill\n=> line \"prefill\"\nprobe> 前缀", cursor: (11, 2))
        screen.press("BSpace")
        screen.type("x")
        screen.press("Enter")
        try screen.wait("the entry") { $0.contains("=> line \"前x\"") }
    }

    @Test("A hint is dim, makes room for typing and is taken by Right")
    func hint() throws {
        let screen = try TerminalScreen()
        screen.type("su")
        try screen.expect("probe> submit", cursor: (9, 0))
        try screen.post("notice n")
        try screen.expect("n\nprobe> submit", cursor: (9, 1))
        screen.press("Right")
        try screen.expect("n\nprobe> submit", cursor: (13, 1))
        screen.press("C-u")
        screen.type("su")
        screen.type("x")
        try screen.expect("n\nprobe> sux", cursor: (10, 1))
    }

    @Test("Tab completes, a second one lists above the line")
    func completion() throws {
        let screen = try TerminalScreen()
        screen.type("s")
        screen.press("Tab")
        screen.press("Tab")
        try screen.expect(
            """
            submit  help of submit
            set     help of set
            seed    help of seed
            status  help of status
            probe> s
            """,
            cursor: (8, 4)
        )
        screen.type("u")
        screen.press("Tab")
        screen.type("x")
        screen.press("Enter")
        try screen.wait("the completed word") { $0.contains("=> line \"submit x\"") }
    }
}

private enum DrawnWidth {
    static func columns(_ text: Substring) -> Int {
        EditLineReader.width(of: text.unicodeScalars)
    }
}
