import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("Nothing is carried over from one request to the next", .timeLimit(.minutes(10)))
struct StateTests {
    @Test("A cookie that a server sets is not sent back")
    func cookies() async throws {
        let server = try RawServer([
            .serve { _ in [.text("HTTP/1.1 200 OK\r\nSet-Cookie: id=evil\r\nContent-Length: 0\r\n\r\n")] }
        ])
        let log = try await withServer(server) { transport in
            for _ in 0..<2 { _ = try await transport.send(WireRequest(url: server.url())) }
        }
        #expect(log.requests.count == 2)
        #expect(log.requests.allSatisfy { RawRequest($0).header("Cookie") == nil })
    }

    @Test("No login of the user's netrc is sent, and no challenge is answered")
    func challenges() async throws {
        let server = try RawServer([
            .serve { _ in
                [.text("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")]
            }
        ])
        let log = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(url: server.url()))
            #expect(reply.status == 401)
        }
        #expect(log.requests.count == 1)
        #expect(log.requests.allSatisfy { RawRequest($0).header("Authorization") == nil })
    }
}
