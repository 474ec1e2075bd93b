import Foundation
import LosslessJSON
import SandboxScenarios
import SandboxServer
import Testing

@Suite("The served sandbox")
struct SandboxServerTests {
    @Test("A SiliconFlow job goes from the submit to its film over real HTTP, on ports of their own")
    func siliconFlow() async throws {
        try await withSandbox { server, endpoints, clock in
            let receipt = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            #expect(receipt.status == 200)
            #expect(receipt.header("x-siliconcloud-trace-id")?.hasPrefix("ti_") == true)
            #expect(receipt.header("date") == "Thu, 09 Oct 2025 08:53:20 GMT")
            let id = try #require(try receipt.root["requestId"]?.string)
            let poll = #"{"requestId":"\#(id)"}"#
            var status = try await send("POST", endpoints.siliconflow, "/v1/video/status", json: poll)
            #expect(try status.root["status"]?.string == "InQueue")
            clock.advance(12_000)
            status = try await send("POST", endpoints.siliconflow, "/v1/video/status", json: poll)
            let link = try #require(try status.root["results"]?["videos"]?[0]?["url"]?.string)
            #expect(link.hasPrefix(endpoints.storage))
            let film = try await fetch(link, endpoints)
            #expect(film.status == 200)
            #expect(film.header("content-type") == "video/mp4")
            #expect(film.isWhole)
            #expect(film.body[4..<8].elementsEqual("ftyp".utf8))
            #expect(
                film.body.elementsEqual(
                    Film.make(FilmSpec(width: 960, height: 960, seconds: 5, framesPerSecond: 16, seed: 7))
                )
            )
            #expect(server.billableSubmits == 1)
            #expect(server.exchanges.map(\.call) == [.submit, .poll, .poll, .download])
            #expect(server.exchanges.map(\.isBillable) == [true, false, false, false])
            #expect(server.jobs(at: .siliconflow).map(\.id) == [id])
        }
    }

    @Test("A connection serves one request after the other")
    func keepAlive() async throws {
        try await withSandbox { _, endpoints, _ in
            let connection = try await RawConnection(to: endpoints.xiexus)
            for _ in 0..<3 {
                try await connection.sendRequest("GET", "/v1/models")
                let reply = try #require(try await connection.reply())
                #expect(reply.status == 200)
            }
            await connection.close()
        }
    }

    @Test("A download can be resumed, and asked about with HEAD")
    func ranges() async throws {
        try await withSandbox { server, endpoints, _ in
            let target = try await instantFilm(endpoints)
            let head = try await send("HEAD", endpoints.storage, target, key: nil)
            let whole = try await send("GET", endpoints.storage, target, key: nil)
            #expect(head.header("content-length") == "\(whole.body.count)")
            let part = try await send("GET", endpoints.storage, target, key: nil, more: "Range: bytes=1000-\r\n")
            #expect(part.status == 206)
            #expect(part.header("content-range") == "bytes 1000-\(whole.body.count - 1)/\(whole.body.count)")
            #expect(part.body.elementsEqual(whole.body[1000...]))
            let none = try await send(
                "GET",
                endpoints.storage,
                target,
                key: nil,
                more: "Range: bytes=99999999-\r\n"
            )
            #expect(none.status == 416)
        }
    }

    @Test("Storage is an origin of its own and refuses a key")
    func storageKey() async throws {
        try await withSandbox { _, endpoints, _ in
            let target = try await instantFilm(endpoints)
            #expect(try await send("GET", endpoints.storage, target).status == 400)
            let origins = SandboxOrigin.allCases.map { endpoints[$0] }
            #expect(Set(origins).count == 4)
        }
    }

    @Test("With one port the vendors stand below their names, and storage takes no offence at a key")
    func onePort() async throws {
        try await withSandbox(port: 0) { _, endpoints, _ in
            #expect(endpoints.sorarelay.hasSuffix("/sorarelay"))
            let target = try await instantFilm(endpoints)
            #expect(try await send("GET", endpoints.storage, target).status == 200)
            let reply = try await send("GET", endpoints.sorarelay, "/v1/nothing")
            #expect(reply.text.contains("Invalid URL (GET /v1/nothing)"))
            let base = String(endpoints.storage.dropLast("/storage".count))
            let index = try await send("GET", base, "/", key: nil)
            #expect(index.status == 200)
            #expect(index.text.contains(endpoints.siliconflow))
            #expect(try await send("GET", base, "/siliconflowers", key: nil).status == 404)
        }
    }

    @Test("A client that waits for permission to send its body gets it")
    func expectContinue() async throws {
        try await withSandbox { _, endpoints, _ in
            let connection = try await RawConnection(to: endpoints.siliconflow)
            let head = """
                POST /v1/video/submit HTTP/1.1\r
                Host: sandbox\r
                Authorization: Bearer sandbox-a\r
                Content-Type: application/json\r
                Expect: 100-continue\r
                Content-Length: \(order.utf8.count)\r
                \r

                """
            try await connection.send(head)
            #expect(try await connection.reply()?.status == 100)
            try await connection.send(order)
            #expect(try await connection.reply()?.status == 200)
            await connection.close()
        }
    }

    @Test("A body above the limit is refused with 413")
    func largeBody() async throws {
        try await withSandbox { server, endpoints, _ in
            let json = #"{"prompt":"\#(String(repeating: "a", count: 1_000_000))"}"#
            let reply = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: json)
            #expect(reply.status == 413)
            #expect(server.exchanges.isEmpty)
        }
    }

    @Test("Speed may change while jobs run: what is done stays done")
    func speed() async throws {
        try await withSandbox { server, endpoints, clock in
            func stages() -> [String] {
                server.status.endpoints[0].jobs?.map { "\($0.count) \($0.stage)" } ?? []
            }
            _ = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            clock.advance(3_000)
            #expect(stages() == ["1 queued"])
            server.setSpeed(10)
            clock.advance(100)
            #expect(stages() == ["1 running"])
            clock.advance(800)
            #expect(stages() == ["1 succeeded"])
            #expect(server.status.speed == 10 && server.status.jobSeconds == 1.2)
            #expect(server.status.requests == 1 && server.status.billable == 1)
        }
    }

    @Test("Shapes of answers can be switched while it runs")
    func personalities() async throws {
        try await withSandbox { server, endpoints, clock in
            server.setXiexusShape(.flat)
            server.setOfficialSoraRelay(true)
            let receipt = try await send(
                "POST",
                endpoints.xiexus,
                "/v1/video/generations",
                json: #"{"model":"kling-v1","prompt":"a"}"#
            )
            let id = try #require(try receipt.root["task_id"]?.string)
            let poll = try await send("GET", endpoints.xiexus, "/v1/video/generations/\(id)")
            #expect(try poll.root["status"]?.string == "queued")
            let video = try await send("POST", endpoints.sorarelay, "/v1/videos", json: #"{"prompt":"a"}"#)
            let name = try #require(try video.root["id"]?.string)
            clock.advance(12_000)
            let done = try await send("GET", endpoints.sorarelay, "/v1/videos/\(name)")
            #expect(try done.root["video_url"] == nil)
            let content = try await send("GET", endpoints.sorarelay, "/v1/videos/\(name)/content")
            #expect(content.body[4..<8].elementsEqual("ftyp".utf8))
        }
    }

    @Test("Jobs survive a restart, go on meanwhile, and their ids are not given again")
    func restart() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let clock = ManualClock()
        var ids: [String] = []
        try await withSandbox(stateFile: file.path, clock: clock) { _, endpoints, _ in
            let receipt = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            ids.append(try #require(try receipt.root["requestId"]?.string))
        }
        clock.advance(6_000)
        try await withSandbox(stateFile: file.path, clock: clock) { server, endpoints, _ in
            let poll = #"{"requestId":"\#(ids[0])"}"#
            let status = try await send("POST", endpoints.siliconflow, "/v1/video/status", json: poll)
            #expect(try status.root["status"]?.string == "InProgress")
            let receipt = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            ids.append(try #require(try receipt.root["requestId"]?.string))
            #expect(Set(ids).count == 2)
            #expect(server.jobs(at: .siliconflow).map(\.id) == ids)
        }
    }

    @Test("A job is on disk before its receipt is sent")
    func savedBeforeReply() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try await withSandbox(stateFile: file.path) { _, endpoints, _ in
            let receipt = try await send("POST", endpoints.siliconflow, "/v1/video/submit", json: order)
            let id = try #require(try receipt.root["requestId"]?.string)
            let saved = try String(contentsOf: file, encoding: .utf8)
            #expect(saved.contains(id))
        }
    }

    @Test("A state file that cannot be read is set aside, not overwritten")
    func unreadableState() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString).json")
        let aside = URL(filePath: "\(file.path).unreadable")
        try "not ours".write(to: file, atomically: true, encoding: .utf8)
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(at: aside)
        }
        try await withSandbox(stateFile: file.path) { server, _, _ in
            #expect(server.jobs(at: .siliconflow).isEmpty)
        }
        #expect(try String(contentsOf: aside, encoding: .utf8) == "not ours")
    }

    @Test("A first port that is taken is an error each time, while those behind it are free")
    func takenFirstPort() async throws {
        let first = SandboxServer(configuration: SandboxConfiguration())
        let taken = try #require(Int(try await first.start().siliconflow.split(separator: ":").last ?? ""))
        for _ in 0..<20 {
            let second = SandboxServer(configuration: SandboxConfiguration(firstPort: taken))
            await #expect(throws: (any Error).self) { try await second.start() }
            // Nothing of it is left behind that would listen on.
            await second.stop()
        }
        await first.stop()
    }

    @Test("A port that is taken is an error, not a crash")
    func portTaken() async throws {
        try await withSandbox(port: 0) { _, endpoints, _ in
            let port = try #require(Int(endpoints.storage.dropLast("/storage".count).split(separator: ":").last ?? ""))
            let second = SandboxServer(configuration: SandboxConfiguration(port: port))
            await #expect(throws: (any Error).self) { try await second.start() }
        }
    }

    private func fetch(_ link: String, _ endpoints: SandboxEndpoints) async throws -> RawConnection.Reply {
        try await send("GET", endpoints.storage, String(link.dropFirst(endpoints.storage.count)), key: nil)
    }

    /// The path and query of a small film that is ready.
    private func instantFilm(_ endpoints: SandboxEndpoints) async throws -> String {
        let order = #"{"model":"MiniMax-H3","prompt":"sandbox:instant","size":"64x64","duration":1}"#
        let receipt = try await send("POST", endpoints.xiexus, "/v1/video/generations", json: order)
        let id = try #require(try receipt.root["task_id"]?.string)
        let poll = try await send("GET", endpoints.xiexus, "/v1/video/generations/\(id)")
        let link = try #require(try poll.root["data"]?["result_url"]?.string)
        return String(link.dropFirst(endpoints.storage.count))
    }
}
