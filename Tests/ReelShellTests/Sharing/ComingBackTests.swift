import Foundation
import JobEngine
import Journal
import LosslessJSON
import SiliconFlow
import Synchronization
import TerminalOutput
import Testing
import Transport
import VideoProviderKit
import VideoProviderTesting

@testable import ReelShell

@Suite struct ComingBackTests {
    @Test("A submit is replayed after a yes, changed, as a new job")
    func replays() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["n", "y"])
        await house.finishedJob()
        let before = house.transport.sent.count
        #expect(await house.run("replay r1").remarks.contains("not sent"))
        #expect(house.transport.sent.count == before)
        house.transport.lay(200, #"{"requestId":"task-2"}"#)
        let shown = await house.run("replay r1 seed=9 --set image_size=960x960")
        #expect(shown.code == .ok && shown.results.contains("j2 submitted"))
        let body = try #require(house.transport.sent.last?.bodyText)
        #expect(body.contains("\"seed\":9") && body.contains("960x960") && body.contains("一只猫"))
    }

    @Test("A submit whose outcome is unknown is asked about twice")
    func asksTwice() async throws {
        let house = try ShellHouse(isInteractive: true, answers: ["y", "n"])
        house.transport.lay(504, #""upstream timed out""#)
        await house.compose()
        #expect(await house.run("submit").code == .unconfirmed)
        let shown = await house.run("replay r1")
        #expect(shown.remarks.contains("not sent") && house.transport.sent.count == 1)
    }

    @Test("Without anybody to ask a submit is not replayed")
    func needsYes() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("replay r1").code == .usage)
        #expect(house.transport.sent.count == 6)
    }

    @Test("A replay to another provider carries the draft over, and --edit sends nothing")
    func carriesOver() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("replay r1 --to sorarelay --edit").code == .ok)
        #expect(house.session.instance.name.description == "sorarelay")
        #expect(house.session.draft["size"]?.text == "1280x720")
        #expect(house.session.draft["prompt"]?.text.contains("一只猫") == true)
        #expect(house.transport.sent.count == 6)
    }

    @Test("replay --edit puts what was sent into the draft, changed as said, and opens no request")
    func editsBeforeReplay() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("reset")
        let shown = await house.run("replay r1 --edit seed=9")
        #expect(shown.code == .ok && shown.results.contains("the draft is that of r1 now, for siliconflow"))
        #expect(house.session.draft["seed"]?.text == "9" && house.session.draft["image_size"]?.text == "1280x720")
        #expect(house.session.draft["prompt"]?.text == "a cat in the rain, 一只猫")
        #expect(house.transport.sent.count == 6)
        #expect(await house.run("replay r2 --edit").code == .usage)
    }

    @Test("A poll is replayed byte for byte, with the key attached anew")
    func replaysPoll() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        house.transport.lay(200, #"{"status":"Succeed","reason":"","results":null}"#)
        #expect(await house.run("replay r2").code == .ok)
        let (first, again) = (house.transport.sent[1], try #require(house.transport.sent.last))
        #expect(first.bodyText == again.bodyText && first.url == again.url && again.method == "POST")
        #expect(again.headerLines.contains { $0.name == "Authorization" && $0.value == "Bearer \(ShellHouse.key)" })
        #expect(again.headerLines.filter { $0.name.lowercased() == "accept" }.count == 1)
    }

    @Test("A call by hand carries the key to the provider's own origin alone, and is recorded")
    func http() async throws {
        let house = try ShellHouse()
        house.transport.lay(200, #"{"data":[]}"#)
        #expect(await house.run("http GET /v1/models type==video X-Test:a").results.contains("\"data\": []"))
        let own = try #require(house.transport.sent.last)
        #expect(own.url == "https://api.siliconflow.cn/v1/models?type=video")
        #expect(
            own.headerLines.contains { $0.value.contains("canary") }
                && own.headerLines.contains { $0.name.lowercased() == "x-test" }
        )
        house.transport.lay(200, "{}")
        await house.run("http GET https://elsewhere.test/x")
        #expect(house.transport.sent.last?.headerLines.contains { $0.value.contains("canary") } == false)
        #expect(await house.run("log").lines.count >= 2)
    }

    @Test("A call by hand that may change something is asked about, and its fault gives the code")
    func asksBeforePost() async throws {
        let house = try ShellHouse()
        #expect(await house.run("http POST /v1/video/submit prompt=x").code == .usage)
        #expect(house.transport.sent.isEmpty)
        house.transport.lay(401, #""Invalid token""#)
        let shown = await house.run("http POST /v1/video/submit prompt=x n:=1.0 --yes")
        #expect(shown.code == .credentials)
        #expect(house.transport.sent.last?.bodyText == #"{"prompt":"x","n":1.0}"#)
    }

    @Test("A curl command becomes the draft that sends the same body, for each way to write one")
    func importsCurl() async throws {
        let house = try ShellHouse()
        let body =
            #"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"it's a \"cat\" 猫","image_size":"1280x720","seed":5,"odd":[1.0]}"#
        let quoted = "'\(body.replacing("'", with: "'\\''"))'"
        for command in [
            "curl -X POST https://api.siliconflow.cn/v1/video/submit -H 'Authorization: Bearer sk-other-000000' \\\n  --data-raw \(quoted)",
            "curl 'https://api.siliconflow.cn/v1/video/submit' --json \(quoted)",
            "$ curl --url https://api.siliconflow.cn/v1/video/submit --data=\(quoted) --compressed | jq .",
        ] {
            try house.folder.write(command, to: "c")
            let shown = await house.run("import curl \(house.folder.file("c"))")
            #expect(shown.code == .ok, "\(shown.remarks)")
            let preview = try await house.engine.preview(house.session.draft, to: house.session.instance)
            #expect(String(decoding: preview.body.bytes, as: UTF8.self) == body)
        }
        try house.folder.write("wget x", to: "c")
        #expect(await house.run("import curl \(house.folder.file("c"))").code == .usage)
    }

    @Test("import curl - at the prompt takes pasted lines until the command is whole")
    func importsPastedCurl() async throws {
        let house = try ShellHouse(
            isInteractive: true,
            answers: [
                "curl https://api.siliconflow.cn/v1/video/submit \\", "  -H 'Authorization: Bearer sk-other-000000' \\",
                "  -d '{\"model\":\"Wan-AI/Wan2.2-T2V-A14B\",", "  \"prompt\":\"a cat\",\"image_size\":\"1280x720\"}'",
                "never asked for",
            ]
        )
        let shown = await house.run("import curl -")
        #expect(shown.code == .ok && shown.results.hasPrefix("draft for siliconflow"))
        #expect(house.session.draft["prompt"]?.text == "a cat")
        #expect(shown.remarks.contains("the command's key was not taken over"))
        let none = try ShellHouse(isInteractive: true, answers: ["curl x -d 'never closed"])
        #expect(await none.run("import curl -").code == .other)
    }

    @Test("What reel exports as curl it can import again")
    func curlRoundTrip() async throws {
        let house = try ShellHouse()
        await house.finishedJob(prompt: #"it's $HOME "x" `id` 猫"#)
        await house.run("curl r1 -o \(house.folder.file("c"))")
        let before = house.session.draft
        await house.run("reset")
        await house.run("import curl \(house.folder.file("c"))")
        #expect(house.session.draft == before)
    }

    @Test("A form that reel sent comes back as the draft it was, from a command with the body in it and beside it")
    func formRoundTrip() async throws {
        let house = try ShellHouse(provider: "sorarelay")
        for prompt in ["a cat", "line\nfeed\r\nend", String(repeating: "a long story ", count: 300)] {
            house.transport.lay(200, #"{"id":"video_1","object":"video","status":"queued"}"#)
            var draft = Draft()
            draft[.model] = .text("sora-2")
            draft["prompt"] = .text(prompt)
            draft["seconds"] = .text("4")
            let kept = draft
            house.session.state.withLock { $0.replaceDraft(kept) }
            #expect(await house.run("submit --yes").code == .ok)
            let file = house.folder.file("c")
            #expect(await house.run("curl last -o \(file) --force").code == .ok)
            await house.run("reset")
            let shown = await house.run("import curl \(file)")
            #expect(shown.code == .ok, "\(shown.remarks)")
            #expect(house.session.draft["prompt"] == draft["prompt"] && house.session.draft.model == "sora-2")
            #expect(house.session.draft == draft)
        }
    }

    @Test("A command that creates no task is refused, and the draft stays")
    func importsNoPoll() async throws {
        let house = try ShellHouse()
        await house.run("set prompt a cat")
        let before = house.session.draft
        for command in [
            "curl https://api.siliconflow.cn/v1/video/status -d '{\"requestId\":\"x\"}'",
            "curl https://api.siliconflow.cn/v1/chat/completions -d '{\"model\":\"x\",\"messages\":[]}'",
        ] {
            try house.folder.write(command, to: "c")
            let shown = await house.run("import curl \(house.folder.file("c"))")
            #expect(shown.code == .usage && shown.remarks.contains("creates no task"))
            #expect(house.session.draft == before)
        }
    }

    @Test("A call to a server on this machine is sent again to the port it has today, any other only where it was")
    func replaysElsewhere() async throws {
        let old = try ShellHouse(bases: ["siliconflow": "http://127.0.0.1:4001/v1"])
        old.transport.lay(200, #"{"data":[]}"#)
        await old.run("http GET /v1/models")
        let moved = try ShellHouse(bases: ["siliconflow": "http://127.0.0.1:4002/v1"], folder: old.folder)
        moved.transport.lay(200, #"{"data":[]}"#)
        #expect(await moved.run("replay r1").code == .ok)
        #expect(moved.transport.sent.last?.url == "http://127.0.0.1:4002/v1/models")
        let real = try ShellHouse(folder: old.folder)
        let shown = await real.run("replay r1")
        #expect(shown.code == .usage && shown.remarks.contains("it went to http://127.0.0.1:4001"))
        #expect(real.transport.sent.isEmpty)
    }

    @Test("Statistics count what servers answered here, and say what they leave out")
    func countsLiveCallsAlone() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("export har j1 -o \(house.folder.file("a.har"))")
        let before = await house.run("stats").results
        await house.run("import har \(house.folder.file("a.har"))")
        let after = await house.run("stats")
        #expect(after.results == before)
        #expect(after.remarks.contains("6 calls are not counted"))
        #expect(await house.run("log 1 --json").results.contains(#""source":"imported""#))
    }

    @Test("An answer that broke off and a success without a film are read today as they were then")
    func redecodesTheSame() async throws {
        let house = try ShellHouse()
        await house.compose()
        house.transport.lay(200, #"{"requestId":"task-1"}"#)
        await house.run("submit --yes")
        for _ in 0..<4 {
            house.transport.lay(200, #"{"status":"Succeed","reason":"","results":{"videos":[]}}"#)
            await house.run("status j1")
        }
        let id = try #require(try await house.journal.job(number: 1)).id
        var cut = ExchangeRecord(
            job: id,
            call: .status,
            instance: "siliconflow",
            method: "POST",
            url: "https://api.siliconflow.cn/v1/video/status",
            startedAt: SystemClock().wall,
            requestHead: [],
            requestBody: []
        )
        cut.status = 200
        cut.replyHead = Array("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n".utf8)
        cut.replyBody = Array(#"{"status":"InProgr"#.utf8)
        cut.failurePhase = "receiving"
        cut.fault = Fault(.network, "transfer closed with 32 bytes remaining to read")
        cut.fault?.httpStatus = 200
        cut.fault?.phase = "receiving"
        let number = try await house.journal.append(cut)
        let shown = await house.run("redecode --all")
        #expect(shown.results.hasSuffix("6 answers read again, nothing changed\n"), "\(shown.results)")
        let why = await house.run("why r\(number)").results
        #expect(why.hasPrefix("error: the answer of siliconflow broke off\n  why: transfer closed"))
    }

    @Test("An archive is imported to be inspected, and a key in it does not enter the journal")
    func importsHAR() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        await house.run("export har j1 -o \(house.folder.file("a.har"))")
        let other = try ShellHouse()
        let foreign = house.folder.text("a.har").replacing("sk-...6789", with: "sk-somebody-elses-key")
        try other.folder.write(foreign, to: "b.har")
        #expect(await other.run("import har \(other.folder.file("b.har"))").results.contains("6 exchanges, r1..r6"))
        #expect(await other.run("explain r6").results.contains("succeeded"))
        #expect(await other.run("trace ti_busy").results.contains("50505"))
        #expect(await other.run("get .results.seed r6").results == "123\n")
        #expect(!(await other.run("raw r1 --request").results.contains("elses")))
        try other.folder.write("{}", to: "c.har")
        #expect(await other.run("import har \(other.folder.file("c.har"))").code == .usage)
    }

    @Test("A recorded run is played without the network and without a key, and a miss ends with 12")
    func plays() async throws {
        let house = try ShellHouse()
        let tapes = house.folder.file("tapes")
        #expect(await house.run("record \(tapes)").code == .ok)
        await house.finishedJob()
        #expect(await house.run("record off").results == "6 exchanges recorded\n")
        let other = try ShellHouse()
        #expect(await other.run("play \(tapes)").results.hasPrefix("playing 6 exchanges"))
        await other.run("model Wan-AI/Wan2.2-T2V-A14B")
        await other.run("set prompt a cat in the rain, 一只猫")
        await other.run("set image_size 1280x720")
        #expect(await other.run("submit --yes").results.contains("task task-1"))
        for _ in 0..<5 { await other.run("status j1") }
        #expect(await other.run("jobs").results.contains("succeeded"))
        #expect(await other.run("get .results.videos[0].url last -r").results == "https://cdn.test/film.mp4?cut\n")
        #expect(await other.run("http GET /v1/models").code == .local)
        #expect(await other.run("submit seed=8 --yes").code == .local)
        #expect(other.transport.sent.isEmpty)
        #expect(await other.run("play \(other.folder.file("nothing"))").code == .local)
        #expect(await other.run("play off").code == .ok)
        other.transport.lay(200, "{}")
        await other.run("http GET /v1/models")
        #expect(other.transport.sent.count == 1)
    }

    @Test("A captured answer is a fixture that its provider conforms to")
    func captures() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        try await house.keep(Array(#""Invalid token""#.utf8), status: 401)
        let folder = house.folder.file("Fixtures")
        try FileManager.default.copyItem(atPath: Self.fixtures, toPath: folder)
        for name in ["r1", "r2", "r4", "r5", "r6", "r7"] {
            #expect(await house.run("capture \(name) \(folder)").code == .ok, "\(name)")
        }
        var conformance = ProviderConformance(SiliconFlowProvider(), fixtures: folder)
        conformance.mutations = 5
        #expect(conformance.run().findings.map { "\($0)" } == [])
        #expect(house.folder.text("Fixtures/fixtures.json").contains("film.mp4?cut"))
    }

    @Test("An answer read anew with a changed provider shows what changed, and nothing otherwise")
    func redecodes() async throws {
        let house = try ShellHouse()
        await house.finishedJob()
        #expect(await house.run("redecode j1").results.hasSuffix("6 answers read again, nothing changed\n"))
        try await house.keep(Array(#"{"code":1,"message":"no"}"#.utf8), status: 400)
        #expect(await house.run("redecode --all").code == .ok)
    }

    @Test("A provider that reads answers otherwise by now shows each reading that changed, in a later process")
    func redecodesOtherwise() async throws {
        let recorded = try ShellHouse()
        await recorded.finishedJob()
        let house = try ShellHouse(siliconFlow: GrownSiliconFlow(), folder: recorded.folder)
        let lines = await house.run("redecode j1").lines
        #expect(lines.contains("r5 phase  running -> queued"))
        #expect(lines.contains("r5 progress  (nothing) -> 40"))
        #expect(lines.contains("r1 id  task-1 -> task-1/eu"))
        #expect(lines.contains("r4 code  50505 -> E50505"))
        #expect(lines.contains { $0.hasPrefix("6 answers read again, ") && $0.hasSuffix("readings changed") })
        #expect(!lines.contains { $0.hasPrefix("r2") || $0.hasPrefix("r6") })
        // Looking changes nothing.
        #expect(try await recorded.journal.job(number: 1)?.receipt?.taskID == "task-1")
    }

    /// The fixtures of SiliconFlow in this checkout.
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("SiliconFlowTests/Fixtures").path
}

/// SiliconFlow as a later version of its module might read it.
private struct GrownSiliconFlow: VideoProvider {
    private let old = SiliconFlowProvider()

    var descriptor: ProviderDescriptor { old.descriptor }

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest { try old.submitRequest(submission) }

    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome {
        .accepted(Receipt(taskID: try old.receipt(in: reply).receipt.taskID + "/eu"), Snapshot(phase: .queued))
    }

    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest { try old.statusRequest(for: receipt) }

    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        var snapshot = try old.snapshot(in: reply, for: receipt)
        guard snapshot.phase == .running else { return snapshot }
        snapshot.phase = .queued
        snapshot.progress = Progress(asWritten: "40", path: .root, fraction: 0.4)
        return snapshot
    }

    func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        guard var fault = old.fault(in: reply, during: call) else { return nil }
        if let code = fault.vendorCode { fault.vendorCode = "E\(code)" }
        return fault
    }
}
