import LosslessJSON
import Testing

@testable import SandboxScenarios

@Suite("The world as a whole")
struct WorldTests {
    private let bench = Bench()

    @Test("Equal worlds give equal answers, other seeds other ids")
    func determinism() throws {
        let first = Bench()
        let second = Bench()
        #expect(try first.siliconFlowJob() == second.siliconFlowJob())
        #expect(first.world == second.world)
        second.world = SandboxWorld(seed: 8, storage: "http://storage.test")
        #expect(try first.siliconFlowJob() != second.siliconFlowJob())
    }

    @Test("Jobs follow the work clock, printed times the wall")
    func speed() throws {
        bench.time.speed = 100
        let id = try bench.xiexusJob()
        bench.wait(120)
        let record = try #require(try bench.xiexusPoll(id).root["data"])
        #expect(record["status"]?.string == "SUCCESS")
        #expect(record["submit_time"]?.int == 1_760_000_000)
        #expect(record["finish_time"]?.int == 1_760_000_000)
    }

    @Test("A saved world goes on where it would have been, with its links, and gives no id twice")
    func saving() throws {
        let before = try bench.siliconFlowJob()
        let colon = try bench.unifiedJob("一只猫 \\\"quoted\\\"")
        let saved = bench.world.saved(at: bench.time)

        let later = Bench()
        later.time.wall += 6_000
        let work = later.world.restore(saved, wall: later.time.wall, speed: 1)
        later.time.work = try #require(work)
        #expect(later.time.work == 6_000)
        #expect(try later.siliconFlowPoll(before).root["status"]?.string == "InProgress")
        #expect(try later.videoPoll(colon).root["detail"]?["input"]?["prompt"]?.string == "一只猫 \"quoted\"")
        #expect(later.world.siliconflow.book.jobs[0].film == bench.world.siliconflow.book.jobs[0].film)
        #expect(later.world.siliconflow.book.made == 1)
        let after = try later.siliconFlowJob()
        #expect(after != before)
        #expect(try after == bench.siliconFlowJob())
    }

    @Test(
        "What is no saved world changes nothing",
        arguments: ["", "{}", "[1]", #"{"version":2}"#, #"{"version":1,"wall":1}"#]
    )
    func unreadable(_ text: String) throws {
        _ = try bench.siliconFlowJob()
        let before = bench.world
        let work = bench.world.restore(Array(text.utf8), wall: 0, speed: 1)
        #expect(work == nil)
        #expect(bench.world == before)
    }

    @Test("A saved world cut anywhere is refused or whole, never a crash")
    func cut() throws {
        _ = try bench.siliconFlowJob()
        let saved = bench.world.saved(at: bench.time)
        for length in 0..<saved.count {
            var other = SandboxWorld(seed: 1)
            let work = other.restore(Array(saved[..<length]), wall: 0, speed: 1)
            #expect(work == nil)
        }
    }

    @Test("Storage checks its signature to the letter")
    func signature() throws {
        let id = try bench.siliconFlowJob("sandbox:instant")
        let link = try #require(
            try bench.siliconFlowPoll(id).root["results"]?["videos"]?[0]?["url"].text
        )
        #expect(link.contains("%2B") && link.contains("%3D"))
        #expect(bench.fetch(link.replacing("720_5s", with: "720_6s")).status == 403)
        #expect(bench.fetch(link.replacing("%3D", with: "")).status == 403)
        #expect(bench.fetch(link.replacing("Expires=1", with: "Expires=2")).status == 403)
        #expect(bench.fetch("http://storage.test/films/nothing.mp4").status == 404)
    }

    @Test("Storage refuses a key: signed links break with one")
    func authorization() throws {
        let id = try bench.siliconFlowJob("sandbox:instant")
        let link = try #require(
            try bench.siliconFlowPoll(id).root["results"]?["videos"]?[0]?["url"].text
        )
        #expect(bench.fetch(link, key: "sandbox-test").status == 400)
        bench.world.storage.refusesAuthorization = false
        #expect(bench.fetch(link, key: "sandbox-test").status == 200)
    }

    @Test(
        "A part of a film is what its header asks for",
        arguments: [
            (nil, 200, 0..<10, nil), ("bytes=4-", 206, 4..<10, "bytes 4-9/10"),
            ("bytes=0-0", 206, 0..<1, "bytes 0-0/10"),
            ("bytes=-3", 206, 7..<10, "bytes 7-9/10"), ("bytes=2-99", 206, 2..<10, "bytes 2-9/10"),
            ("bytes=10-", 416, 0..<0, "bytes */10"), ("bytes=0-1,4-5", 200, 0..<10, nil),
            ("lines=1-2", 200, 0..<10, nil),
        ] as [(String?, Int, Range<Int>, String?)]
    )
    func ranges(_ header: String?, _ status: Int, _ range: Range<Int>, _ contentRange: String?) throws {
        let film = FilmSpec(width: 2, height: 2, seconds: 1, framesPerSecond: 1, seed: 1)
        let headers = header.map { [(name: "range", value: $0)] } ?? []
        let reply = SandboxReply.film(film, for: SandboxRequest(method: "GET", target: "/", headers: headers))
        guard case .film(_, let asked) = reply.body else { throw Missing() }
        let part = reply.resolved(film: Array(0..<10), range: asked)
        #expect(part.status == status)
        #expect(part.range == range)
        #expect(part.contentRange == contentRange)
    }

    @Test("A part of another version of the film is not given: If-Range")
    func ifRange() throws {
        let film = FilmSpec(width: 2, height: 2, seconds: 1, framesPerSecond: 1, seed: 1)
        let plain = SandboxReply.film(film, for: SandboxRequest(method: "GET", target: "/"))
        let tag = try #require(plain.header("etag"))
        for (condition, isPart) in [(tag, true), ("\"other\"", false)] {
            let request = SandboxRequest(
                method: "GET",
                target: "/",
                headers: [("Range", "bytes=1-"), ("If-Range", condition)]
            )
            guard case .film(_, let range) = SandboxReply.film(film, for: request).body else { throw Missing() }
            #expect((range != nil) == isPart)
        }
    }

    @Test(
        "Moments are written as calendars do",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400_123, "2000-02-29T00:00:00.123000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_759_763_426_875, "2025-10-06T15:10:26.875000Z", "Mon, 06 Oct 2025 15:10:26 GMT"),
            (4_107_542_399_000, "2100-02-28T23:59:59.000000Z", "Sun, 28 Feb 2100 23:59:59 GMT"),
        ] as [(Int64, String, String)]
    )
    func calendar(_ milliseconds: Int64, _ iso: String, _ http: String) {
        #expect(CalendarText(milliseconds: milliseconds).iso == iso)
        #expect(CalendarText(milliseconds: milliseconds).http == http)
    }

    @Test("A form is taken apart, whatever bytes are in its files")
    func multipart() throws {
        let picture: [UInt8] = [13, 10, 45, 45, 120, 0, 255, 13, 10, 45, 45]
        let body =
            Array("--xyz\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n一只猫\r\n".utf8)
            + Array("--xyz\r\ncontent-disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n".utf8)
            + Array("Content-Type: image/png\r\n\r\n".utf8) + picture + Array("\r\n--xyz--\r\n".utf8)
        let form = try #require(MultipartForm(body: body, contentType: "multipart/form-data; boundary=\"xyz\""))
        #expect(form["prompt"]?.text == "一只猫")
        #expect(form["prompt"]?.filename == nil)
        #expect(form["f"]?.filename == "a.png")
        #expect(form["f"]?.contentType == "image/png")
        #expect(form["f"].map { Array($0.content) } == picture)
        for length in 0..<body.count - 4 {
            #expect(
                MultipartForm(body: Array(body[..<length]), contentType: "multipart/form-data; boundary=xyz") == nil
            )
        }
    }
}
