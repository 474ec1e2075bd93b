import Testing

@testable import TerminalOutput

@Suite("Display width")
struct DisplayWidthTests {
    @Test(
        "Text takes the columns a terminal gives it",
        arguments: [
            ("", 0), ("abc", 3), ("中文", 4), ("a中b", 4), ("é", 1), ("e\u{301}", 1), ("ｱ", 1), ("Ａ", 2),
            ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🎬", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇨🇳", 2), ("❤\u{FE0F}", 2),
            ("❤", 1),
            ("\u{200B}", 0), ("\u{AD}", 1), ("a\u{1B}b", 2), ("𠀀", 2), ("，。", 4), ("½", 1), ("\u{E000}", 1),
        ] as [(String, Int)]
    )
    func columns(text: String, expected: Int) {
        #expect(DisplayWidth.columns(of: text) == expected)
    }

    @Test("The tables are sorted and do not overlap", arguments: [WidthTables.zero, WidthTables.wide])
    func tablesAreSorted(table: [ClosedRange<UInt32>]) {
        for (left, right) in zip(table, table.dropFirst()) {
            #expect(left.upperBound < right.lowerBound)
        }
    }

    @Test(
        "A prefix never splits a character or exceeds its columns",
        arguments: [
            ("abc", 2, "ab"), ("中文", 3, "中"), ("中文", 4, "中文"), ("e\u{301}x", 1, "e\u{301}"), ("中", 0, ""),
            ("a", 9, "a"),
        ]
            as [(String, Int, String)]
    )
    func prefix(text: String, columns: Int, expected: String) {
        #expect(DisplayWidth.prefix(text, columns: columns) == expected)
    }

    @Test(
        "Padding fills up to the column, on either side",
        arguments: [("中", 4, Alignment.left, "中  "), ("中", 4, .right, "  中"), ("中文", 3, .left, "中文")]
            as [(String, Int, Alignment, String)]
    )
    func padding(text: String, columns: Int, alignment: Alignment, expected: String) {
        #expect(DisplayWidth.padded(text, to: columns, alignment: alignment) == expected)
    }

    @Test(
        "Eliding keeps what fits and marks the loss",
        arguments: [
            ("short", 10, "short"), ("exactly", 7, "exactly"), ("too long", 7, "too ..."), ("中文中文中文", 8, "中文..."),
            ("abcdef", 3, "abc"), ("abc", 0, ""),
        ] as [(String, Int, String)]
    )
    func eliding(text: String, columns: Int, expected: String) {
        #expect(elide(text, maxColumns: columns) == expected)
    }
}
