import TestSupport
import Testing

@testable import Transport

@Suite("The transport", .timeLimit(.minutes(10)))
struct TransportTests {
    @Test("No thread is started before the first request")
    func lazy() async throws {
        let server = try RawServer([.readRequest, .reply()])
        _ = try await withServer(server) { transport in
            #expect(!transport.hasStarted)
            _ = try await transport.send(WireRequest(url: server.url()))
            #expect(transport.hasStarted)
        }
    }

    @Test("Two hundred requests at once each get their own answer")
    func concurrency() async throws {
        let server = try RawServer([.readRequest, .reply(body: "ok"), .readRequest, .reply(body: "ok")])
        let log = try await withServer(server) { transport in
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        try await transport.send(WireRequest(url: server.url("/\(index)"), connection: .fresh)).body
                            .text
                    }
                }
                return try await group.reduce(into: []) { bodies, body in bodies.append(body) }
            }
            #expect(bodies == Array(repeating: "ok", count: 200))
        }
        let paths = log.requests.map { request in request.text.split(separator: " ")[1] }
        #expect(Set(paths).count == 200)
        #expect(paths.count == 200)
    }

    @Test("Redirects are returned unless they are asked for")
    func redirectReturned() async throws {
        let server = try RawServer([
            .readRequest, .text("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
        ])
        let log = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(url: server.url("/a")))
            #expect(reply.status == 302)
        }
        #expect(log.requests.count == 1)
    }

    @Test("A redirect that is asked for is followed, each hop through the gate")
    func redirectFollowed() async throws {
        let found = ServerStep.text("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")
        let server = try RawServer([.readRequest, found, .readRequest, .reply(body: "there")])
        let gate = Counter()
        let log = try await withServer(server) { transport in
            let request = WireRequest(
                url: server.url("/a"),
                gate: {
                    gate.add()
                    return true
                },
                redirects: .follow(max: 1)
            )
            let reply = try await transport.send(request)
            #expect(reply.body.text == "there")
            #expect(reply.exchange.redirectCount == 1)
        }
        #expect(log.requests.map { request in request.text.prefix(6) } == ["GET /a", "GET /b"])
        #expect(gate.value == 2)
    }

    @Test("A loop of redirects ends with the last one")
    func redirectLoop() async throws {
        let found = ServerStep.text(
            "HTTP/1.1 302 Found\r\nLocation: /a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        let server = try RawServer([.readRequest, found])
        let log = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(url: server.url("/a"), redirects: .follow(max: 3)))
            #expect(reply.status == 302)
            #expect(reply.exchange.redirectCount == 3)
        }
        #expect(log.requests.count == 4)
    }

    @Test("A shutdown ends what runs as cancelled and refuses what comes later")
    func shutdown() async throws {
        let server = try RawServer([.readRequest, .awaitClose])
        let log = try await withServer(server) { transport in
            let task = Task { try await transport.failure(WireRequest(url: server.url())) }
            await server.wait { log in log.requests.count == 1 }
            await transport.shutdown()
            let ended = try await task.value
            #expect(ended.phase == .cancelled)
            #expect(ended.gatePassed)
            let refused = try await transport.failure(WireRequest(url: server.url()))
            #expect(refused.phase == .cancelled)
            await transport.shutdown()
        }
        #expect(log.requests.count == 1)
    }

    @Test("A transport that is let go closes its connections")
    func letGo() async throws {
        let server = try RawServer([.readRequest, .reply(), .awaitClose])
        do {
            let transport = CurlTransport(CurlTransport.Configuration(proxies: ProxyEnvironment([:])))
            _ = try await transport.send(WireRequest(url: server.url()))
        }
        let log = try await server.finish()
        #expect(log.ended == 1)
    }
}
