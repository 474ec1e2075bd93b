import Testing

@testable import TerminalOutput

@Suite("Tables")
struct TextTableTests {
    private func jobs() -> TextTable {
        var table = TextTable(columns: [
            .init("job"), .init("size", alignment: .right), .init("note", isFlexible: true), .init("state"),
        ])
        table.add(["j1", "4.2 MiB", "一只猫在月球上弹钢琴", "running"])
        table.add(["j10", "812 B", "cat", "done"])
        return table
    }

    @Test("Columns align, wide characters included, and lines end without blanks")
    func alignment() {
        #expect(
            jobs().lines(width: nil, color: .plain) == [
                "job     size  note                  state",
                "j1   4.2 MiB  一只猫在月球上弹钢琴  running",
                "j10    812 B  cat                   done",
            ]
        )
    }

    @Test("The widest flexible column is cut to fit the terminal")
    func truncation() {
        #expect(
            jobs().lines(width: 36, color: .plain) == [
                "job     size  note           state",
                "j1   4.2 MiB  一只猫在月...  running",
                "j10    812 B  cat            done",
            ]
        )
    }

    @Test("No line exceeds a width that the rigid columns leave room for", arguments: 32...60)
    func fits(width: Int) {
        for line in jobs().lines(width: width, color: .plain) {
            #expect(DisplayWidth.columns(of: line) <= width)
        }
    }

    @Test("Without a terminal nothing is cut")
    func plain() {
        let long = String(repeating: "x", count: 500)
        var table = TextTable(columns: [.init(isFlexible: true)])
        table.add([long])
        #expect(table.lines(width: nil, color: .plain) == [long])
    }

    @Test("Two long columns share the loss")
    func shared() {
        var table = TextTable(columns: [.init(isFlexible: true), .init(isFlexible: true)])
        table.add([String(repeating: "a", count: 40), String(repeating: "b", count: 30)])
        #expect(table.lines(width: 42, color: .plain) == ["aaaaaaaaaaaaaaaaa...  bbbbbbbbbbbbbbbbb..."])
    }

    @Test("The column of the lowest rank gives way first, and what cannot be cut stays whole")
    func ranks() {
        var table = TextTable(columns: [.init(), .init(isFlexible: true, rank: 1), .init(isFlexible: true)])
        table.add(["01JQ8Z5RW6", "Wan2.2-T2V-A14B", "a note of many words that say little"])
        #expect(table.lines(width: 41, color: .plain) == ["01JQ8Z5RW6  Wan2.2-T2V-A14B  a note of..."])
        #expect(table.lines(width: 35, color: .plain) == ["01JQ8Z5RW6  Wan2.2-T2V...  a not..."])
    }

    @Test("Colours change no column")
    func color() {
        var table = TextTable(columns: [.init(), .init()])
        table.add([StyledText("中", .error), "x"])
        table.add(["abc", "y"])
        #expect(table.lines(width: 80, color: .sixteen) == ["\u{1B}[1;31m中\u{1B}[0m   x", "abc  y"])
    }

    @Test("A column of ids loses its middle, after the columns of a lower rank")
    func middle() {
        var table = TextTable(columns: [
            .init(isFlexible: true, rank: 0, narrowest: 4),
            .init(isFlexible: true, rank: 1, narrowest: 8, isCutInMiddle: true),
        ])
        table.add(["a long note", "task_0123456789"])
        #expect(table.lines(width: 21, color: .plain) == ["a...  task_0123456789"])
        #expect(table.lines(width: 17, color: .plain) == ["a...  task...6789"])
        #expect(StyledText("一只猫在月球上弹钢琴").elidedInMiddle(maxColumns: 11).plain == "一只...钢琴")
    }
}
