import JobEngine
import Journal
import Synchronization
import TerminalOutput
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("Questions before something is sent")
struct AskingTests {
    @Test("a refused replay leaves last and prev as they were")
    func refused() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["n"])
        await house.finishedJob()
        await house.run("headers r2")
        await house.run("headers r6")
        let sent = house.transport.sent.count
        #expect(await house.run("replay r1").remarks == "not sent\n")
        #expect(house.transport.sent.count == sent)
        #expect(house.session.state.withLock { [$0.last, $0.previous] } == [6, 2])
    }

    /// One answer more than there are questions would be left, one less ends with a refusal.
    @Test("a race beyond the budget asks once whether to send")
    func race() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["y"])
        await house.compose()
        await house.run("budget 1")
        for _ in 0..<2 { house.transport.lay(401, #""Invalid token""#) }
        let shown = await house.run("race Wan-AI/Wan2.2-T2V-A14B siliconflow")
        #expect(!shown.remarks.contains("nothing was sent"), "\(shown.remarks)")
        #expect(house.transport.sent.count == 2)
    }

    @Test("a replay beyond the budget asks once, too")
    func replay() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["y"])
        await house.finishedJob()
        await house.run("budget 0")
        let sent = house.transport.sent.count
        house.transport.lay(401, #""Invalid token""#)
        await house.run("replay r1")
        #expect(house.transport.sent.count == sent + 1)
    }

    @Test("a replay is checked before it is asked about, and what is missing is given to it and not to the draft")
    func replayElsewhere() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["n"])
        await house.finishedJob()
        let refused = await house.run("replay r1 --to xiexus")
        #expect(refused.remarks.contains("error: model is required"), "\(refused.remarks)")
        let model = try #require(refused.remarks.firstMatch(of: /try: (replay r1 model=\S+ --to xiexus)\n/)?.1)
        #expect(await house.run(String(model)).remarks.hasSuffix("not sent\n"))
        #expect(house.session.draft.model == "Wan-AI/Wan2.2-T2V-A14B")
    }

    @Test(
        "a replay that goes elsewhere is not said to go there again",
        arguments: [("", " again?"), (" --to xiexus model=kling-v1", "xiexus?")]
    )
    func askedOfReplay(flags: String, end: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("replay r1\(flags)").remarks.contains("Send it to"))
        #expect(await house.run("replay r1\(flags)").remarks.contains("\(end)\n"))
    }

    @Test("within the budget a race asks as ever")
    func within() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["n"])
        await house.compose()
        await house.run("budget 9")
        #expect(await house.run("race Wan-AI/Wan2.2-T2V-A14B siliconflow").remarks.contains("nothing was sent"))
        #expect(house.transport.sent.isEmpty)
    }

    @Test("preview --raw asks before very much goes to the terminal, as raw does")
    func muchToShow() async throws {
        let house = try ShellHouse(style: OutputStyle(isTerminal: true), isInteractive: true, answers: ["n", "y"])
        await house.compose(prompt: String(repeating: "x", count: 300 << 10))
        let refused = await house.run("preview --raw")
        #expect(refused.results.isEmpty && refused.remarks == "not shown; preview --raw > FILE saves them\n")
        #expect(await house.run("preview --raw").results.utf8.count > 300 << 10)
    }

    @Test("Nothing is said of waiting for an answer while the user is waited for")
    func openQuestion() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["n"], thinkingTime: .milliseconds(5300))
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        #expect(await house.run("submit").code == .ok)
        #expect(await house.run("submit").remarks == "not submitted\n")
    }
}
