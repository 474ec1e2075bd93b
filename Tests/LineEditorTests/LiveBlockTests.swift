import Testing

@testable import LineEditor

@Suite("rows that are drawn again")
struct LiveBlockTests {
    init() { TerminalLocale.force() }

    @Test("the first drawing moves nothing, the next goes up by the rows drawn")
    func replacing() {
        var block = LiveBlock()
        #expect(block.replace(with: ["one", "two"], columns: 80) == "one\u{1B}[K\ntwo\u{1B}[K\n\u{1B}[J")
        #expect(block.replace(with: ["three"], columns: 80) == "\r\u{1B}[2Athree\u{1B}[K\n\u{1B}[J")
    }

    @Test("text above erases the rows and draws them again below it")
    func above() {
        var block = LiveBlock()
        _ = block.replace(with: ["row"], columns: 80)
        #expect(block.above("notice\n", columns: 80) == "\r\u{1B}[1A\u{1B}[Jnotice\nrow\n")
        block.end()
        #expect(block.above("notice\n", columns: 80) == "notice\n")
    }

    @Test("in a window made narrower the rows are counted as the terminal wrapped them")
    func narrower() {
        var block = LiveBlock()
        _ = block.replace(with: [String(repeating: "x", count: 70)], columns: 80)
        #expect(block.redraw(columns: 30).hasPrefix("\r\u{1B}[3A\u{1B}[J"))
        // Drawn again it is cut to one row.
        #expect(block.redraw(columns: 30).hasPrefix("\r\u{1B}[1A\u{1B}[J"))
    }

    @Test("a row with colours that is too wide is cut and loses them, one that fits keeps them")
    func colours() {
        var block = LiveBlock()
        #expect(block.replace(with: ["\u{1B}[1mab\u{1B}[0mc"], columns: 80).contains("\u{1B}[1m"))
        let cut = block.replace(with: ["\u{1B}[1m一只猫\u{1B}[0m"], columns: 6)
        #expect(cut.contains("一只\u{1B}[K") && !cut.contains("\u{1B}[1m"))
    }
}

@Suite("calls for attention")
struct TerminalAlertTests {
    @Test("the bell is one byte, a message goes by OSC 9 without anything that could act on the terminal")
    func sequences() {
        #expect(TerminalAlert.bell.sequence(isMultiplexed: true) == "\u{7}")
        let message = TerminalAlert.message("j1 \u{1B}[31m猫\u{9C}")
        #expect(message.sequence(isMultiplexed: false) == "\u{1B}]9;j1 [31m猫\u{7}")
    }

    @Test("inside tmux a message is wrapped for the terminal around it")
    func multiplexed() {
        let sequence = TerminalAlert.message("done").sequence(isMultiplexed: true)
        #expect(sequence == "\u{1B}Ptmux;\u{1B}\u{1B}]9;done\u{7}\u{1B}\\")
    }

    @Test("is delivered in its turn")
    func order() throws {
        let inbox = try TerminalInbox()
        let reader = RecordingReader()
        inbox.post(.notice(["over"]))
        inbox.post(.alert(.bell))
        inbox.post(.live(["row"]))
        inbox.post(.live(nil))
        inbox.deliver(to: reader)
        #expect(reader.printed == [["over"]] && reader.alerts == [.bell] && reader.live == [["row"], nil])
    }
}
