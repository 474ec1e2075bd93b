import Testing
import VideoProviderKit

@Suite("Readings of the usual shape")
struct CommonReadingsTests {
    private let descriptor = ProviderDescriptor.example()

    @Test(
        "find the id at the first path that has one, also in an envelope",
        arguments: [
            #"{"id":"t1"}"#, #"{"task_id":"","id":"t1"}"#, #"{"data":{"task_id":"t1"}}"#, #"{"data":[{"id":"t1"}]}"#,
        ]
    )
    func id(body: String) throws {
        let outcome = try SubmitOutcome.accepted(reading: UpstreamReply(body), idAt: "task_id", "id")
        #expect(outcome == .accepted(Receipt(taskID: "t1"), Snapshot(phase: .queued)))
    }

    @Test("call a reply without an id unreadable", arguments: ["{}", #"{"id":null}"#, #"{"id":{}}"#, "[]", "", "id"])
    func noID(body: String) {
        let fault = #expect(throws: Fault.self) {
            try SubmitOutcome.accepted(reading: UpstreamReply(body), idAt: "id")
        }
        #expect(fault?.kind == .decoding)
    }

    @Test("read the word of the create answer when the descriptor is given")
    func word() throws {
        let reply = UpstreamReply(#"{"output":{"id":7,"task_status":"RUNNING"}}"#)
        let outcome = try SubmitOutcome.accepted(reading: reply, in: "output", by: descriptor, idAt: "id")
        #expect(outcome == .accepted(Receipt(taskID: "7"), Snapshot(phase: .running, word: "RUNNING")))
    }

    @Test("read why the task failed when the create answer says so")
    func failedAtOnce() throws {
        let reply = UpstreamReply(#"{"id":7,"status":"failed","error":{"type":"e1","message":["no"]}}"#)
        let snapshot = try SubmitOutcome.accepted(reading: reply, by: descriptor, idAt: "id").snapshot
        #expect(snapshot.fault?.vendorCode == "e1" && snapshot.fault?.message == #"["no"]"#)
    }

    @Test("hand out a film inside the reply")
    func inline() throws {
        let reply = UpstreamReply(#"{"status":"done","output":["data:video/mp4;base64,AAAA"]}"#)
        let snapshot = try Snapshot(reading: reply, by: descriptor, videoAt: "output")
        #expect(snapshot.assets.map(\.source) == [.inline("AAAA")])
    }

    @Test(
        "hand out links of a text or a list, and only after the word that says success",
        arguments: [
            (#"{"status":"done","output":"https://h/1"}"#, ["https://h/1"]),
            (#"{"state":"done","output":["https://h/1","https://h/2"]}"#, ["https://h/1", "https://h/2"]),
            (#"{"status":"done","output":null,"url":"https://h/3"}"#, ["https://h/3"]),
            (#"{"status":"running","output":"https://h/1"}"#, []), (#"{"status":"done","output":"file:///x"}"#, []),
        ]
    )
    func links(body: String, links: [String]) throws {
        let snapshot = try Snapshot(reading: UpstreamReply(body), by: descriptor, videoAt: "output", "url")
        #expect(snapshot.assets == links.map { Asset(kind: .video, source: .remote($0)) })
    }

    @Test(
        "find the reason of a failure at the usual places or where it is said to be",
        arguments: [
            (#"{"status":"failed","error":{"code":"e1","message":"no"}}"#, "e1", "no"),
            (#"{"status":"failed","error":"no"}"#, nil, "no"),
            (#"{"status":"failed","why":"no","error_code":7}"#, "7", "no"),
            (#"{"status":"failed","code":0,"fail_reason":"no"}"#, nil, "no"),
            (#"{"status":"failed"}"#, nil, ""),
        ]
    )
    func reason(body: String, code: String?, message: String) throws {
        let snapshot = try Snapshot(reading: UpstreamReply(body), by: descriptor, reasonAt: "why")
        #expect(snapshot.fault?.kind == .taskFailed)
        #expect(snapshot.fault?.vendorCode == code)
        #expect(snapshot.fault?.message == message)
    }

    @Test("name, key variable and address variable follow from the id")
    func derived() {
        let descriptor = ProviderDescriptor(
            id: "new-lumen",
            summary: "",
            baseURL: nil,
            parameters: [.prompt()],
            assetLifetimes: [],
            traceHeaders: []
        )
        #expect(descriptor.name == "New-lumen")
        #expect(descriptor.keyVariable == "NEW_LUMEN_API_KEY")
        #expect(descriptor.baseURLVariable == "NEW_LUMEN_BASE_URL")
    }

    @Test("a status word that no reply could match is a problem of the descriptor")
    func words() {
        var descriptor = descriptor
        descriptor.words = ["Succeeded": .succeeded, "failed ": .failed, "queued": .queued]
        #expect(descriptor.problems().count == 2)
    }

    @Test(
        "base64url is that of RFC 4648 section 10, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3E}\u{3F}\u{3F}", "Pj8_"),
        ]
    )
    func base64(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
    }
}
