import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import Testing
import Transport
import VideoProviderKit

@testable import ReelShell

@Suite struct CassetteTests {
    private func left(_ house: ShellHouse, mode: String? = nil) -> String {
        PromptText(session: house.session, mode: mode).left
    }

    @Test("The prompt shows whether a cassette is written or played, also in the sandbox")
    func marksPrompt() async throws {
        let house = try ShellHouse()
        let tapes = house.folder.file("tapes")
        #expect(left(house) == "siliconflow> " && left(house, mode: "sandbox") == "siliconflow(sandbox)> ")
        await house.run("record \(tapes)")
        #expect(left(house) == "siliconflow(rec)> " && left(house, mode: "sandbox") == "siliconflow(sandbox, rec)> ")
        house.transport.lay(200, "{}")
        await house.run("http GET /v1/models")
        #expect(await house.run("record off").results == "1 exchange recorded\n")
        #expect(left(house) == "siliconflow> ")
        #expect(await house.run("play \(tapes)").results.hasPrefix("playing 1 exchange of"))
        #expect(left(house) == "siliconflow(play)> ")
        await house.run("play off")
        #expect(left(house) == "siliconflow> ")
    }

    /// A folder that holds a submit and no poll, played in a house of its own with the job submitted.
    private func played() async throws -> (house: ShellHouse, tapes: ScratchFolder) {
        let house = try ShellHouse()
        await house.run("record \(house.folder.file("tapes"))")
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await submit(house)
        await house.run("record off")
        let other = try ShellHouse()
        await other.run("play \(house.folder.file("tapes"))")
        await submit(other)
        return (other, house.folder)
    }

    private func submit(_ house: ShellHouse) async {
        await house.compose()
        await house.run("submit --yes")
    }

    @Test("A poll that no cassette answers ends with 12, says so, and rests the job until the cassette is gone")
    func missingPoll() async throws {
        let (house, tapes) = try await played()
        let shown = await house.run("status j1")
        #expect(shown.code == .local && shown.remarks.contains("has no answer for POST"))
        let why = await house.run("why").results
        #expect(why.contains("has no answer for POST"))
        #expect(!why.contains("explain") && !why.contains("ticket"))
        #expect(try await house.journal.job(number: 1)?.polling == .paused(.notRecorded))
        #expect(await house.run("jobs").results.contains("paused (the cassette has no answer for it)"))
        #expect(await house.run("watch j1").code == .local)
        await house.run("play off")
        #expect(try await house.journal.job(number: 1)?.polling == .active)
        #expect(house.transport.sent.isEmpty)
        _ = tapes
    }

    @Test("A wait for a job that no cassette answers ends by itself, with 12")
    func waitEnds() async throws {
        let (house, tapes) = try await played()
        let engine = house.engine
        let running = Task { await engine.run() }
        let shown = await house.run("wait j1")
        #expect(shown.code == .local)
        #expect(shown.results.contains("the cassette has no answer for it"))
        await engine.stop()
        await running.value
        _ = tapes
    }

    @Test("What has no answer says how to end the cassette, in Chinese, too")
    func waysOut() async throws {
        let (house, tapes) = try await played()
        #expect(await house.run("status j1").remarks.contains("  try: play off\n"))
        await house.run("config language zh")
        let shown = await house.run("http GET /v1/models")
        #expect(shown.remarks.contains("不会访问网络") && shown.remarks.contains("试试：play off"), "\(shown.remarks)")
        let told = await house.run("watch j1")
        #expect(told.remarks.contains("play off") && !told.remarks.contains("resume"), "\(told.remarks)")
        _ = tapes
    }
}
