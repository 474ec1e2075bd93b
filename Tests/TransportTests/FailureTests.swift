import TestSupport
import Testing

@testable import Transport

@Suite("Failures on the wire", .timeLimit(.minutes(10)))
struct FailureTests {
    @Test("Nobody listens: refused while connecting")
    func refused() async throws {
        let port = try LoopbackSocket.unusedPort()
        try await withTransport { transport in
            let failure = try await transport.failure(WireRequest(url: "http://127.0.0.1:\(port)/"))
            #expect(failure.phase == .connect)
            #expect(failure.reason == .refused)
            #expect(!failure.gatePassed)
            #expect(failure.record.bytesSent == 0)
        }
    }

    @Test("An unknown name fails to resolve")
    func unresolved() async throws {
        try await withTransport { transport in
            let limits = WireLimits(connect: .seconds(2))
            let failure = try await transport.failure(WireRequest(url: "http://nonexistent.invalid/", limits: limits))
            #expect(failure.phase == .resolve)
            #expect(!failure.gatePassed)
        }
    }

    @Test("A refused address is not connected to")
    func addressRefused() async throws {
        let server = try RawServer([.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let request = WireRequest(url: server.url(), addressCheck: { address in !address.isLoopback })
            let failure = try await transport.failure(request)
            #expect(failure.phase == .connect)
            #expect(failure.reason == .addressRefused)
        }
        #expect(log.connections == 0)
    }

    @Test("A pooled connection does not get around the check of its address")
    func addressRefusedOnReuse() async throws {
        let server = try RawServer([.readRequest, .reply(), .readRequest, .reply()])
        let log = try await withServer(server) { transport in
            _ = try await transport.send(WireRequest(url: server.url(), addressCheck: { _ in true }))
            let failure = try await transport.failure(WireRequest(url: server.url(), addressCheck: { _ in false }))
            #expect(failure.phase == .connect)
            #expect(failure.reason == .addressRefused)
            #expect(!failure.gatePassed)
        }
        #expect(log.requests.count == 1)
    }

    @Test("A reset in the middle of a body is a failure of sending")
    func resetWhileSending() async throws {
        let server = try RawServer([.read(1000), .reset], [.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let body = WireBody.segments([[UInt8](repeating: 1, count: 32 << 20)])
            let failure = try await transport.failure(
                WireRequest(method: "POST", url: server.url(), body: body, connection: .fresh)
            )
            #expect(failure.phase == .sending)
            #expect(failure.reason == .reset)
            #expect(failure.gatePassed)
        }
        #expect(log.connections == 1)
    }

    @Test(
        "A cut answer keeps what came",
        arguments: [
            "Content-Length: 9\r\n\r\n{\"id\":1",
            "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"id\":1\r\n",
            "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"id\":1\r\nzz\r\n",
        ]
    )
    func cut(rest: String) async throws {
        let server = try RawServer([.readRequest, .text("HTTP/1.1 200 OK\r\n" + rest)])
        _ = try await withServer(server) { transport in
            let failure = try await transport.failure(WireRequest(url: server.url()))
            #expect(failure.phase == .receiving)
            #expect(failure.partial?.status == 200)
            #expect(failure.partial?.body.text == "{\"id\":1")
        }
    }

    @Test(
        "An answer that is not HTTP is a failure",
        arguments: ["hello\r\n\r\n", "HTTP/1.1 99 X\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n"]
    )
    func notHTTP(text: String) async throws {
        let server = try RawServer([.readRequest, .text(text)])
        _ = try await withServer(server) { transport in
            let failure = try await transport.failure(WireRequest(url: server.url()))
            #expect(failure.gatePassed)
            #expect(failure.phase == .waiting || failure.phase == .receiving)
        }
    }

    @Test("A negative length is a cut answer")
    func negativeLength() async throws {
        let server = try RawServer([.readRequest, .text("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")])
        _ = try await withServer(server) { transport in
            let failure = try await transport.failure(WireRequest(url: server.url()))
            #expect(failure.gatePassed)
        }
    }

    @Test("An unreadable CA file is a problem of certificates, and nothing was sent")
    func caFile() async throws {
        let server = try RawServer([.awaitClose])
        _ = try await withServer(server) { transport in
            let request = WireRequest(url: server.url(scheme: "https"), caFile: "/nonexistent/ca.pem")
            let failure = try await transport.failure(request)
            #expect(failure.phase == .certificate)
            #expect(!failure.gatePassed)
        }
    }

    @Test("Plain HTTP goes to the proxy in absolute form, and the check is not asked about the proxy")
    func proxied() async throws {
        let server = try RawServer([.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let request = WireRequest(
                url: "http://example.invalid/a",
                addressCheck: { address in address.isPublic },
                proxy: .url("http://user:secret@127.0.0.1:\(server.port)")
            )
            let reply = try await transport.send(request)
            #expect(reply.status == 200)
            #expect(reply.exchange.proxyUsed == "http://127.0.0.1:\(server.port)")
        }
        #expect(log.requests[0].text.hasPrefix("GET http://example.invalid/a HTTP/1.1\r\nHost: example.invalid\r\n"))
    }

    @Test("A handshake that ends behind the tunnel is a failure of TLS, and nothing was sent")
    func tunnel() async throws {
        let server = try RawServer([.readHead, .text("HTTP/1.1 200 Connected\r\n\r\n"), .read(1)])
        _ = try await withServer(server) { transport in
            let request = WireRequest(url: "https://example.invalid/", proxy: .url(server.url("")))
            let failure = try await transport.failure(request)
            #expect(failure.phase == .tls)
            #expect(!failure.gatePassed)
            #expect(failure.record.bytesSent == 0)
        }
    }

    @Test("A dead proxy is named without its password")
    func deadProxy() async throws {
        let port = try LoopbackSocket.unusedPort()
        try await withTransport { transport in
            let proxy = ProxyPolicy.url("http://user:secret@127.0.0.1:\(port)")
            let failure = try await transport.failure(WireRequest(url: "http://example.invalid/", proxy: proxy))
            #expect(failure.phase == .proxy)
            #expect(failure.record.proxyUsed == "http://127.0.0.1:\(port)")
            #expect(!failure.message.contains("secret"))
        }
    }

    @Test("A proxy that refuses the tunnel is the proxy's failure, and nothing was sent")
    func refusingProxy() async throws {
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        let server = try RawServer([.readHead, .text(answer), .awaitClose])
        let log = try await withServer(server) { transport in
            let proxy = ProxyPolicy.url(server.url(""))
            let lines = [HeaderLine("Authorization", "secret")]
            let request = WireRequest(url: "https://example.invalid/", headerLines: lines, proxy: proxy)
            let failure = try await transport.failure(request)
            #expect(failure.phase == .proxy)
            #expect(failure.reason == .refused)
            #expect(!failure.gatePassed)
            #expect(failure.record.bytesSent == 0)
        }
        #expect(log.requests[0].text.hasPrefix("CONNECT example.invalid:443 HTTP/1.1\r\n"))
        #expect(!log.requests[0].text.contains("secret"))
    }
}
