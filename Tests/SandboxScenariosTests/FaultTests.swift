import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("Faults")
struct FaultTests {
    private let bench = Bench()

    @Test("The help stands behind the name and does not say it again", arguments: SandboxFault.all)
    func help(_ fault: SandboxFault) {
        #expect(!fault.help.hasPrefix(fault.rawValue))
    }

    @Test(
        "503, 429 and 401 come in the vendor's own form and make no job",
        arguments: [
            (SandboxOrigin.siliconflow, SandboxFault.overloaded, 503, #""code":50505"#),
            (.siliconflow, .rateLimited, 429, "TPM limit reached"),
            (.siliconflow, .unauthorized, 401, #""Invalid token""#),
            (.xiexus, .overloaded, 503, "fail_to_fetch_task"), (.xiexus, .rateLimited, 429, ""),
            (.xiexus, .unauthorized, 401, "new_api_error"), (.sorarelay, .overloaded, 503, "fail_to_fetch_task"),
            (.sorarelay, .rateLimited, 429, "rate_limit_exceeded"), (.sorarelay, .unauthorized, 401, "new_api_error"),
        ]
    )
    func refusals(_ origin: SandboxOrigin, _ fault: SandboxFault, _ status: Int, _ piece: String) {
        bench.world.faults.arm(fault)
        let reply = submit(origin)
        #expect(reply.status == status)
        #expect(piece.isEmpty ? reply.text == "" : reply.text?.contains(piece) == true)
        #expect(fault != .rateLimited || reply.header("retry-after") == "2")
        #expect(!reply.billable)
        #expect(submit(origin).status == 200)
    }

    @Test(
        "A submit that is stalled, cut or dropped was accepted all the same",
        arguments: [
            (SandboxFault.stall, SandboxReply.Delivery.silent), (.truncate, .truncated), (.drop, .dropped),
        ]
    )
    func transport(_ fault: SandboxFault, _ delivery: SandboxReply.Delivery) {
        bench.world.faults.arm(fault, on: .submit)
        #expect(bench.send("GET", "/v1/models", to: .siliconflow).delivery == .complete)
        let reply = submit(.siliconflow)
        #expect(reply.delivery == delivery)
        #expect(reply.billable)
        #expect(bench.world.siliconflow.book.jobs.count == 1)
    }

    @Test("A gateway's page is 502 at an API and 200 at a download")
    func html() throws {
        bench.world.faults.arm(.html, times: 2)
        let page = submit(.xiexus)
        #expect(page.status == 502)
        #expect(page.text?.hasPrefix("<html>") == true)
        let download = bench.fetch("http://storage.test/films/a/b.mp4")
        #expect(download.status == 200)
        #expect(download.header("content-type") == "text/html")
    }

    @Test("A stalled download stops half-way, not before its first byte")
    func stalledDownload() throws {
        let link = try finishedLink()
        bench.world.faults.arm(.stall, on: .download)
        #expect(bench.fetch(link).delivery == .stalled)
    }

    @Test("no-url waits for a success, strikes once, and the next poll has the link")
    func noURL() throws {
        bench.world.faults.arm(.noURL)
        let id = try bench.siliconFlowJob()
        _ = bench.siliconFlowPoll(id)
        #expect(bench.world.faults.list.count == 1)
        bench.wait(12_000)
        #expect(try bench.siliconFlowPoll(id).root["results"]?["videos"]?.count == 0)
        #expect(try bench.siliconFlowPoll(id).root["results"]?["videos"]?.count == 1)
    }

    @Test("expired strikes the next download; on poll it spoils the link that is handed out")
    func expired() throws {
        let link = try finishedLink()
        bench.world.faults.arm(.expired)
        #expect(bench.fetch(link).status == 403)
        #expect(bench.fetch(link).status == 200)
        bench.world.faults.arm(.expired, on: .poll)
        #expect(bench.fetch(try finishedLink()).status == 403)
        #expect(bench.fetch(try finishedLink()).status == 200)
    }

    @Test("word replaces the next status word", arguments: [SandboxOrigin.siliconflow, .xiexus, .sorarelay])
    func word(_ origin: SandboxOrigin) throws {
        let known = ["InQueue", "NOT_START", "queued", "pending"]
        bench.world.faults.arm(.word)
        #expect(!known.contains(try statusWord(origin)))
        #expect(known.contains(try statusWord(origin)))
    }

    @Test("skip lets fitting requests through, times strikes again, other calls and origins do not count")
    func skipAndTimes() {
        bench.world.faults.arm(.overloaded, on: .submit, at: .siliconflow, skip: 1, times: 2)
        var seen: [Int] = []
        for _ in 0..<4 {
            #expect(submit(.xiexus).status == 200)
            #expect(bench.send("GET", "/v1/models", to: .siliconflow).status == 200)
            seen.append(submit(.siliconflow).status)
        }
        #expect(seen == [200, 503, 503, 200])
        #expect(bench.world.faults.list.isEmpty)
    }

    @Test("A refusal is due after its skipped requests, once")
    func refusal() {
        bench.world.faults.arm(.refuse, on: .submit, skip: 2)
        let calls: [SandboxCall] = [.poll, .submit, .submit, .submit]
        let due = calls.map { bench.world.faults.takeRefusal(after: $0, .xiexus) }
        #expect(due == [false, false, true, false])
    }

    @Test("Every fault and every directive has a word and a line of help of its own")
    func help() {
        let lines = SandboxFault.all.map(\.help) + SandboxDirective.all.map(\.help)
        #expect(Set(lines).count == SandboxFault.all.count + SandboxDirective.all.count)
        #expect(lines.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
        let names = "503 429 401 stall truncate no-url expired drop refuse html word"
        #expect(SandboxFault.all.map(\.rawValue).joined(separator: " ") == names)
    }

    private func submit(_ origin: SandboxOrigin) -> SandboxReply {
        switch origin {
        case .siliconflow:
            bench.send(
                "POST",
                "/v1/video/submit",
                to: origin,
                json: #"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a","image_size":"960x960"}"#
            )
        case .xiexus:
            bench.send("POST", "/v1/video/generations", to: origin, json: #"{"model":"kling-v1","prompt":"a"}"#)
        default:
            bench.send("POST", "/v1/videos", to: origin, json: #"{"prompt":"a"}"#)
        }
    }

    private func finishedLink() throws -> String {
        let id = try bench.siliconFlowJob("sandbox:instant")
        return try bench.siliconFlowPoll(id).root["results"]?["videos"]?[0]?["url"].text ?? ""
    }

    private func statusWord(_ origin: SandboxOrigin) throws -> String {
        switch origin {
        case .siliconflow: try bench.siliconFlowPoll(bench.siliconFlowJob()).root["status"].text
        case .xiexus: try bench.xiexusPoll(bench.xiexusJob()).root["data"]?["status"].text ?? ""
        default: try bench.videoPoll(bench.openAIJob()).root["status"].text
        }
    }
}
