import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("The Xiexus dialect")
struct XiexusDialectTests {
    private let bench = Bench()

    @Test("The receipt is the usual object, id and task_id alike")
    func receipt() throws {
        let reply = bench.send(
            "POST",
            "/v1/video/generations",
            to: .xiexus,
            json: #"{"model":"kling-v1","prompt":"a"}"#
        )
        let root = try reply.root
        #expect(root["id"]?.string == root["task_id"]?.string)
        #expect(root["object"]?.string == "video")
        #expect(root["status"]?.string == "queued")
        #expect(reply.header("x-oneapi-request-id")?.count == 30)
        #expect(reply.billable)
    }

    @Test("A record goes through new-api's words, its progress is text, its row number is no task id")
    func wrappedLife() throws {
        let id = try bench.xiexusJob()
        var words: [String] = []
        var progress: [String] = []
        for _ in 0..<13 {
            let record = try #require(try bench.xiexusPoll(id).root["data"])
            #expect(record["id"]?.int == 1024)
            #expect(record["task_id"]?.string == id)
            let word = try record["status"].text
            if words.last != word { words.append(word) }
            progress.append(try record["progress"].text)
            bench.wait(1_000)
        }
        #expect(words == ["NOT_START", "SUBMITTED", "QUEUED", "IN_PROGRESS", "SUCCESS"])
        #expect(progress.allSatisfy { $0.hasSuffix("%") })
        #expect(progress.compactMap { Int($0.dropLast()) } == progress.compactMap { Int($0.dropLast()) }.sorted())
        let done = try #require(try bench.xiexusPoll(id).root["data"])
        #expect(done["fail_reason"]?.string == "")
        #expect(try bench.fetch(done["result_url"].text).isFilm)
        // The nested answer of the model's vendor is stale on purpose.
        #expect(done["data"]?["task"]?["status"]?.string == "running")
    }

    @Test("Times of a record are seconds, and zero until they come")
    func times() throws {
        let id = try bench.xiexusJob()
        bench.wait(2_000)
        let queued = try #require(try bench.xiexusPoll(id).root["data"])
        #expect(queued["submit_time"]?.int == 1_760_000_000)
        #expect(queued["start_time"]?.int == 0)
        bench.wait(11_000)
        let done = try #require(try bench.xiexusPoll(id).root["data"])
        #expect(done["start_time"]?.int == 1_760_000_004)
        #expect(done["finish_time"]?.int == 1_760_000_012)
    }

    @Test("The documented shape is flat, with the film's figures in metadata")
    func flat() throws {
        bench.world.xiexus.shape = .flat
        let receipt = bench.send(
            "POST",
            "/v1/video/generations",
            to: .xiexus,
            json: #"{"model":"kling-v1","prompt":"a","width":512,"height":512,"seed":20231234}"#
        )
        #expect(receipt.text?.hasSuffix(#"","status":"queued"}"#) == true)
        let id = try receipt.root["task_id"].text
        #expect(try bench.xiexusPoll(id).root["status"]?.string == "queued")
        bench.wait(6_000)
        #expect(bench.xiexusPoll(id).text == #"{"task_id":"\#(id)","status":"in_progress"}"#)
        bench.wait(6_000)
        let done = try bench.xiexusPoll(id).root
        #expect(done["status"]?.string == "completed")
        #expect(done["format"]?.string == "mp4")
        #expect(done["metadata"]?["width"]?.int == 512)
        #expect(done["metadata"]?["seed"]?.int == 20_231_234)
        #expect(try bench.fetch(done["url"].text).isFilm)
    }

    @Test("A prompt may ask for a shape")
    func shapeByPrompt() throws {
        let flat = try bench.xiexusJob("sandbox:flat")
        #expect(try bench.xiexusPoll(flat).root["status"]?.string == "queued")
        let old = try bench.xiexusJob("sandbox:link-in-reason sandbox:instant")
        let record = try #require(try bench.xiexusPoll(old).root["data"])
        #expect(record["status"]?.string == "success")
        #expect(record["fail_reason"]?.string?.hasPrefix("http://storage.test/") == true)
        #expect(record["result_url"] == nil)
    }

    @Test("A failed record is HTTP 200, code success, progress 100%, with a reason")
    func failure() throws {
        let id = try bench.xiexusJob("sandbox:failed")
        bench.wait(12_000)
        let reply = bench.xiexusPoll(id)
        #expect(reply.status == 200)
        let root = try reply.root
        #expect(root["code"]?.string == "success")
        #expect(root["data"]?["status"]?.string == "FAILURE")
        #expect(root["data"]?["progress"]?.string == "100%")
        #expect(root["data"]?["fail_reason"]?.string?.isEmpty == false)
    }

    @Test(
        "Orders that break a rule are refused",
        arguments: [
            (#"{"model":"kling-v1","prompt":""}"#, 400, "invalid_request"),
            (#"{"prompt":"a"}"#, 400, "invalid_request"),
            (#"{"model":"kling-v1","prompt":"a","duration":5.0}"#, 400, "invalid_request"),
            (#"{"model":"kling-v1","prompt":"a","duration":"5"}"#, 400, "invalid_request"),
            (#"{"model":"kling-v1","prompt":"a","metadata":[]}"#, 400, "invalid_request"),
            (#"{"model":"kling-v1","prompt":"a","images":"x"}"#, 400, "invalid_request"),
        ]
    )
    func refusals(_ order: String, _ status: Int, _ code: String) throws {
        let reply = bench.send("POST", "/v1/video/generations", to: .xiexus, json: order)
        #expect(reply.status == status)
        #expect(try reply.root["code"]?.string == code)
        #expect(try reply.root["data"]?.isNull == true)
        #expect(bench.world.xiexus.book.jobs.isEmpty)
    }

    @Test("A model without a channel is 503, for good")
    func noChannel() throws {
        let reply = bench.send(
            "POST",
            "/v1/video/generations",
            to: .xiexus,
            json: #"{"model":"gpt-9","prompt":"a"}"#
        )
        #expect(reply.status == 503)
        #expect(try reply.root["error"]?["code"]?.string == "model_not_found")
    }

    @Test("Kling makes a square of a size it does not know, others take it")
    func sizes() {
        for order in [
            #"{"model":"kling-v1","prompt":"a","size":"1000x500"}"#,
            #"{"model":"MiniMax-H3","prompt":"a","size":"1000x500"}"#,
            #"{"model":"kling-v1","prompt":"a","width":640,"height":360}"#,
        ] {
            _ = bench.send("POST", "/v1/video/generations", to: .xiexus, json: order)
        }
        let sizes = bench.world.xiexus.book.jobs.map { "\($0.film.width)x\($0.film.height)" }
        #expect(sizes == ["960x960", "1000x500", "1280x720"])
    }

    @Test("A job that is not there: 400 from the server, 404 where it is as documented")
    func unknownJob() throws {
        let usual = bench.xiexusPoll("task_none")
        #expect(usual.status == 400)
        #expect(try usual.root["code"]?.string == "task_not_exist")
        bench.world.xiexus.shape = .flat
        let documented = bench.xiexusPoll("task_none")
        #expect(documented.status == 404)
        #expect(try documented.root["error"]?["param"]?.isNull == true)
    }

    @Test("A wrong key is told its request id, the one of the header")
    func wrongKey() throws {
        let reply = bench.send("GET", "/v1/models", to: .xiexus, key: "sk-real")
        #expect(reply.status == 401)
        let id = try #require(reply.header("X-Oneapi-Request-Id"))
        #expect(try reply.root["error"]?["message"]?.string?.contains("(request id: \(id))") == true)
    }

    @Test("The OpenAI routes know the same jobs; the link is in metadata, the bytes behind the key")
    func videos() throws {
        let id = try bench.xiexusJob()
        #expect(try bench.send("GET", "/v1/videos/\(id)", to: .xiexus).root["status"]?.string == "unknown")
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .xiexus).status == 400)
        bench.wait(12_000)
        let done = try bench.send("GET", "/v1/videos/\(id)", to: .xiexus).root
        #expect(done["status"]?.string == "completed")
        #expect(done["metadata"]?["url"]?.string != nil)
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .xiexus).isFilm)
        #expect(bench.send("GET", "/v1/videos/\(id)/content", to: .xiexus, key: nil).status == 401)
        #expect(bench.send("GET", "/v1/videos/none/content", to: .xiexus).status == 404)
    }

    @Test("Unknown paths name themselves, unbuilt ones are 501")
    func paths() throws {
        let unknown = bench.send("GET", "/v1/video/generation", to: .xiexus)
        #expect(unknown.status == 404)
        #expect(try unknown.root["error"]?["message"]?.string == "Invalid URL (GET /v1/video/generation)")
        #expect(bench.send("GET", "/v1/files", to: .xiexus).status == 501)
    }
}
