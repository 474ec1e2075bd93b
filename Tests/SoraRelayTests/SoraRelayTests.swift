import SoraRelay
import Testing
import VideoProviderKit

@Suite("SoraRelay")
struct SoraRelayTests {
    private let provider = SoraRelayProvider()
    private let id = "sora-2:task_01k81e7r1mf0qtvp3ett3mr4jm"

    private func reply(_ status: Int = 200, body: String) -> UpstreamReply {
        UpstreamReply(status: status, body: Array(body.utf8))
    }

    private func snapshot(_ body: String) throws -> Snapshot {
        try provider.snapshot(in: reply(body: body), for: Receipt(taskID: id))
    }

    private func request(_ values: KeyValuePairs<ParameterName, DraftValue>) throws -> UpstreamRequest {
        var draft = Draft()
        draft[.model] = .text("sora-2")
        draft["prompt"] = .text("x")
        for (name, value) in values { draft[name] = value }
        return try provider.submitRequest(Submission(draft, for: provider.descriptor))
    }

    @Test("has no address of its own")
    func baseURL() {
        #expect(provider.descriptor.baseURL == nil)
        #expect(provider.descriptor.baseURLVariable == "SORARELAY_BASE_URL")
    }

    @Test("polls an id with a colon as one segment on OpenAI's route, as a query value on the unified one")
    func colon() throws {
        let openAI = try provider.statusRequest(for: Receipt(taskID: id))
        #expect(try openAI.url(below: "https://h/v1") == "https://h/v1/videos/\(id)")
        let unified = try provider.statusRequest(for: Receipt(taskID: id, values: ["form": "unified"]))
        #expect(
            try unified.url(below: "https://h")
                == "https://h/v1/video/query?id=sora-2%3Atask_01k81e7r1mf0qtvp3ett3mr4jm"
        )
    }

    @Test("remembers the form of the create call in the receipt")
    func receipts() throws {
        let bare = reply(body: #"{"id":"a","status":"pending","status_update_time":1762010621323}"#)
        let unified = try provider.receipt(in: bare, of: request(["form": .text("unified")]))
        #expect(unified.receipt.values == ["form": "unified"])
        let openAI = try provider.receipt(in: bare, of: request(["form": .text("openai-json")]))
        #expect(openAI.receipt.values.isEmpty)
    }

    @Test("tells the form by the reply's shape when the request is not at hand")
    func shapes() throws {
        let unified = try provider.receipt(in: reply(body: #"{"id":"a","status":"pending"}"#))
        #expect(unified.receipt.values == ["form": "unified"])
        let openAI = try provider.receipt(in: reply(body: #"{"id":"a","object":"video","status":"queued"}"#))
        #expect(openAI.receipt.values.isEmpty)
    }

    @Test(
        "an answer about another task says whose it is; the model before an id makes no other one of it",
        arguments: [
            ("video_1", "video_1", "video_1"), ("sora-2:task_1", "task_1", "sora-2:task_1"),
            ("task_1", "sora-2:task_1", "task_1"), ("mine", "other", "other"),
            ("sora-2:mine", "sora-2:other", "sora-2:other"),
        ]
    )
    func whose(_ asked: String, _ answered: String, _ named: String) throws {
        let answer = reply(body: #"{"id":"\#(answered)","status":"completed","video_url":"https://h/a.mp4"}"#)
        #expect(try provider.snapshot(in: answer, for: Receipt(taskID: asked)).taskID == named)
    }

    @Test("credits that are used up are no rate limit, whatever the status says")
    func quota() {
        let body =
            #"{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}"#
        let fault = FaultReading(descriptor: provider.descriptor).fault(in: reply(429, body: body), during: .submit)
        #expect(fault?.kind == .balance)
    }

    @Test("sends a picture as a file part with its own type, and all else as text")
    func multipart() throws {
        let picture = try #require(MediaContent(bytes: [0xFF, 0xD8, 0xFF, 0xE0], fileName: "a.jpg"))
        let request = try request([
            "seconds": .text("8"), "watermark": .flag(false), "input_reference": .media([.content(picture)]),
        ])
        #expect(
            request.body
                == .form([
                    FormPart("model", "sora-2"), FormPart("prompt", "x"), FormPart("seconds", "8"),
                    FormPart("input_reference", file: picture), FormPart("watermark", "false"),
                ])
        )
    }

    @Test("sends a link only in the forms that take one")
    func links() throws {
        let link = DraftValue.media([.link("https://h/a.png")])
        let json = try request(["form": .text("openai-json"), "input_reference_url": link, "seconds": .text("8")])
        #expect(
            String(decoding: json.body.rendered().bytes, as: UTF8.self)
                == #"{"model":"sora-2","prompt":"x","seconds":"8","input_reference":"https://h/a.png"}"#
        )
        var draft = Draft()
        draft["input_reference"] = link
        #expect(draft.problems(for: provider.descriptor).contains { $0.code == .media })
    }

    @Test("sends an empty list of images in the unified form, and the length as a number")
    func unified() throws {
        let request = try request(["form": .text("unified"), "duration": .number("15")])
        #expect(
            String(decoding: request.body.rendered().bytes, as: UTF8.self)
                == #"{"model":"sora-2","prompt":"x","duration":15,"images":[]}"#
        )
        #expect(request.target == .path("v1/video/create"))
    }

    @Test(
        "takes each parameter only in its form, and names the other form's",
        arguments: [
            ("openai", "duration", "8", "set seconds 8"), ("unified", "seconds", "8", "set duration 8"),
            ("openai", "orientation", "portrait", "unset orientation"), ("unified", "style", "anime", "unset style"),
        ]
    )
    func forms(form: String, name: ParameterName, text: String, suggestion: String) throws {
        let parameter = try #require(provider.descriptor.parameters.first { $0.name == name })
        var draft = Draft()
        draft["form"] = .text(form)
        draft[name] = try parameter.value(parsing: text)
        let problem = draft.problems(for: provider.descriptor).first { $0.parameter == name }
        #expect(problem?.code == .notApplicable)
        #expect(problem?.suggestion == suggestion)
    }

    @Test(
        "lets an inner word refine queued to running and nothing else",
        arguments: [
            ("pending", "processing", .running), ("pending", "completed", .queued), ("pending", "failed", .queued),
            ("queued", "running", .running), ("completed", "processing", .succeeded), ("failed", "processing", .failed),
            ("reviewing", "processing", .unknown("reviewing")), ("video_generation_completed", "completed", .running),
        ] as [(String, String, Phase)]
    )
    func innerStatus(outer: String, inner: String, phase: Phase) throws {
        let body = #"{"status":"\#(outer)","detail":{"status":"x","pending_info":{"status":"\#(inner)"}}}"#
        #expect(try snapshot(body).phase == phase)
    }

    @Test(
        "reads progress as percent or fraction by its name",
        arguments: [
            (#""progress":70"#, 0.7), (#""progress":"70%""#, 0.7), (#""progress":1"#, 0.01),
            (#""progress_pct":0.93"#, 0.93),
            (#""detail":{"pending_info":{"progress_pct":1}}"#, 1), (#""progress":100,"progress_pct":0.5"#, 1),
        ]
    )
    func progress(member: String, fraction: Double) throws {
        let snapshot = try snapshot(#"{"status":"pending",\#(member)}"#)
        #expect(snapshot.progress?.fraction == fraction)
        #expect(snapshot.phase == .queued)
    }

    @Test("reads clocks in seconds and in milliseconds, also in one body")
    func clocks() throws {
        let body = #"{"status":"queued","created_at":1761622232,"status_update_time":1761622232000}"#
        let facts = try snapshot(body).facts
        #expect(facts.createdAt == facts.updatedAt)
        #expect(facts.createdAt?.description == "2025-10-28T03:30:32.000Z")
    }

    @Test("takes the clip, not the draft or the run time of the job")
    func clip() throws {
        let body = """
            {"status":"completed","object":"video.generation.job","duration":93,"size":"small","seconds":"12",
             "detail":{"url":"https://h/src.mp4","draft_info":{"url":"https://h/draft.mp4"}},"video_url":null}
            """
        let snapshot = try snapshot(body)
        #expect(snapshot.assets.map(\.source) == [.remote("https://h/src.mp4")])
        #expect(snapshot.facts.seconds == 12)
        #expect(snapshot.facts.width == nil)
    }

    @Test("builds the content endpoint from the id of the create call")
    func contentEndpoint() throws {
        let snapshot = try snapshot(#"{"id":"other","status":"completed","video_url":"not a link"}"#)
        #expect(snapshot.assets.map(\.source) == [.endpoint("v1/videos/\(id)/content")])
    }

    @Test(
        "names why a task failed, wherever the relay puts it",
        arguments: [
            (#""error":{"code":"x","message":"a"}"#, .taskFailed, "a"), (#""error":"b""#, .taskFailed, "b"),
            (#""fail_reason":"c""#, .taskFailed, "c"),
            (#""detail":{"pending_info":{"failure_reason":"d"}}"#, .taskFailed, "d"),
            (#""detail":{"pending_info":{"moderation_result":{"type":"blocked"}}}"#, .contentRejected, ""),
            (#""detail":{"pending_info":{"moderation_result":{"type":"passed"}}}"#, .taskFailed, ""),
            (#""error":{"code":"content_policy_violation","message":"e"}"#, .contentRejected, "e"),
        ] as [(String, FaultKind, String)]
    )
    func failures(members: String, kind: FaultKind, message: String) throws {
        let fault = try snapshot(#"{"status":"failed",\#(members)}"#).fault
        #expect(fault?.kind == kind)
        #expect(fault?.message == message)
    }

    @Test("knows that nothing was created only when a 200 names a malformed request")
    func errorInSuccess() {
        let malformed =
            #"{"error":{"message":"no","type":"invalid_request_error","code":"invalid_value","param":"size"}}"#
        let fault = provider.fault(in: reply(body: malformed), during: .submit)
        #expect(fault?.kind == .invalidRequest)
        #expect(fault?.accepted == .no)
        #expect(fault?.parameter == "size")
        let other = provider.fault(
            in: reply(body: #"{"error":{"message":"no","type":"server_error"}}"#),
            during: .submit
        )
        #expect(other?.accepted == .unknown)
    }

    @Test("names the field of an invalid size, and reads the envelopes of new-api servers")
    func envelopes() {
        let size = reply(400, body: #"{"code":"invalid_size","message":"sora-2 size is invalid","data":null}"#)
        #expect(provider.fault(in: size, during: .submit)?.parameter == "size")
        let quota = reply(403, body: #"{"code":"insufficient_user_quota","message":"x","data":null}"#)
        #expect(provider.fault(in: quota, during: .submit)?.kind == .balance)
    }

    @Test("lists newest first, page by page")
    func list() throws {
        #expect(
            try provider.tasksRequest(after: "sora-2:task_1").url(below: "https://h")
                == "https://h/v1/videos?limit=20&order=desc&after=sora-2%3Atask_1"
        )
        let page = try provider.tasks(in: reply(body: #"{"data":[{"id":"a","created_at":1},{"x":1}],"has_more":true}"#))
        #expect(page.entries.map(\.receipt.taskID) == ["a"])
        #expect(page.hasMore)
    }

    @Test("deletes in the OpenAI form and says that the unified one cannot")
    func delete() throws {
        let request = try provider.deleteRequest(for: Receipt(taskID: id))
        #expect(request.method == .delete)
        #expect(request.target == .path("v1/videos/\(id)"))
        #expect(throws: Fault.self) {
            try provider.deleteRequest(for: Receipt(taskID: id, values: ["form": "unified"]))
        }
    }

    @Test(
        "a refusal without words has at least its code or type",
        arguments: [
            (#""error":{"type":"sexual"}"#, "sexual"), (#""error":{"code":0,"type":"sexual"}"#, "sexual"),
            (#""detail":{"pending_info":{"moderation_result":{"code":1,"type":"sexual"}}}"#, "sexual"),
            (#""error":{"code":"x"},"detail":{"pending_info":{"moderation_result":{"type":"blocked"}}}"#, "x"),
        ]
    )
    func verdict(members: String, code: String) throws {
        #expect(try snapshot(#"{"status":"failed",\#(members)}"#).fault?.vendorCode == code)
    }

    @Test(
        "a film inside the reply is handed out as it is",
        arguments: ["data:video/mp4;base64,AAAA", " DATA:video/mp4;codecs=avc1;base64,AAAA\\n"]
    )
    func inline(link: String) throws {
        let body = #"{"status":"completed","video_url":"\#(link)"}"#
        #expect(try snapshot(body).assets.map(\.source) == [.inline("AAAA")])
        #expect(provider.descriptor.replyLimit == .mebibytes(64))
    }

    @Test(
        "what is no film in base64 is not taken for one",
        arguments: ["data:text/html;base64,AAAA", "data:video/mp4,AAAA", "data:video/mp4;base64,"]
    )
    func noFilm(link: String) throws {
        let body = #"{"status":"completed","video_url":"\#(link)"}"#
        #expect(try snapshot(body).assets.map(\.source) == [.endpoint("v1/videos/\(id)/content")])
    }
}
