import Testing
import VideoProviderKit
import Xiexus

@Suite("Xiexus")
struct XiexusTests {
    private let provider = XiexusProvider()
    private let receipt = Receipt(taskID: "task_1")

    private func reply(_ status: Int, _ text: String) -> UpstreamReply {
        UpstreamReply(status: status, body: Array(text.utf8))
    }

    private func snapshot(_ text: String) throws -> Snapshot {
        try provider.snapshot(in: reply(200, text), for: receipt)
    }

    @Test(
        "finds the task's id in every form of answer",
        arguments: [
            (#"{"code":200,"data":[{"task_id":"abc","status":"submitted"}]}"#, "abc"),
            (#"{"code":"success","data":{"task_id":"abc"}}"#, "abc"),
            (#"{"code":"success","data":{"id":"abc"}}"#, "abc"),
            (#"{"id":"other","task_id":"abc"}"#, "abc"), (#"{"id":"abc","status":"queued"}"#, "abc"),
            (#"{"id":12345678901234567890,"status":"queued"}"#, "12345678901234567890"),
        ]
    )
    func ids(body: String, id: String) throws {
        let outcome = try provider.receipt(in: reply(200, body))
        #expect(outcome.receipt.taskID == id)
        #expect(outcome.snapshot.phase == .queued)
    }

    @Test("does not take the relay's row number for the task's id")
    func rowNumber() {
        let body = #"{"code":"success","data":{"id":1024,"status":"SUBMITTED"}}"#
        #expect(throws: Fault.self) { try provider.receipt(in: reply(200, body)) }
    }

    @Test("Case 47: lets the record's own word decide when the vendor's record inside is older")
    func staleInside() throws {
        let running = #"{"code":"success","data":{"status":"IN_PROGRESS","data":{"status":"succeeded"}}}"#
        #expect(try snapshot(running).phase == .running)
        let done =
            #"{"code":"success","data":{"status":"SUCCESS","result_url":"https://h/a","data":{"status":"queued"}}}"#
        #expect(try snapshot(done).phase == .succeeded)
    }

    @Test("hands out no link while the task runs, even when one is there")
    func earlyLink() throws {
        let body = #"{"code":"success","data":{"status":"IN_PROGRESS","progress":"100%","result_url":"https://h/a"}}"#
        #expect(try snapshot(body).phase == .running)
        #expect(try snapshot(body).assets.isEmpty)
    }

    @Test("Case 47: fails when the word says so, whatever stands in fail_reason")
    func failureWithLink() throws {
        let body = #"{"code":"success","data":{"status":"FAILURE","fail_reason":"https://h/a.mp4"}}"#
        #expect(try snapshot(body).phase == .failed)
        #expect(try snapshot(body).assets.isEmpty)
        #expect(try snapshot(body).fault?.message == "https://h/a.mp4")
    }

    @Test("succeeds beside an error that says nothing is wrong")
    func emptyError() throws {
        let body = #"{"task_id":"a","status":"completed","url":"https://h/a","error":{"code":0,"message":""}}"#
        #expect(provider.fault(in: reply(200, body), during: .status) == nil)
        #expect(try snapshot(body).assets.map(\.source) == [.remote("https://h/a")])
    }

    @Test(
        "Case 47: takes the link from the newest place that holds one",
        arguments: [
            (#""result_url":"https://h/1","url":"https://h/2""#, "https://h/1"),
            (#""result_url":"","url":"https://h/2","fail_reason":"https://h/3""#, "https://h/2"),
            (#""video_url":"https://h/2","metadata":{"url":"https://h/3"}"#, "https://h/2"),
            (#""metadata":{"url":"https://h/3"},"fail_reason":"https://h/4""#, "https://h/3"),
            (#""fail_reason":"https://h/4""#, "https://h/4"),
        ]
    )
    func links(members: String, url: String) throws {
        let body = #"{"code":"success","data":{"status":"SUCCESS",\#(members)}}"#
        #expect(try snapshot(body).assets.map(\.source) == [.remote(url)])
    }

    @Test("asks the content endpoint, with the id from the create call, when a film has no link")
    func contentEndpoint() throws {
        let body = #"{"id":"other","status":"SUCCESS","fail_reason":"done"}"#
        let snapshot = try provider.snapshot(in: reply(200, body), for: Receipt(taskID: "task:1/2"))
        #expect(snapshot.assets.map(\.source) == [.endpoint("v1/videos/task:1%2F2/content")])
    }

    @Test("reads the short wrapped form")
    func short() throws {
        let failed = #"{"code":"success","data":{"status":"failed","error":"no luck"}}"#
        #expect(try snapshot(failed).fault?.message == "no luck")
        let done = #"{"code":"success","data":{"status":"succeeded","url":"https://h/a"}}"#
        #expect(try snapshot(done).assets.count == 1)
    }

    @Test("never sends again after 503 model_not_found, and never by itself after another 503")
    func unavailable() {
        let body = #"{"error":{"code":"model_not_found","message":"no channel","type":"new_api_error"}}"#
        let fault = provider.fault(in: reply(503, body), during: .submit)
        #expect(fault?.kind == .modelNotFound)
        #expect(fault?.isPermanent == true)
        #expect(fault?.accepted == .no)
        #expect(provider.fault(in: reply(503, ""), during: .submit)?.accepted == .unknown)
    }

    @Test(
        "reads a relay's own upstream error by its HTTP status, with the words inside",
        arguments: [(400, .invalidRequest), (429, .rateLimited), (500, .server)] as [(Int, FaultKind)]
    )
    func innerError(status: Int, kind: FaultKind) {
        let body = #"{"code":"fail_to_fetch_task","message":"{\"error\":{\"message\":\"bad size\"}}","data":null}"#
        let fault = provider.fault(in: reply(status, body), during: .submit)
        #expect(fault?.kind == kind)
        #expect(fault?.message.hasPrefix("bad size") == true)
    }

    @Test("knows that a task is missing from 404 with the error fields bare, and from 400")
    func missingTask() {
        let bare = #"{"message":"task not found","type":"invalid_request_error","param":null,"code":null}"#
        #expect(provider.fault(in: reply(404, bare), during: .status)?.kind == .taskNotFound)
        let code = #"{"code":"task_not_exist","message":"task_not_exist","data":null}"#
        #expect(provider.fault(in: reply(400, code), during: .status)?.kind == .taskNotFound)
    }

    @Test("keeps the request id that stands only in the message")
    func requestID() {
        let body = #"{"error":{"message":"无效的令牌 (request id: 20260101AbC)","type":"new_api_error","code":""}}"#
        #expect(provider.fault(in: reply(401, body), during: .status)?.traceIDs.map(\.value) == ["20260101AbC"])
    }

    @Test("puts what the server ignores at the top level into metadata, beside the user's own")
    func metadata() throws {
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("x")
        draft["seed"] = .number("7")
        draft["duration"] = .number("5")
        draft["metadata"] = .json(try RawJSON(parsing: #"{"cfg_scale":0.50}"#))
        draft[extra: "metadata.camera"] = try RawJSON(parsing: #""pan""#)
        let request = try provider.submitRequest(Submission(draft, for: provider.descriptor))
        let body = String(decoding: request.body.rendered().bytes, as: UTF8.self)
        #expect(
            body
                == #"{"model":"kling-v1","prompt":"x","duration":5,"#
                + #""metadata":{"cfg_scale":0.50,"seed":7,"camera":"pan"}}"#
        )
    }

    @Test("warns of a size that Kling models would turn into a square")
    func size() {
        var draft = Draft()
        draft[.model] = .text("kling-v1")
        draft["prompt"] = .text("x")
        draft["size"] = .text("1000x500")
        #expect(draft.problems(for: provider.descriptor).map(\.severity) == [.warning])
    }

    @Test("a submit whose answer calls the task failed says why")
    func failedAtOnce() throws {
        let body = #"{"task_id":"a","status":"failed","error":{"code":0,"type":"blocked","message":{"zh":"不行"}}}"#
        let snapshot = try provider.receipt(in: reply(200, body)).snapshot
        #expect(snapshot.phase == .failed)
        #expect(snapshot.fault?.vendorCode == "blocked" && snapshot.fault?.message == #"{"zh":"不行"}"#)
    }

    @Test(
        "of a list the asked task's record is read, and one without an id is taken as it is",
        arguments: [
            #"{"code":"success","data":[{"task_id":"task_0","status":"FAILURE"},{"task_id":"task_1","status":"SUCCESS","url":"https://h/1"}]}"#,
            #"{"code":"success","data":[{"id":7,"status":"SUCCESS","url":"https://h/1"}]}"#,
            #"{"id":"other","status":"completed","url":"https://h/1"}"#,
        ]
    )
    func list(body: String) throws {
        #expect(try snapshot(body).assets.map(\.source) == [.remote("https://h/1")])
    }

    @Test(
        "an answer about another task says whose it is",
        arguments: [
            #"{"task_id":"task_2","status":"completed","url":"https://h/1"}"#,
            #"{"code":"success","data":{"task_id":"task_2","status":"SUCCESS","url":"https://h/1"}}"#,
            #"{"code":"success","data":[{"task_id":"task_2","status":"SUCCESS"},{"task_id":"task_3"}]}"#,
        ]
    )
    func another(body: String) throws {
        #expect(try snapshot(body).taskID == "task_2")
    }

    @Test("a film inside the reply is handed out as it is")
    func inline() throws {
        let body = #"{"code":"success","data":{"status":"SUCCESS","result_url":"data:video/mp4;base64,AAAA"}}"#
        #expect(try snapshot(body).assets.map(\.source) == [.inline("AAAA")])
        #expect(provider.descriptor.replyLimit == .mebibytes(64))
    }
}
