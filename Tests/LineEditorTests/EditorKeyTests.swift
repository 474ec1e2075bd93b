import TestSupport
import Testing

@testable import LineEditor

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Keys and signals, in a real terminal.
@Suite("Editor keys", .ownThread, .serialized, .enabled(if: TerminalScreen.isAvailable))
struct EditorKeyTests {
    @Test("A pasted text of several lines runs nothing and is one entry")
    func paste() throws {
        let screen = try TerminalScreen()
        try screen.paste("one\nexit\n中文\n")
        try screen.expect("probe> one\nexit\n中文", cursor: (0, 3))
        screen.press("Enter")
        try screen.wait("one entry") { $0.contains("=> line \"one\\nexit\\n中文\\n\"\nprobe>") }
    }

    @Test("A paste of 100 KB arrives whole")
    func longPaste() throws {
        let screen = try TerminalScreen(columns: 80, rows: 10)
        try screen.paste(String(repeating: "0123456789", count: 10_000) + "END")
        try screen.wait("its end") { $0.hasSuffix("END") }
        screen.press("C-a")
        screen.press("C-k")
        screen.type("ok")
        screen.press("Enter")
        try screen.wait("the next entry") { $0.contains("=> line \"ok\"") }
    }

    @Test("Alt-Enter and Ctrl-J make a newline that notices do not disturb")
    func newlines() throws {
        let screen = try TerminalScreen()
        screen.type("a")
        screen.press("M-Enter")
        screen.type("b")
        screen.press("C-j")
        screen.type("c")
        try screen.expect("probe> a\nb\nc", cursor: (1, 2))
        try screen.post("notice n")
        try screen.expect("n\nprobe> a\nb\nc", cursor: (1, 3))
        screen.press("Enter")
        try screen.wait("one entry") { $0.contains("=> line \"a\\nb\\nc\"") }
        screen.press("Up")
        try screen.wait("recalled whole") { $0.hasSuffix("probe> a\nb\nc") }
    }

    @Test("Ctrl-C drops the text, which Up recalls; on an empty line it says so")
    func controlC() throws {
        let screen = try TerminalScreen()
        screen.type("draft")
        try screen.expect("probe> draft")
        screen.press("C-c")
        try screen.expect("probe> draft^C\n=> interrupted true\nprobe>", cursor: (7, 2))
        screen.press("C-c")
        try screen.expect(
            "probe> draft^C\n=> interrupted true\nprobe> ^C\n=> interrupted false\nprobe>",
            cursor: (7, 4)
        )
        screen.press("Up")
        try screen.wait("the dropped text") { $0.hasSuffix("probe> draft") }
    }

    @Test("Ctrl-C leaves the cursor below a wrapped line")
    func controlCWrapped() throws {
        let screen = try TerminalScreen(columns: 20, rows: 12)
        screen.type(String(repeating: "x", count: 40))
        try screen.wait("three rows") { $0.split(separator: "\n").count == 3 }
        screen.press("C-a")
        try screen.expect("probe> xxxxxxxxxxxxx\nxxxxxxxxxxxxxxxxxxxx\nxxxxxxx", cursor: (7, 0))
        screen.press("C-c")
        try screen.expect(
            "probe> xxxxxxxxxxxxx\nxxxxxxxxxxxxxxxxxxxx\nxxxxxxx^C\n=> interrupted true\nprobe>",
            cursor: (7, 4)
        )
    }

    @Test("Ctrl-D deletes to the right, and ends an empty line")
    func controlD() throws {
        // A pane whose program has ended does not always tell its status; a shell does.
        let screen = try TerminalScreen(inShell: true)
        screen.type("ab")
        screen.press("C-a")
        screen.press("C-d")
        try screen.expect("probe> b", cursor: (7, 0))
        screen.press("C-d")
        try screen.expect("probe>")
        screen.press("C-d")
        try screen.wait("the end") { $0.contains("=> end") }
        screen.type("echo code $?")
        screen.press("Enter")
        try screen.wait("a clean exit") { $0.contains("\ncode 0") }
    }

    @Test("A continued entry is joined, and Ctrl-C drops all of it")
    func continuation() throws {
        let screen = try TerminalScreen()
        screen.type("a\\")
        screen.press("Enter")
        try screen.expect("probe> a\\\n...", cursor: (4, 1))
        screen.press("C-c")
        try screen.expect("probe> a\\\n... ^C\n=> interrupted true\nprobe>")
        screen.type("c\\")
        screen.press("Enter")
        screen.type("d")
        screen.press("Enter")
        try screen.wait("one entry") { $0.hasSuffix("=> line \"c\\\\\\nd\"\nprobe>") }
    }

    @Test("Ctrl-Z gives the shell its terminal back; fg shows the line again")
    func suspension() throws {
        let screen = try TerminalScreen(inShell: true)
        screen.type("half 中")
        try screen.expect("probe> half 中")
        screen.press("C-z")
        try screen.wait("the shell's prompt") { $0.contains("Stopped") && $0.hasSuffix("$") }
        screen.type("stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon -e icrnl | sort | tr '\\n' '+'; echo done")
        screen.press("Enter")
        try screen.wait("a terminal that echoes and assembles lines") { $0.contains("echo+icanon+icrnl+done") }
        screen.type("fg")
        screen.press("Enter")
        try screen.wait("the line again") { $0.hasSuffix("\nprobe> half 中") }
        screen.type("文")
        screen.press("Enter")
        try screen.wait("the entry") { $0.contains("=> line \"half 中文\"") }
    }

    @Test("SIGTERM and SIGHUP end with their codes and restore the terminal", arguments: [SIGTERM, SIGHUP])
    func termination(number: Int32) throws {
        let screen = try TerminalScreen(inShell: true)
        screen.type("half")
        try screen.expect("probe> half")
        let name = number == SIGTERM ? "TERM" : "HUP"
        screen.press("C-u")
        screen.type("kill \(name)")
        screen.press("Enter")
        try screen.wait("the shell's prompt") { $0.contains("=> terminated \(number)") && $0.hasSuffix("$") }
        screen.type("echo code $?; stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon | sort | tr '\\n' '+'; echo")
        screen.press("Enter")
        try screen.wait("code and modes") { $0.contains("\ncode \(128 + number)\necho+icanon+") }
    }

    @Test("Typing while a command runs is kept unseen for the next prompt")
    func typingAhead() throws {
        let screen = try TerminalScreen()
        screen.type("run")
        screen.press("Enter")
        try screen.expect("probe> run\n=> line \"run\"\nrunning")
        screen.type("next 中")
        try screen.post("notice n")
        try screen.expect("probe> run\n=> line \"run\"\nrunning\nn")
        try screen.post("finish")
        try screen.expect("probe> run\n=> line \"run\"\nrunning\nn\n=> finished\nprobe> next 中")
    }

    @Test("Ctrl-C ends a running command's wait and drops what was typed")
    func interruptedCommand() throws {
        let screen = try TerminalScreen()
        screen.type("run")
        screen.press("Enter")
        try screen.expect("probe> run\n=> line \"run\"\nrunning")
        screen.type("unseen")
        screen.press("C-c")
        try screen.wait("the prompt") { $0.hasSuffix("=> interrupted\nprobe>") }
        screen.type("x")
        screen.press("Enter")
        try screen.wait("only what came later") { $0.contains("=> line \"x\"") }
    }

    @Test("A child has an ordinary terminal, and the editor has its own again after it")
    func child() throws {
        let screen = try TerminalScreen()
        screen.type("child")
        screen.press("Enter")
        try screen.wait("a terminal with echo") { $0.hasSuffix("\n echo") }
        try screen.post("notice later")
        screen.type("word")
        screen.press("Enter")
        try screen.wait("the child's answer, then the notice") { $0.hasSuffix("word\nchild read word\nlater\nprobe>") }
        screen.type("中")
        screen.press("Enter")
        try screen.wait("an edited line") { $0.contains("=> line \"中\"") }
    }

    @Test("A child that ends no line leaves the prompt a line of its own", arguments: [0, 1, 14, 39, 40, 41])
    func partialLine(count: Int) throws {
        let screen = try TerminalScreen(columns: 40)
        let text = String(repeating: "x", count: count)
        screen.type("print \(text)")
        screen.press("Enter")
        let rows = [String(text.prefix(40)), String(text.dropFirst(40))].filter { !$0.isEmpty }
        try screen.wait("the text, then the prompt") { shown in
            let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let end = lines.lastIndex(where: { $0.hasSuffix("\"") }) else { return false }
            return Array(lines[(end + 1)...]) == rows + ["probe>"]
        }
        screen.type("中")
        screen.press("Enter")
        try screen.wait("an edited line") { $0.hasSuffix("probe> 中\n=> line \"中\"\nprobe>") }
    }

    @Test("Ctrl-X Ctrl-E brings the entry back changed")
    func externalEditor() throws {
        let screen = try TerminalScreen()
        screen.type("text")
        screen.press("C-x", "C-e")
        try screen.expect("probe> text edited", cursor: (18, 0))
    }

    /// A prompt below entries that were typed and taken.
    private func screen(after entries: String...) throws -> TerminalScreen {
        let screen = try TerminalScreen()
        for entry in entries {
            screen.type(entry)
            screen.press("Enter")
            try screen.wait("the entry") { $0.hasSuffix("=> line \"\(entry)\"\nprobe>") }
        }
        return screen
    }

    @Test("Ctrl-R finds an earlier entry, and Ctrl-C leaves the search")
    func search() throws {
        let screen = try screen(after: "first 中", "second")
        screen.press("C-r")
        screen.type("fir")
        try screen.wait("the entry found") { $0.hasSuffix("(search)`fir': first 中") }
        screen.press("C-c")
        try screen.wait("a new prompt") { $0.hasSuffix("=> interrupted true\nprobe>") }
        screen.type("ok")
        screen.press("Enter")
        try screen.wait("an entry") { $0.contains("=> line \"ok\"") }
    }

    @Test("an arrow key ends a search at what was found and moves from there")
    func searchThenMove() throws {
        let screen = try screen(after: "set seed 7", "second")
        screen.press("C-r")
        screen.type("seed")
        try screen.wait("the entry found") { $0.hasSuffix("(search)`seed': set seed 7") }
        screen.press("Left")
        try screen.wait("one to the left of the match") {
            try $0.hasSuffix("probe> set seed 7") && screen.value("cursor_x") == "10"
        }
        screen.type("!")
        screen.press("Enter")
        try screen.wait("the entry changed there") { $0.contains("=> line \"set! seed 7\"") }
    }

    @Test("Ctrl-G leaves a search with the line of before at once, also when nothing was found")
    func searchAborted() throws {
        let screen = try screen(after: "first")
        screen.type("half")
        screen.press("C-r")
        screen.type("fi")
        screen.press("C-r")
        screen.press("C-r")
        try screen.wait("no other") { $0.hasSuffix("(failed search)`fi': first") }
        screen.press("C-g")
        try screen.wait("the line of before") {
            try $0.hasSuffix("probe> half") && screen.value("cursor_x") == "11"
        }
    }

    @Test("the answer to a question is not recalled")
    func answers() throws {
        let screen = try TerminalScreen()
        screen.type("ask")
        screen.press("Enter")
        try screen.wait("the question") { $0.hasSuffix("sure?") }
        screen.type("y")
        screen.press("Enter")
        try screen.wait("the answer") { $0.hasSuffix("=> line \"y\"\nprobe>") }
        screen.press("Up")
        try screen.wait("the entry before") { $0.hasSuffix("probe> ask") }
    }

    @Test("Words are jumped over and deleted as everywhere")
    func words() throws {
        let screen = try TerminalScreen()
        screen.type("one two three")
        screen.press("C-w")
        try screen.expect("probe> one two", cursor: (15, 0))
        screen.press("C-Left")
        try screen.wait("a jump") { _ in try screen.value("cursor_x") == "11" }
        screen.press("Home")
        screen.press("DC")
        try screen.expect("probe> ne two", cursor: (7, 0))
        screen.press("C-Right")
        try screen.wait("a jump") { _ in try screen.value("cursor_x") == "9" }
        screen.press("End")
        screen.type("!")
        try screen.expect("probe> ne two !", cursor: (15, 0))
    }

    @Test("Ctrl-X Ctrl-E does nothing at a question")
    func noEditorForAnswers() throws {
        let screen = try TerminalScreen()
        screen.type("ask")
        screen.press("Enter")
        try screen.wait("the question") { $0.hasSuffix("sure?") }
        screen.type("n")
        screen.press("C-x", "C-e")
        screen.type("o")
        try screen.wait("the answer as typed") { $0.hasSuffix("sure? no") }
    }
}
