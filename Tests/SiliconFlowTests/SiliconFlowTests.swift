import SiliconFlow
import Testing
import VideoProviderKit

@Suite("SiliconFlow")
struct SiliconFlowTests {
    private let provider = SiliconFlowProvider()
    private let receipt = Receipt(taskID: "k3v9f0")

    private func reply(_ status: Int, _ text: String) -> UpstreamReply {
        UpstreamReply(status: status, body: Array(text.utf8))
    }

    private func draft(model: String = "Wan-AI/Wan2.2-I2V-A14B", image: String? = nil) throws -> Draft {
        var draft = Draft()
        draft[.model] = .text(model)
        draft["prompt"] = .text("a cat")
        draft["image_size"] = .text("1280x720")
        if let image { draft["image"] = .media([try Media(parsing: image)]) }
        return draft
    }

    @Test("sends a picture as a data URI without the space the page prints")
    func dataURI() throws {
        let draft = try draft(image: "data:image/png;base64, iVBORw0KGgoAAAA=")
        let request = try provider.submitRequest(Submission(draft, for: provider.descriptor))
        let body = String(decoding: request.body.rendered().bytes, as: UTF8.self)
        #expect(body.contains(#""image":"data:image/png;base64,iVBORw0KGgoAAAA=""#))
    }

    @Test("needs a picture with the I2V model and takes none with the T2V model")
    func image() throws {
        #expect(try draft().problems(for: provider.descriptor).map(\.code) == [.missing])
        let text = try draft(model: "Wan-AI/Wan2.2-T2V-A14B", image: "https://h/a.png")
        #expect(text.problems(for: provider.descriptor).map(\.code) == [.notApplicable])
    }

    @Test("sends a model id that is not in its list, since ids rotate")
    func unlisted() throws {
        let problems = try draft(model: "Wan-AI/Wan3").problems(for: provider.descriptor)
        #expect(problems.allSatisfy { $0.severity == .warning })
    }

    @Test("polls with a POST that carries the id in its body")
    func poll() throws {
        let request = try provider.statusRequest(for: Receipt(taskID: "../x"))
        #expect(request.method == .post)
        #expect(request.body == .json(["requestId": "../x"]))
        #expect(
            try request.url(below: "https://api.siliconflow.com/v1/") == "https://api.siliconflow.com/v1/video/status"
        )
    }

    @Test(
        "waits for a limit of a minute, and not for one of an hour or a day",
        arguments: [
            ("RPM", false), ("TPM", false), ("IPM", false), ("RPH", true), ("RPD", true), ("TPD", true), ("IPD", true),
        ]
    )
    func limits(limit: String, isPermanent: Bool) throws {
        let body =
            #"{"message":"Request was rejected due to rate limiting. Details:\#(limit) limit reached.","data":""}"#
        let fault = try #require(provider.fault(in: reply(429, body), during: .submit))
        #expect(fault.kind == .rateLimited)
        #expect(fault.isPermanent == isPermanent)
        #expect(fault.vendorCode == nil)
        #expect(provider.fault(in: reply(429, body), during: .status)?.isPermanent == false)
    }

    @Test("may send again after 50505, which says that nothing was accepted, but not after another 503")
    func overloaded() {
        let listed = provider.fault(in: reply(503, #"{"code":50505,"message":"overloaded"}"#), during: .submit)
        #expect(listed?.accepted == .no)
        let other = provider.fault(in: reply(503, "<html>"), during: .submit)
        #expect(other?.kind == .overloaded)
        #expect(other?.accepted == .unknown)
    }

    @Test("tells an empty account from a forbidden call, both 403")
    func balance() {
        #expect(provider.fault(in: reply(403, #"{"code":30001,"message":"x"}"#), during: .submit)?.kind == .balance)
        #expect(provider.fault(in: reply(403, #""Forbidden""#), during: .submit)?.kind == .permission)
    }

    @Test("succeeds without an asset when the list of videos is empty, and the engine asks again")
    func emptyVideos() throws {
        let body = #"{"status":"Succeed","results":{"videos":[],"timings":{"inference":0},"seed":0}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.phase == .succeeded)
        #expect(snapshot.assets.isEmpty)
    }

    @Test("hands out every clip, byte for byte")
    func clips() throws {
        let body = #"{"status":"Succeed","results":{"videos":[{"url":"https://h/a?s=%2F"},{},{"url":"https://h/b"}]}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.assets.map(\.source) == [.remote("https://h/a?s=%2F"), .remote("https://h/b")])
    }

    @Test("stays failed when a link stands in the reply all the same")
    func failedWithLink() throws {
        let body = #"{"status":"Failed","reason":null,"results":{"videos":[{"url":"https://h/a"}]}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.phase == .failed)
        #expect(snapshot.assets.isEmpty)
    }

    @Test("reports no seed or time before the end, where they are zeros")
    func zeros() throws {
        let body = #"{"status":"InProgress","results":{"videos":[],"timings":{"inference":0},"seed":0},"position":3}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.facts == ReportedFacts())
        #expect(snapshot.queuePosition == 3)
    }

    @Test("plans for the shorter of the two lives its pages promise, and keeps both")
    func lifetimes() {
        #expect(provider.descriptor.shortestAssetLifetime == .seconds(600))
        #expect(provider.descriptor.assetLifetimes.map(\.duration) == [.seconds(600), .seconds(3600)])
    }

    @Test("takes no personal fields from the account")
    func account() throws {
        let body = #"{"code":20000,"status":true,"data":{"email":"a@b","totalBalance":"88.88","status":"normal"}}"#
        #expect(
            try provider.account(in: reply(200, body)) == AccountReport(balance: "88.88", status: "normal")
        )
    }

    @Test("asks for all video models")
    func models() throws {
        #expect(
            try provider.modelsRequest().url(below: "https://api.siliconflow.cn")
                == "https://api.siliconflow.cn/v1/models?type=video"
        )
    }

    @Test("a reason that is an object stands as it was written")
    func reason() throws {
        let body = #"{"status":"Failed","reason":{"code":7,"msg":"no"}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.fault?.message == #"{"code":7,"msg":"no"}"#)
    }

    @Test("blanks around a link are no part of it")
    func blanks() throws {
        let body = #"{"status":"Succeed","results":{"videos":[{"url":" https://h/a?s=%2F\n"}]}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.assets.map(\.source) == [.remote("https://h/a?s=%2F")])
    }

    @Test(
        "a link that cannot be used says why, without the password in it",
        arguments: [
            ("https://u:p4ss@h/x.mp4", "The link to https://h holds a user name or a password"),
            ("ftp://h/x.mp4", "The link ftp://h/x.mp4 is no http(s) URL"),
        ]
    )
    func unusable(link: String, words: String) throws {
        let body = #"{"status":"Succeed","results":{"videos":[{"url":"\#(link)"}]}}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: receipt)
        #expect(snapshot.assets.isEmpty)
        #expect(snapshot.fault?.message.hasPrefix(words) == true && snapshot.fault?.kind == .noOutput)
        #expect(snapshot.fault?.message.contains("p4ss") == false)
    }
}
