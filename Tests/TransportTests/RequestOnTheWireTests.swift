import TestSupport
import Testing

@testable import Transport

@Suite("Requests on the wire", .timeLimit(.minutes(10)))
struct RequestOnTheWireTests {
    private func wire(_ request: (RawServer) -> WireRequest) async throws -> (bytes: [UInt8], record: WireRecord) {
        let server = try RawServer([.readRequest, .reply()])
        var record = WireRecord()
        let log = try await withServer(server) { transport in
            record = try await transport.send(request(server)).exchange
        }
        return (log.requests.first ?? [], record)
    }

    @Test("Header lines go out in order and as spelled, with nothing else but what HTTP needs")
    func lines() async throws {
        let lines = [
            HeaderLine("x-TRACE", "1"), HeaderLine("Authorization", "Bearer  k "), HeaderLine("x-trace", "2"),
            HeaderLine("X-Empty", ""), HeaderLine("X-Blank", " "), HeaderLine("X-Text", "视频"),
        ]
        var port = 0
        let (bytes, record) = try await wire { server in
            port = server.port
            return WireRequest(url: server.url("/v1"), headerLines: lines)
        }
        let expected = """
            GET /v1 HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Accept-Encoding: identity\r
            x-TRACE: 1\r
            Authorization: Bearer  k \r
            x-trace: 2\r
            X-Empty:\r
            X-Blank:\r
            X-Text: 视频\r
            \r

            """
        #expect(bytes.text == expected)
        #expect(record.sentHead == bytes)
        #expect(record.bytesSent == bytes.count)
    }

    @Test("A body goes out segment by segment behind its length")
    func body() async throws {
        var port = 0
        let (bytes, record) = try await wire { server in
            port = server.port
            return WireRequest(
                method: "POST",
                url: server.url("/v1"),
                headerLines: [HeaderLine("Content-Type", "application/json")],
                body: .segments([[UInt8](text: "{\"a\":"), [], [UInt8](text: "1}")]),
                acceptsCompression: true
            )
        }
        let expected = """
            POST /v1 HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Accept-Encoding: gzip, deflate\r
            Content-Type: application/json\r
            Content-Length: 7\r
            \r
            {"a":1}
            """
        #expect(bytes.text == expected)
        #expect(record.sentHead.count + 7 == record.bytesSent)
    }

    @Test("Any method may carry a body or none", arguments: ["GET", "PUT", "PATCH", "DELETE", "brew", "POST"])
    func methods(method: String) async throws {
        let (bytes, _) = try await wire { server in
            WireRequest(method: method, url: server.url(), body: .segments([[UInt8](text: "tea")]))
        }
        #expect(bytes.text.hasPrefix("\(method) / HTTP/1.1\r\n"))
        #expect(bytes.text.contains("\r\nContent-Length: 3\r\n"))
        #expect(bytes.text.hasSuffix("\r\n\r\ntea"))
        let (empty, _) = try await wire { server in WireRequest(method: method, url: server.url()) }
        let announces = ["POST", "PUT", "PATCH"].contains(method)
        #expect(empty.text.contains("\r\nContent-Length: 0\r\n") == announces)
        #expect(!empty.text.contains("Content-Type"))
    }

    @Test("HEAD does not wait for a body")
    func head() async throws {
        let server = try RawServer([.readRequest, .text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"), .awaitClose])
        _ = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(method: "HEAD", url: server.url()))
            #expect(reply.status == 200)
            #expect(reply.body.isEmpty)
        }
    }

    @Test("The target of the URL is not rewritten")
    func target() async throws {
        let target = "/a/../b/./c//d%2f%2F:task_1;v={x}|~?q=a+b&视频=%E8&u=http://h/../"
        let (bytes, _) = try await wire { server in WireRequest(url: server.url(target + "#fragment")) }
        #expect(bytes.text.hasPrefix("GET \(target) HTTP/1.1\r\n"))
    }

    @Test("Lines that libcurl writes itself can be given instead")
    func own() async throws {
        let lines = [
            HeaderLine("Accept", "text/html"), HeaderLine("Host", "other"), HeaderLine("Accept-Encoding", "br"),
            HeaderLine("User-Agent", "reel"),
        ]
        let (bytes, _) = try await wire { server in WireRequest(url: server.url(), headerLines: lines) }
        let expected = """
            GET / HTTP/1.1\r
            Host: other\r
            Accept: text/html\r
            Accept-Encoding: br\r
            User-Agent: reel\r
            \r

            """
        #expect(bytes.text == expected)
    }

    @Test("Each byte of a large body is counted")
    func large() async throws {
        let segment = (0..<1_048_576).map { index in UInt8(truncatingIfNeeded: index &* 31) }
        let (bytes, record) = try await wire { server in
            WireRequest(method: "POST", url: server.url(), body: .segments([segment, segment, segment]))
        }
        #expect(record.bytesSent == bytes.count)
        #expect(bytes.count == record.sentHead.count + 3 * segment.count)
        #expect(bytes.suffix(3 * segment.count).elementsEqual(segment + segment + segment))
    }

    @Test("A refused request opens no connection")
    func refused() async throws {
        let server = try RawServer([.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let lines = [HeaderLine("X", "a\r\nHost: evil")]
            let failure = try await transport.failure(WireRequest(url: server.url(), headerLines: lines))
            #expect(failure.phase == .invalid)
        }
        #expect(log.connections == 0)
    }
}
