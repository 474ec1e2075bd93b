import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct DiffTests {
    @Test("Without names the last two polls are compared")
    func lastPolls() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let lines = await house.run("diff").lines
        #expect(lines[0] == "r5 -> r6")
        #expect(lines[1].contains(".status") && lines[1].contains("\"InProgress\" -> \"Succeed\""))
    }

    @Test("One exchange is compared with the one like it before, and a failure shows both statuses")
    func previous() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let text = await house.run("diff r4").results
        #expect(text.contains("r3 -> r4") && text.contains("status  200 -> 503") && text.contains("+ .code"))
    }

    @Test("Ignored paths are remembered for the provider, shown with --all and dropped with --forget")
    func ignores() async throws {
        let house = try ShellHouse()
        try await house.keep(Array(#"{"status":"InQueue","t":1}"#.utf8))
        try await house.keep(Array(#"{"status":"InQueue","t":2}"#.utf8))
        #expect(await house.run("diff r1 r2").results.contains(".t"))
        #expect(await house.run("diff r1 r2 --ignore .t").results.contains("no difference outside of what is ignored"))
        #expect(await house.run("diff r1 r2").results.contains("ignored: .t"))
        #expect(await house.run("diff r1 r2 --all").results.contains("1 -> 2"))
        #expect(await house.run("diff r1 r2 --forget").results.contains("1 -> 2"))
    }

    @Test("A draft and what was asked have one form: the same is no difference, a change is one")
    func draftAndJob() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        for sides in ["draft j1", "draft r1", "j1 draft", "draft"] {
            #expect(await house.run("diff \(sides)").results.contains("no difference"), "\(sides)")
        }
        await house.run("set seed 7")
        for sides in ["j1 draft", "r1 draft", "draft"] {
            #expect(await house.run("diff \(sides)").lines.dropFirst() == ["+ .draft.seed  7", ""], "\(sides)")
        }
    }

    @Test("Numbers of jobs are compared as numbers")
    func numbers() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        let text = await house.run("diff j1 draft.json").remarks
        #expect(text.contains("draft.json"))
        try house.folder.write("{}", to: "empty.json")
        let lines = await house.run("diff \(house.folder.file("empty.json")) j1").lines
        #expect(lines.contains { $0.contains(".facts") && $0.contains(#""seed":123"#) })
    }

    @Test("Jobs, files, requests and the draft can be compared, and elements that moved are told")
    func subjects() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        try house.folder.write(#"{"a":[1,2,3]}"#, to: "a.json")
        try house.folder.write(#"{"a":[3,1,2]}"#, to: "b.json")
        #expect(
            await house.run("diff \(house.folder.file("a.json")) \(house.folder.file("b.json"))").results.contains(
                "from .a[2]"
            )
        )
        #expect(await house.run("diff r1 r2 --request").results.contains("requestId"))
        #expect(await house.run("diff j1 j1").results.contains("no difference"))
        #expect(await house.run("diff draft draft").results.contains("no difference"))
    }

    @Test("A number spelled otherwise is told as that, and text that is no JSON is compared as text")
    func spelling() async throws {
        let house = try ShellHouse()
        try await house.keep(Array(#"{"n":1}"#.utf8))
        try await house.keep(Array(#"{"n":1.0}"#.utf8))
        try await house.keep(Array("404 page not found".utf8), status: 404)
        #expect(await house.run("diff r1 r2").results.contains("(spelling only)"))
        #expect(await house.run("diff r2 r3").results.contains("404 page not found"))
    }
}
