import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("The SoraRelay dialect")
struct SoraRelayDialectTests {
    private let bench = Bench()

    @Test("A unified job is pending with the truth inside, then completed with a link at the top")
    func unifiedLife() throws {
        let id = try bench.unifiedJob()
        #expect(id.hasPrefix("sora-2:task_01k"))
        var inner = try bench.send("GET", "/v1/video/query?id=\(id)", to: .sorarelay).root
        #expect(inner["status"]?.string == "pending")
        #expect(inner["detail"]?["pending_info"]?["status"]?.string == "queued")
        #expect(inner["detail"]?["pending_info"]?["progress_pos_in_queue"]?.int == 2)
        bench.wait(10_000)
        inner = try bench.videoPoll(id).root
        #expect(inner["status"]?.string == "pending")
        #expect(inner["detail"]?["status"]?.string == "pending")
        let information = try #require(inner["detail"]?["pending_info"])
        #expect(information["status"]?.string == "processing")
        #expect(information["progress_pct"]?.double == 0.75)
        #expect(information["width"]?.int == 352)
        #expect(information["n_frames"]?.int == 300)
        #expect(information["moderation_result"]?["type"]?.string == "passed")
        #expect(inner["video_url"] == nil)
        bench.wait(2_000)
        let done = try bench.videoPoll(id).root
        #expect(done["status"]?.string == "completed")
        #expect(done["height"]?.int == 640)
        #expect(done["status_update_time"]?.int == 1_760_000_012_000)
        #expect(try bench.fetch(done["video_url"].text).isFilm)
    }

    @Test("The task of the vendor's page is known without having been ordered, and is not counted as made")
    func documented() throws {
        let id = "sora-2:task_01k6x15vhrff09dkkqjrzwhm60"
        let first = try bench.videoPoll(id).root
        #expect(first["status"]?.string == "pending")
        let information = try #require(first["detail"]?["pending_info"])
        #expect(information["progress_pct"]?.rawText.hasPrefix("0.930") == true)
        #expect(information["n_frames"]?.int == 450)
        bench.wait(60_000)
        #expect(try bench.videoPoll(id).root["status"]?.string == "pending")
        #expect(bench.world.sorarelay.book.made == 0)
    }

    @Test("An id's colon may be percent-encoded, in the path and in the query")
    func encodedColon() throws {
        let id = try bench.unifiedJob().split(separator: ":").joined(separator: "%3A")
        #expect(bench.videoPoll(id).status == 200)
        #expect(bench.send("GET", "/v1/video/query?id=\(id)", to: .sorarelay).status == 200)
    }

    @Test("Veo has words of its own, and the end of generating is not the end")
    func veo() throws {
        let id = try bench.unifiedJob(model: "veo3")
        #expect(id.hasPrefix("veo3:task_"))
        var words: [String] = []
        for _ in 0..<13 {
            let word = try bench.videoPoll(id).root["status"].text
            if words.last != word { words.append(word) }
            bench.wait(1_000)
        }
        #expect(
            words == ["pending", "video_generating", "video_generation_completed", "video_upsampling", "completed"]
        )
    }

    @Test("OpenAI's form gives OpenAI's object: seconds as text, progress as a whole number, then the relay's link")
    func openAILife() throws {
        let id = try bench.openAIJob()
        #expect(id.hasPrefix("video_"))
        bench.wait(8_000)
        let running = try bench.videoPoll(id).root
        #expect(running["status"]?.string == "in_progress")
        #expect(running["progress"]?.int == 49)
        #expect(running["seconds"]?.string == "8")
        bench.wait(4_000)
        let reply = bench.videoPoll(id)
        #expect(reply.header("openai-poll-after-ms") == "2000")
        let done = try reply.root
        #expect(done["status"]?.string == "completed")
        #expect(done["progress"]?.int == 100)
        #expect(done["completed_at"]?.int == 1_760_000_012)
        #expect(try bench.fetch(done["video_url"].text).isFilm)
    }

    @Test("The official object has no link; its bytes stand behind the key")
    func official() throws {
        bench.world.sorarelay.isOfficial = true
        let id = try bench.openAIJob()
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .sorarelay).status == 400)
        bench.wait(12_000)
        let done = try bench.videoPoll(id).root
        #expect(done["status"]?.string == "completed")
        #expect(done["video_url"] == nil)
        #expect(done["expires_at"]?.int == 1_760_000_012 + 604_800)
        #expect(done["error"]?.isNull == true)
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .sorarelay).isFilm)
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .sorarelay, key: nil).status == 401)
    }

    @Test("A picture is a file part; as text in the form it is refused")
    func reference() throws {
        let file = bench.form([("prompt", "a")], file: ("input_reference", "image/png", [1, 2, 3]))
        #expect(file.status == 200)
        let text = bench.form([("prompt", "a"), ("input_reference", "https://example.com/a.png")])
        #expect(text.status == 400)
        #expect(try text.root["error"]?["code"]?.string == "invalid_type")
        #expect(try text.root["error"]?["param"]?.string == "input_reference")
        let page = bench.form([("prompt", "a")], file: ("input_reference", "text/html", [1]))
        #expect(page.status == 400)
    }

    @Test("In JSON a relay takes a link as text; the official service takes only an object")
    func jsonReference() throws {
        let text = #"{"prompt":"a","input_reference":"https://example.com/a.png"}"#
        let object = #"{"prompt":"a","input_reference":{"image_url":"https://example.com/a.png"}}"#
        #expect(bench.send("POST", "/v1/videos", to: .sorarelay, json: text).status == 200)
        bench.world.sorarelay.isOfficial = true
        #expect(bench.send("POST", "/v1/videos", to: .sorarelay, json: object).status == 200)
        let refused = bench.send("POST", "/v1/videos", to: .sorarelay, json: text)
        #expect(refused.status == 400)
        #expect(try refused.root["error"]?["code"]?.string == "invalid_type")
    }

    @Test(
        "Orders in OpenAI's form that break a rule are refused",
        arguments: [
            (#"{"model":"sora-2"}"#, 400, "missing_required_parameter"),
            (#"{"prompt":"a","seconds":8}"#, 400, "invalid_type"),
            (#"{"prompt":"a","seconds":"7"}"#, 400, "invalid_value"),
            (#"{"prompt":"a","watermark":"yes"}"#, 400, "invalid_value"),
            (#"{"prompt":"a sandbox:refused"}"#, 400, "moderation_blocked"),
            (#"{"prompt":"a","model":"gpt"}"#, 404, nil),
        ] as [(String, Int, String?)]
    )
    func refusals(_ order: String, _ status: Int, _ code: String?) throws {
        let reply = bench.send("POST", "/v1/videos", to: .sorarelay, json: order)
        #expect(reply.status == status)
        #expect(try reply.root["error"]?["code"]?.string == code)
        #expect(bench.world.sorarelay.book.jobs.isEmpty)
    }

    @Test("A wrong size has a form of its own")
    func wrongSize() {
        let reply = bench.send("POST", "/v1/videos", to: .sorarelay, json: #"{"prompt":"a","size":"1x2"}"#)
        #expect(reply.status == 400)
        #expect(reply.text == #"{"code":"invalid_size","message":"sora-2 size is invalid"}"#)
    }

    @Test(
        "Unified orders that break a rule are refused",
        arguments: [
            #"{"model":"sora-2"}"#, #"{"model":"sora-2","prompt":"a","images":"x"}"#,
            #"{"model":"sora-2","prompt":"a","duration":25}"#, #"{"model":"sora-2","prompt":"a","duration":"10"}"#,
            #"{"model":"sora-2","prompt":"a","orientation":"square"}"#,
            #"{"model":"sora-2","prompt":"a","watermark":"no"}"#,
            #"{"model":"veo3","prompt":"a","size":"small"}"#,
        ]
    )
    func unifiedRefusals(_ order: String) throws {
        let reply = bench.send("POST", "/v1/video/create", to: .sorarelay, json: order)
        #expect(reply.status == 400)
        #expect(try reply.root["code"]?.string == "invalid_request")
    }

    @Test("The content endpoint may answer JSON under the name of a film")
    func jsonContent() throws {
        let id = try bench.openAIJob("sandbox:json-content sandbox:instant")
        let reply = bench.send("GET", "/v1/videos/\(id)/content", to: .sorarelay)
        #expect(reply.header("content-type") == "video/mp4")
        #expect(try bench.fetch(reply.root["url"].text).isFilm)
    }

    @Test("The list goes from the newest, page by page")
    func list() throws {
        let ids = try (0..<3).map { _ in try bench.openAIJob() }
        _ = try bench.unifiedJob()
        let first = try bench.send("GET", "/v1/videos?limit=2", to: .sorarelay).root
        #expect(try first["data"]?.elements.map { try $0["id"].text } == [ids[2], ids[1]])
        #expect(first["has_more"]?.bool == true)
        #expect(first["last_id"]?.string == ids[1])
        let second = try bench.send("GET", "/v1/videos?limit=2&after=\(ids[1])", to: .sorarelay).root
        #expect(try second["data"]?.elements.map { try $0["id"].text } == [ids[0]])
        #expect(second["has_more"]?.bool == false)
    }

    @Test("Only a finished video can be deleted, and then it is gone")
    func delete() throws {
        let id = try bench.openAIJob()
        #expect(bench.send("DELETE", "/v1/videos/\(id)", to: .sorarelay).status == 400)
        bench.wait(12_000)
        let reply = bench.send("DELETE", "/v1/videos/\(id)", to: .sorarelay)
        #expect(reply.text == #"{"id":"\#(id)","deleted":true,"object":"video.deleted"}"#)
        #expect(bench.videoPoll(id).status == 404)
    }

    @Test("A remix is a new, billable job that names its source")
    func remix() throws {
        let id = try bench.openAIJob()
        let reply = bench.send("POST", "/v1/videos/\(id)/remix", to: .sorarelay, json: #"{"prompt":"at night"}"#)
        #expect(reply.billable)
        #expect(try reply.root["remixed_from_video_id"]?.string == id)
        #expect(try reply.root["id"]?.string != id)
    }

    @Test("A rejected job says so where its form says such things")
    func moderation() throws {
        let unified = try bench.unifiedJob("sandbox:moderation sandbox:instant")
        let task = try bench.videoPoll(unified).root
        #expect(task["status"]?.string == "failed")
        #expect(task["detail"]?["pending_info"]?["moderation_result"]?["type"]?.string == "blocked")
        let openAI = try bench.openAIJob("sandbox:moderation sandbox:instant")
        #expect(try bench.videoPoll(openAI).root["error"]?["code"]?.string == "moderation_blocked")
    }
}
