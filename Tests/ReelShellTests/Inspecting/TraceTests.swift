import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct TraceTests {
    @Test("A trace id finds its exchange, in full or by its beginning", arguments: ["ti_busy", "ti_bus", "r4"])
    func findsExchange(word: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let text = await house.run("trace \(word)").results
        #expect(text.contains("r4") && text.contains("x-siliconcloud-trace-id: ti_busy") && text.contains("50505"))
    }

    @Test("An unknown word is no trace id, no job and no exchange")
    func refusesUnknown() async throws {
        let house = try ShellHouse()
        #expect(await house.run("trace nothing").code == .usage)
    }

    @Test("The trace of a job lists its submit, its polls and each that failed")
    func listsJob() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let lines = await house.run("trace j1").lines
        #expect(lines[0] == "siliconflow task task-1")
        #expect(lines[1].hasPrefix("submit  r1"))
        #expect(lines[2].contains("r2..r6") && lines[2].contains("ti_queue") && lines[2].contains("ti_done"))
        #expect(lines[3].contains("r4") && lines[3].contains("50505"))
    }

    @Test(
        "A ticket has ids, times and the vendor's words, and neither the prompt nor the key",
        arguments: ["en", "zh"]
    )
    func writesTicket(language: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("trace j1 --ticket \(house.folder.file("t.txt")) --lang \(language)")
        let text = house.folder.text("t.txt")
        for word in [
            "task-1", "ti_submit", "ti_busy", "code 50505", "Wan-AI/Wan2.2-T2V-A14B", "1280x720", "reel 1.", "Z",
        ] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(!text.contains("rain") && !text.contains("一只猫") && !text.contains("canary"))
        #expect(text.contains(language == "zh" ? "您好" : "Hello"))
    }

    @Test("A prompt that the vendor repeats in its words does not leave in a ticket")
    func hidesQuotedPrompt() async throws {
        let house = try ShellHouse()
        house.transport.lay(400, #"{"code":20012,"message":"The prompt \"my secret story\" is too long","data":null}"#)
        await house.compose(prompt: "my secret story")
        await house.run("submit --yes")
        let text = await house.run("trace r1 --ticket -").results
        #expect(text.contains("20012"))
        #expect(!text.contains("secret story"))
    }

    @Test("A ticket is not written over a file that is there")
    func keepsFile() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        try house.folder.write("mine", to: "t.txt")
        #expect(await house.run("trace j1 --ticket \(house.folder.file("t.txt"))").code == .local)
        #expect(house.folder.text("t.txt") == "mine")
    }
}
