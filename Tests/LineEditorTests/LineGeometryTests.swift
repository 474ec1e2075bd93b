import Testing

@testable import LineEditor

@Suite("Where libedit puts the cursor")
struct LineGeometryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var prompt = "> "
        var text: String
        var next: Unicode.Scalar?
        var width = 10
        var row: Int
        var column: Int

        init(
            _ name: String,
            prompt: String = "> ",
            _ text: String,
            next: Unicode.Scalar? = nil,
            width: Int = 10,
            at place: (row: Int, column: Int)
        ) {
            testDescription = name
            self.prompt = prompt
            self.text = text
            self.next = next
            self.width = width
            (row, column) = place
        }
    }

    init() {
        TerminalLocale.force()
    }

    @Test(
        "Rows and columns follow libedit's drawing",
        arguments: [
            Case("empty", "", at: (0, 2)),
            Case("plain", "abc", at: (0, 5)),
            Case("one column left", "abcdefg", at: (0, 9)),
            Case("a full row is the next one", "abcdefgh", at: (1, 0)),
            Case("three rows", String(repeating: "x", count: 25), at: (2, 7)),
            Case("wide", "中文", at: (0, 6)),
            Case("wide into the last columns", "中文中文", at: (1, 0)),
            Case("a wide one that does not fit skips a column", "a中文中文", at: (1, 2)),
            Case(
                "80 columns, wide at the last one",
                prompt: "",
                String(repeating: "x", count: 79) + "中",
                width: 80,
                at: (1, 2)
            ),
            Case("before a wide one that does not fit", "abcdefg", next: "中", at: (1, 0)),
            Case("before a narrow one at the last column", "abcdefg", next: "h", at: (0, 9)),
            Case("newline", "ab\ncd", at: (1, 2)),
            Case("newline after a full row", "abcdefgh\n", at: (2, 0)),
            Case("two newlines", "\n\n", at: (2, 0)),
            Case("tab to the next stop", "ab\t", at: (0, 8)),
            Case("tab to the row's end", "abcdefg\t", at: (1, 0)),
            Case("tab counts within its row", prompt: "", "abcdefghij\tx", at: (1, 9)),
            Case("control as ^X", "\u{1}", at: (0, 4)),
            Case("control broken by the row's end", "abcdefg\u{1}", at: (1, 1)),
            Case("not printable as \\U+XXXX", "\u{E0FF}", width: 20, at: (0, 3)),
            Case("not printable, short form", "\u{FFFE}", width: 20, at: (0, 9)),
            Case("not printable beyond U+FFFF", "\u{10FFFE}", width: 20, at: (0, 10)),
            Case("combining mark", "e\u{301}", at: (0, 3)),
            Case("prompt over a row", prompt: "123456789012", "ab", at: (1, 4)),
            Case("coloured prompts count by what is seen", prompt: "中> ", "a", at: (0, 5)),
        ]
    )
    func place(_ test: Case) {
        let place = LineGeometry.cursor(
            prompt: test.prompt.unicodeScalars,
            text: test.text.unicodeScalars,
            next: test.next,
            width: test.width
        )
        #expect(place.row == test.row)
        #expect(place.column == test.column)
    }

    @Test(
        "A rewrapped block has at least the rows that its cells fill",
        arguments: [
            ("", 20, 40, 0),
            (String(repeating: "x", count: 30), 20, 40, 0),
            (String(repeating: "x", count: 30), 40, 20, 1),
            (String(repeating: "x", count: 40), 20, 40, 0),
            ("abc" + String(repeating: " ", count: 60), 80, 20, 0),
            ("123456789 123456789 123456789", 10, 40, 0),
            ("1         2         3", 10, 5, 2),
            ("12345678\nabc", 10, 40, 0),
            ("12345678\nabc", 10, 4, 2),
            ("123456789中中", 10, 40, 0),
            ("中中中中中中中中中中", 20, 9, 2),
            ("a\tb", 8, 40, 0),
        ] as [(String, Int, Int, Int)]
    )
    func rewrapping(text: String, oldWidth: Int, newWidth: Int, row: Int) {
        #expect(
            RewrappedBlock.cursorRow(
                prompt: "".unicodeScalars,
                text: text.unicodeScalars,
                oldWidth: oldWidth,
                newWidth: newWidth
            ) == row
        )
    }

    @Test(
        "Terminals that keep their rows are known",
        arguments: [
            (["TERM": "xterm-256color"], true), (["TERM": "xterm", "XTERM_VERSION": "XTerm(379)"], false),
            (["TERM": "rxvt-unicode"], false), (["TERM": "linux"], false),
            (["TERM": "tmux-256color", "TMUX": "socket,1,0", "XTERM_VERSION": "XTerm(379)"], true), ([:], true),
        ] as [([String: String], Bool)]
    )
    func rewraps(environment: [String: String], expected: Bool) {
        #expect(ScreenState.rewraps { environment[$0] } == expected)
    }

    @Test(
        "A hint has the columns to the row's end, or to the right prompt while that is shown",
        arguments: [
            ("abc", 0, 4), ("abcdefg", 0, 0), ("abcdefghi", 0, 8), ("a", 3, 2), ("ab", 5, 5), ("abcdefghijk", 3, 6),
        ] as [(String, Int, Int)]
    )
    func hintRoom(text: String, rightPrompt: Int, expected: Int) {
        let cursor = LineGeometry.cursor(prompt: "> ".unicodeScalars, text: text.unicodeScalars, width: 10)
        #expect(HintText.room(cursor: cursor, rightPromptColumns: rightPrompt) == expected)
    }

    @Test(
        "A hint is clipped by columns and at the first control",
        arguments: [
            ("abcdef", 4, "abcd"), ("中文", 3, "中"), ("ab\u{1B}[31m", 9, "ab"), ("ab\ncd", 9, "ab"), ("x", 0, ""),
        ]
            as [(String, Int, String)]
    )
    func hintClipping(hint: String, columns: Int, expected: String) {
        #expect(HintText.clipped(hint, to: columns) == expected)
    }
}
