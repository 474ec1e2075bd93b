import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct ViewTests {
    @Test(
        "Log shows the exchanges that its flags choose",
        arguments: [
            ("log", ["r1", "r2", "r3", "r4", "r5", "r6"]), ("log 2", ["r5", "r6"]), ("log --errors", ["r4"]),
            ("log --status 5xx", ["r4"]), ("log --status 200-299,503 --call submit", ["r1"]),
            ("log --text inference", ["r6"]), ("log --text 一只猫", ["r1"]), ("log --trace ti_bu", ["r4"]),
            ("log --job j1 --call submit", ["r1"]), ("log --since 1h --until 1h", []), ("log --provider xiexus", []),
        ]
    )
    func filters(entry: String, names: [String]) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let shown = await house.run(entry)
        #expect(
            shown.lines.compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "no" } == names
        )
    }

    @Test(
        "Log refuses what is no status and no time",
        arguments: ["log --status abc", "log --since yesterdayish", "log --call x"]
    )
    func refusesFlags(entry: String) async throws {
        let shown = await (try ShellHouse()).run(entry)
        #expect(shown.code == .usage)
    }

    @Test("Grep names the path of each match, and ends with 1 without any")
    func greps() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("grep 50505").results.hasPrefix("r4 .code  50505"))
        #expect(await house.run("grep ^Succ").results == "r6 .status  \"Succeed\"\n")
        #expect(await house.run("grep -i succeed -l").results == "r6\n")
        #expect(await house.run("grep -F 'a cat in the rain'").results.hasPrefix("r1 request .prompt"))
        #expect(await house.run("grep 'In(Queue|Progress)' r2..r5").lines.count == 4)
        #expect(await house.run("grep nowhere").code == .other)
        #expect(await house.run("grep '('").code == .usage)
    }

    @Test("Timeline tells of equal polls in one line, with those that failed")
    func timeline() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let lines = await house.run("timeline j1").lines
        #expect(lines.count == 5)
        #expect(lines[0].contains("submitted") && lines[0].contains("task task-1") && lines[0].hasSuffix("r1"))
        #expect(lines[1].contains("InQueue") && lines[1].contains("x2") && lines[1].contains("1 retried (503)"))
        #expect(lines[1].hasSuffix("r2..r3"))
        #expect(lines[3].contains("succeeded, link 10 min") && lines[3].hasSuffix("r6"))
        #expect(await house.run("timeline j1 --bodies").results.contains("\"inference\": 98.1"))
    }

    @Test("Timeline tells of submits that were not accepted, of polls that only failed, and of the pause")
    func failures() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        for _ in 0..<3 {
            house.transport.lay(400, #"{"code":20012,"message":"no such thing"}"#)
            await house.run("status j1")
        }
        let lines = await house.run("timeline j1").lines
        #expect(lines[0].contains("submitted") && lines[0].contains("task task-1, 3 retried (400)"))
        #expect(lines[1].contains("paused") && lines[1].contains("the same fault again and again"))
        #expect(await house.run("timeline r2").lines == lines)
    }

    @Test("An unconfirmed submit is told with its reason, and what its time was spent on")
    func unconfirmed() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(500, #"{"code":1,"message":"oh"}"#)
        #expect(await house.run("submit --yes").code == .unconfirmed)
        let lines = await house.run("timeline j1").lines
        #expect(lines[0].contains("unconfirmed") && lines[0].contains(#"500, 1 "oh""#) && lines[0].hasSuffix("r1"))
        let timing = await house.run("timing j1").results
        #expect(timing.contains("not known as accepted") && !timing.contains("queue"))
        house.transport.lay(200, #"{"status":"InQueue","results":null}"#)
        #expect(await house.run("adopt task-1 --as j1").code == .ok)
        let after = await house.run("timeline j1").lines
        #expect(after[0].contains("unconfirmed") && after[0].contains(#"500, 1 "oh""#))
        #expect(after[1].contains("adopted") && after[1].contains("task task-1"))
    }

    @Test("Paths that are nearly right are answered with the right one")
    func nearPaths() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("get .results.videos.0.url r6").remarks.contains("try: get .results.videos[0].url r6"))
        #expect(
            await house.run("get '.results.videos[*].url' r6").remarks.contains("try: get .results.videos[].url --all")
        )
    }

    @Test("A job that is not there is a job, and an exchange in its place is told with its job")
    func wrongKind() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("body j99").remarks.contains("there is no job j99"))
        #expect(await house.run("stop r3").remarks.contains("it belongs to j1"))
        #expect(await house.run("log --provider nope").code == .usage)
        #expect(await house.run("log --provider xiexus").code == .ok)
    }

    @Test("Errors explains the last failed exchange with its trace id, its body and what came after")
    func errors() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let text = await house.run("why r4").results
        #expect(text.contains("50505 \"Model service overloaded. Please try again later.\""))
        #expect(text.contains("trace ti_busy") && text.contains("r4, trace"))
        #expect(text.contains("one failure, then r5 answered 200"))
        #expect(text.contains("trace j1 --ticket"))
    }

    @Test("Stats counts errors and words by model")
    func stats() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let text = await house.run("stats").results
        #expect(text.contains("1 (20.0%)"))
        #expect(text.contains("\"InQueue\"") && text.contains("queued"))
    }

    @Test("Timing of a job stands beside what the vendor says")
    func timing() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("timing j1").results.contains("(vendor: inference 98.1 s)  5 polls, 1 retried"))
        #expect(await house.run("timing r1").results.contains("total"))
    }

    @Test("Get gives the value's own bytes, all of them, and says what is there instead")
    func get() async throws {
        let house = try ShellHouse()
        try await house.keep(Array(#"{"n":1.0e3,"list":[{"a":"x\u0041"},{"a":"y"}]}"#.utf8))
        #expect(await house.run("get .n").results == "1.0e3\n")
        #expect(await house.run("get .list[].a --all").results == "\"x\\u0041\"\n\"y\"\n")
        #expect(await house.run("get .list[0].a -r").results == "xA\n")
        #expect(await house.run("get .m").code == .usage)
    }

    @Test("Headers and raw keep the order and the spelling of the wire")
    func headers() async throws {
        let house = try ShellHouse()
        try await house.keep([0x7B, 0x7D], head: "X-b: 2\r\nx-A: 1\r\nX-b: 3\r\n")
        #expect(await house.run("headers").results.hasSuffix("< X-b: 2\n< x-A: 1\n< X-b: 3\n"))
        #expect(await house.run("raw").results == "HTTP/1.1 200 OK\r\nX-b: 2\r\nx-A: 1\r\nX-b: 3\r\n\r\n{}")
        #expect(await house.run("raw --hex").results.hasPrefix("00000000  48 54 54 50"))
    }

    @Test("A dump has sixteen bytes a line with their offset, over pieces and to a last line that is short")
    func hexDump() async throws {
        let house = try ShellHouse()
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".utf8.count
        let bytes = (0..<(HexDump.piece + 5 - head)).map { UInt8($0 % 251) }
        try await house.keep(bytes)
        let lines = await house.run("raw --hex").lines
        #expect(lines[0] == "00000000  48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK.")
        #expect(lines.count == HexDump.piece / 16 + 2)
        let tail = bytes.suffix(5).map { byte in Hex.encode([byte]) }.joined(separator: " ")
        #expect(lines[HexDump.piece / 16].hasPrefix("00010000  \(tail)  "))
        #expect(await house.run("raw --hex").results.utf8.count > 4 * HexDump.piece)
    }

    @Test(
        "Every view has a line of JSON",
        arguments: [
            "log", "headers r6", "body r6", "body r1 --request", "raw r6", "get .status r6", "grep Succeed",
            "timing r6",
            "timing j1", "timeline j1", "explain r6", "drift j1", "diff", "stats", "trace j1", "trace r4",
            "trace ti_busy",
            "errors r4", "curl r1", "redecode j1",
        ]
    )
    func showsJSON(entry: String) async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let lines = await house.run("\(entry) --json").results.split(separator: "\n")
        #expect(lines.count == 1)
        let root = try JSONDocument(parsing: String(lines.first ?? "")).root
        #expect(root["event"]?.string == "result")
        #expect(root.members.count > 3)
    }
}
