import TestSupport
import Testing

@testable import LineEditor

@Suite("Plain reader", .ownThread)
struct PlainLineReaderTests {
    @Test("Lines come one by one, the last without a newline too, then the end")
    func lines() throws {
        let session = try PlainSession(interrupts: try .none())
        session.send("set prompt 一只猫\nsubmit")
        session.endInput()
        #expect(session.reader.read(prefill: "") == .line("set prompt 一只猫"))
        #expect(session.reader.read(prefill: "") == .line("submit"))
        #expect(session.reader.read(prefill: "") == .endOfInput)
        #expect(session.written.isEmpty)
    }

    @Test("Continued lines are one entry, also when the input ends inside it")
    func continuation() throws {
        let session = try PlainSession(interrupts: try .none())
        session.send("a\\\nb\nc\\\n")
        session.endInput()
        #expect(session.reader.read(prefill: "") == .line("a\\\nb"))
        #expect(session.reader.read(prefill: "") == .line("c\\"))
        #expect(session.reader.read(prefill: "") == .endOfInput)
    }

    @Test("An answer to a question is never continued")
    func answer() throws {
        let session = try PlainSession(interrupts: try .none())
        session.reader.setPrompt(left: "sure? ", right: nil)
        session.send("it\\\n")
        #expect(session.reader.read(prefill: "") == .line("it\\"))
    }

    @Test("Without a terminal notices go out at once and no prompt is shown")
    func notices() throws {
        let session = try PlainSession(interrupts: try .none())
        session.reader.setPrompt(left: "> ", right: "")
        session.inbox.post(.notice(["job j1 succeeded"]))
        session.send("x\n")
        #expect(session.reader.read(prefill: "") == .line("x"))
        #expect(session.written == "job j1 succeeded\n")
    }
}
