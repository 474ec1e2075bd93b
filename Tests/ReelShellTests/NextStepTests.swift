import Journal
import Testing
import VideoProviderKit

@testable import ReelShell

@Suite("What helps is named where it is missed")
struct NextStepTests {
    private func paused() async throws -> ShellHouse {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        house.transport.lay(401, #""Invalid token""#, trace: "ti_key")
        await house.run("status j1")
        #expect(try await house.journal.job(number: 1)?.polling == .paused(.credentials))
        return house
    }

    @Test("Who waits for a job that rests learns why and how it goes on", arguments: ["wait j1", "watch j1"])
    func waiting(_ entry: String) async throws {
        let house = try await paused()
        house.transport.lay(401, #""Invalid token""#, trace: "ti_key")
        let shown = await house.run(entry)
        #expect(shown.remarks.contains("error: j1 is not asked about any more: the key was refused"))
        #expect(shown.remarks.contains("Invalid token") && shown.remarks.contains("ti_key"))
        #expect(shown.remarks.contains("try: resume j1"))
        #expect(shown.code == .credentials)
    }

    @Test("Who waits for a job that rests has it asked about again: by now there may be a key")
    func waitingWithKey() async throws {
        let house = try await paused()
        house.transport.lay(
            200,
            #"{"status":"Succeed","reason":"","results":{"videos":[{"url":"https://f.test/a.mp4"}]}}"#
        )
        let shown = await house.run("config fetch.auto off; wait j1")
        #expect(shown.code == .ok)
        #expect(try await house.journal.job(number: 1)?.state == .succeeded)
    }

    @Test("Who fetches the film of a job that rests is sent to resume")
    func fetching() async throws {
        let shown = await (try paused()).run("fetch j1")
        #expect(shown.remarks.contains("try: resume j1"))
    }

    @Test("fetch --all asks once about a job that rests, and says what came of it")
    func fetchingAll() async throws {
        let house = try await paused()
        house.transport.lay(200, #"{"status":"InProgress","reason":"","results":null}"#)
        let shown = await house.run("fetch --all")
        #expect(shown.remarks.contains("j1 rests and was asked about once: running; resume j1 goes on"))
    }

    @Test("fetch -o names the first film of a job, and says that there are more")
    func severalFilms() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        let links = #"[{"url":"https://f.test/a.mp4"},{"url":"https://f.test/b.mp4"},{"url":"https://f.test/c.mp4"}]"#
        house.transport.lay(200, #"{"status":"Succeed","results":{"videos":\#(links)}}"#)
        await house.run("status j1")
        // The smallest file whose boxes tell of a film: ftyp, an empty moov, an empty mdat.
        let film = Array("\0\0\0\u{10}ftypisom\0\0\0\0\0\0\0\u{8}moov\0\0\0\u{8}mdat".utf8)
        house.transport.lay(200, film)
        let shown = await house.run("fetch j1 -o \(house.folder.file("x.mp4"))")
        #expect(shown.code == .ok && shown.remarks.contains("j1 has more films (2); fetch j1 saves them all"))
        #expect(house.folder.bytes("x.mp4") == film)
        let films =
            #""films":[{"kind":"video","state":"saved","path":"\#(house.folder.file("x.mp4"))","bytes":32,"sha256":"#
        let listed = await house.run("jobs --json").results
        #expect(listed.contains(films), "\(listed)")
        #expect(listed.contains(#"{"kind":"video","state":"known","expires":""#) && !listed.contains("https:"))
        // A file in the way of one is no reason to leave the next.
        try house.folder.write("mine", to: "j1-2.mp4")
        for _ in 0..<2 { house.transport.lay(200, film) }
        let rest = await house.run("fetch j1")
        #expect(rest.code == .local && rest.remarks.contains("j1-2.mp4 exists"))
        #expect(house.folder.bytes("j1-3.mp4") == film, "\(house.folder.names()) \(rest.results) \(rest.remarks)")
        #expect(house.folder.text("j1-2.mp4") == "mine")
        #expect(rest.remarks.contains("try: fetch --all"))
        #expect(await house.run("fetch --all").code == .ok)
        #expect(
            house.folder.names().filter { $0.hasSuffix(".mp4") } == ["j1-2-2.mp4", "j1-2.mp4", "j1-3.mp4", "x.mp4"]
        )
    }

    @Test("A refusal that names a task says how to follow it")
    func candidate() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(429, #"{"requestId":"task-zz"}"#)
        let shown = await house.run("submit --yes")
        #expect(shown.code == .unconfirmed)
        #expect(shown.remarks.contains("try: adopt task-zz --as j1, stop j1, replay r1"))
        #expect(await house.run("jobs").results.contains("may be task-zz"))
        #expect(await house.run("resume j1").remarks.contains("try: adopt task-zz --as j1"))
    }

    @Test("A submit of another process is listed, and neither stopped nor cancelled here")
    func submitting() async throws {
        let house = try ShellHouse()
        let other = try ShellHouse(folder: house.folder)
        let origin = Receipt.Origin(instance: "siliconflow", baseURL: "https://x.test", account: "a", model: "wan")
        let intent = SubmitIntent(
            provider: "siliconflow",
            origin: origin,
            draft: "{}",
            draftHash: [1],
            tag: "t",
            note: nil
        )
        let now = UpstreamTime(milliseconds: 0)
        guard case .stored = try await other.journal.store(intent, allowEqual: true, recent: now, at: now) else {
            Issue.record("not stored")
            return
        }
        #expect(await house.run("jobs").results.contains("j1  submitting"))
        for entry in ["stop j1", "cancel j1"] {
            let shown = await house.run(entry)
            #expect(shown.remarks.contains("j1 is being submitted") && shown.remarks.contains("try: wait j1"))
        }
        #expect(try await house.journal.job(number: 1)?.state == .intended)
    }
}
