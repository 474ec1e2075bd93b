import Foundation
import TestSupport
import Testing

@testable import LineEditor

/// Modes and settings, in a real terminal.
@Suite("Editor modes", .ownThread, .serialized, .enabled(if: TerminalScreen.isAvailable))
struct EditorModeTests {
    @Test("Chinese is typed and kept with LC_ALL=C")
    func localeC() throws {
        let screen = try TerminalScreen(environment: ["LC_ALL": "C", "LANG": "C"])
        screen.type("一只猫")
        screen.press("Left")
        screen.type("黑")
        try screen.expect("probe> 一只黑猫", cursor: (13, 0))
        try screen.post("notice 通知")
        try screen.expect("通知\nprobe> 一只黑猫", cursor: (13, 1))
        screen.press("Enter")
        try screen.wait("the entry") { $0.contains("=> line \"一只黑猫\"") }
    }

    @Test("In vi mode the keys work while inserting, and Escape still commands")
    func viMode() throws {
        let screen = try TerminalScreen(editrc: "bind -v\n")
        screen.type("first")
        screen.press("Enter")
        try screen.wait("an entry") { $0.contains("=> line \"first\"\nprobe>") }
        screen.press("Up")
        try screen.wait("recalled") { $0.hasSuffix("probe> first") }
        // libedit's vi mode puts the cursor on the first letter of a recalled entry.
        screen.press("Right", "Right", "Right", "Right")
        screen.type("X")
        try screen.wait("inserted before the last letter") { $0.hasSuffix("probe> firsXt") }
        try screen.paste("1\n2")
        try screen.wait("pasted") { $0.hasSuffix("probe> firsX1\n2t") }
        screen.press("Escape")
        screen.press("0")
        screen.press("x")
        try screen.wait("a command obeyed") { $0.hasSuffix("probe> irsX1\n2t") }
        screen.press("A")
        screen.press("M-Enter")
        screen.type("end")
        screen.press("Enter")
        try screen.wait("the entry") { $0.contains("=> line \"irsX1\\n2t\\nend\"") }
    }

    @Test("A key bound by the user stays bound; unknown functions and \"edit off\" do no harm")
    func editrc() throws {
        let screen = try TerminalScreen(editrc: "bind ^T ed-move-to-beg\nbind ^O no-such-function\nedit off\n")
        try screen.wait("the prompt") { $0.hasSuffix("probe>") }
        screen.type("bc")
        screen.press("C-t")
        screen.type("a")
        try screen.wait("the key's effect") { $0.hasSuffix("probe> abc") }
        try screen.paste("1\n2")
        try screen.wait("a paste") { $0.hasSuffix("probe> a1\n2bc") }
    }

    @Test("Without cursor movement notices wait for Enter")
    func dumbTerminal() throws {
        let screen = try TerminalScreen(environment: ["TERM": "dumb"])
        screen.type("hal")
        try screen.wait("echo") { $0.hasSuffix("probe> hal") }
        try screen.post("notice n")
        try screen.post("right x")
        screen.type("f 中")
        screen.press("Enter")
        try screen.wait("the notice after the line") { $0.contains("probe> half 中\nn\n=> line \"half 中\"\n") }
    }

    @Test("Entries outlive the session, but for those the program keeps secret")
    func history() throws {
        let folder = try TemporaryFolder()
        var first: TerminalScreen? = try TerminalScreen(folder: folder)
        for entry in ["一只猫", "a secret"] {
            first?.type(entry)
            first?.press("Enter")
            try first?.wait("the entry") { $0.contains("=> line \"\(entry)\"") }
        }
        first?.press("Up")
        try first?.wait("the secret, recalled") { $0.hasSuffix("probe> a secret") }
        first = nil
        let saved = try HistoryFile(path: folder.file("history")).load()
        #expect(saved == ["一只猫"])

        let second = try TerminalScreen(folder: folder)
        second.press("Up")
        try second.expect("probe> 一只猫", cursor: (13, 0))
    }
}
