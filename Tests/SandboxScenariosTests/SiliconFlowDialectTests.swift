import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("The SiliconFlow dialect")
struct SiliconFlowDialectTests {
    private let bench = Bench()

    @Test("A job is queued, in progress and done, with the link and what the page documents")
    func life() throws {
        let id = try bench.siliconFlowJob()
        #expect(try bench.siliconFlowPoll(id).root["status"]?.string == "InQueue")
        bench.wait(4_000)
        let running = try bench.siliconFlowPoll(id).root
        #expect(running["status"]?.string == "InProgress")
        #expect(running["results"]?.isNull == true)
        bench.wait(8_000)
        let done = try bench.siliconFlowPoll(id).root
        #expect(done["status"]?.string == "Succeed")
        #expect(done["results"]?["seed"]?.int == 123)
        #expect(done["results"]?["timings"]?["inference"]?.double == 7.986)
        let link = try done["results"]?["videos"]?[0]?["url"].text
        #expect(bench.fetch(try #require(link)).isFilm)
    }

    @Test("Every answer carries a trace id, a new one each time")
    func trace() {
        let replies = [
            bench.send("GET", "/v1/models", to: .siliconflow), bench.send("GET", "/nowhere", to: .siliconflow),
            bench.send("GET", "/v1/models", to: .siliconflow, key: nil),
            bench.send("POST", "/v1/video/submit", to: .siliconflow, json: "{"),
        ]
        let traces = replies.compactMap { $0.header("x-siliconcloud-trace-id") }
        #expect(traces.count == 4)
        #expect(Set(traces).count == 4)
        #expect(traces.allSatisfy { $0.hasPrefix("ti_") })
    }

    @Test(
        "Keys: the sandbox's own are good, all others are a bare JSON string",
        arguments: [
            (SandboxKey.siliconflow, 200, nil), ("sandbox-anything", 200, nil), (nil, 401, #""Invalid token""#),
            ("sk-real", 401, #""Invalid token""#), (SandboxKey.forbidden, 403, #""Forbidden""#),
        ] as [(String?, Int, String?)]
    )
    func keys(_ key: String?, _ status: Int, _ body: String?) {
        let reply = bench.send("GET", "/v1/user/info", to: .siliconflow, key: key)
        #expect(reply.status == status)
        if let body { #expect(reply.text == body) }
    }

    @Test("An account without money is refused at the submit only, with its code")
    func balance() throws {
        let order = #"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a","image_size":"960x960"}"#
        let reply = bench.send(
            "POST",
            "/v1/video/submit",
            to: .siliconflow,
            json: order,
            key: SandboxKey.penniless
        )
        #expect(reply.status == 403)
        #expect(try reply.root["code"]?.int == 30_001)
        #expect(bench.send("GET", "/v1/models", to: .siliconflow, key: SandboxKey.penniless).status == 200)
    }

    @Test(
        "Orders that break a rule of the page are refused with 400 and make no job",
        arguments: [
            (#"{"model":"no/such","prompt":"a","image_size":"960x960"}"#, 20_012),
            (#"{"prompt":"a","image_size":"960x960"}"#, 20_012),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","image_size":"960x960"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":7,"image_size":"960x960"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a","image_size":"1280x700"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-I2V-A14B","prompt":"a","image_size":"960x960"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-I2V-A14B","prompt":"a","image_size":"960x960","image":"cat.png"}"#, 20_015),
            (
                #"{"model":"Wan-AI/Wan2.2-I2V-A14B","prompt":"a","image_size":"960x960","image":"data:image/png;base64, AA"}"#,
                20_015
            ),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a","image_size":"960x960","seed":"7"}"#, 20_015),
            (#"{"model":"Wan-AI/Wan2.2-T2V-A14B","prompt":"a sandbox:refused","image_size":"960x960"}"#, 20_015),
            ("[]", 20_015),
        ]
    )
    func refusals(_ order: String, _ code: Int) throws {
        let reply = bench.send("POST", "/v1/video/submit", to: .siliconflow, json: order)
        #expect(reply.status == 400)
        #expect(try reply.root["code"]?.int == code)
        #expect(try reply.root["message"]?.string?.isEmpty == false)
        #expect(!reply.billable)
        #expect(bench.world.siliconflow.book.jobs.isEmpty)
    }

    @Test(
        "A picture may be a link or a data URI",
        arguments: ["https://example.com/a.png", "data:image/png;base64,iVBORw0KGgo="]
    )
    func pictures(_ image: String) {
        let reply = bench.send(
            "POST",
            "/v1/video/submit",
            to: .siliconflow,
            json:
                #"{"model":"Wan-AI/Wan2.2-I2V-A14B","prompt":"a","image_size":"720x1280","image":"\#(image)"}"#
        )
        #expect(reply.status == 200)
        #expect(reply.billable)
    }

    @Test("The film has the size that was ordered")
    func size() throws {
        _ = try bench.siliconFlowJob()
        let film = try #require(bench.world.siliconflow.book.jobs.first?.film)
        #expect((film.width, film.height, film.seconds, film.framesPerSecond) == (1280, 720, 5, 16))
    }

    @Test(
        "Models are filtered by subtype",
        arguments: [("", 2), ("?type=video&sub_type=text-to-video", 1), ("?type=text", 0)]
    )
    func models(_ query: String, _ count: Int) throws {
        #expect(try bench.send("GET", "/v1/models\(query)", to: .siliconflow).root["data"]?.count == count)
    }

    @Test("Balances of the account are text")
    func account() throws {
        let root = try bench.send("GET", "/v1/user/info", to: .siliconflow).root
        #expect(root["code"]?.int == 20_000)
        #expect(root["data"]?["totalBalance"]?.string == "88.88")
    }

    @Test(
        "Unknown paths and wrong methods are a bare JSON string",
        arguments: [("GET", "/v1/video/status"), ("POST", "/x")]
    )
    func notFound(_ method: String, _ path: String) {
        let reply = bench.send(method, path, to: .siliconflow, json: "{}")
        #expect(reply.status == 404)
        #expect(reply.text == #""404 page not found""#)
    }

    @Test("An unknown requestId is 400, never a status")
    func unknownJob() throws {
        let reply = bench.siliconFlowPoll("nothing")
        #expect(reply.status == 400)
        #expect(try reply.root["status"] == nil)
    }

    @Test("The link lives ten minutes, which go by faster at a higher speed", arguments: [1.0, 10.0])
    func linkLife(_ speed: Double) throws {
        bench.time.speed = speed
        let id = try bench.siliconFlowJob("sandbox:instant")
        let link = try bench.siliconFlowPoll(id).root["results"]?["videos"]?[0]?["url"].text
        bench.wait(Int64(599_000 / speed))
        #expect(bench.fetch(try #require(link)).status == 200)
        bench.wait(Int64(2_000 / speed))
        let late = bench.fetch(try #require(link))
        #expect(late.status == 403)
        #expect(late.text?.contains("<Code>AccessDenied</Code>") == true)
    }
}
