import Foundation
import JobEngine
import Journal
import TestSupport
import Testing
import Transport
import VideoProviderKit

@Suite(
    "TLS over real sockets",
    .serialized,
    .timeLimit(.minutes(10)),
    .enabled(if: TestAuthority.isAvailable, "the openssl command is not installed")
)
struct TLSTests {
    private let accepted = Array(
        "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"requestId\":\"task-7f3c9a\"}".utf8
    )

    private func run(
        _ hosts: [String],
        trusting: Bool,
        protocols: String = "http/1.1",
        _ body: (FaultHouse, TLSServer) async throws -> Void
    ) async throws {
        let authority = try TestAuthority()
        let server = try TLSServer(try authority.certificate(for: hosts), protocols: protocols)
        let unused = try RawServer([.close])
        let change: (inout ProviderInstance) -> Void = { if trusting { $0.caFile = authority.file } }
        try await FaultHouse.run(unused, base: "https://127.0.0.1:\(server.port)", instance: change) { house in
            try await body(house, server)
        }
        server.stop()
    }

    @Test("A vendor behind a CA of the user's own is talked to over TLS 1.2 or newer")
    func success() async throws {
        let accepted = accepted
        try await run(["127.0.0.1"], trusting: true) { house, server in
            server.answer(accepted) { received in String(decoding: received, as: UTF8.self).contains("a cat") }
            let report = try await house.submit()
            #expect(report.end.job?.receipt?.taskID == "task-7f3c9a")
            let version = try #require(try await house.journal.exchange(1)?.tlsVersion)
            #expect(["TLSv1.2", "TLSv1.3"].contains(version))
        }
    }

    @Test("Case 4: a certificate nobody vouches for: nothing sent, no repeat")
    func unknownAuthority() async throws {
        try await run(["127.0.0.1"], trusting: false) { house, server in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.kind == .certificate)
            #expect(report.end.fault?.sent == .no)
            #expect(server.received.isEmpty)
            #expect(try await house.journal.exchanges().count == 1)
        }
    }

    @Test("Case 4: a certificate for another host: nothing sent, no repeat")
    func otherHost() async throws {
        try await run(["elsewhere.test"], trusting: true) { house, server in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.kind == .certificate)
            #expect(server.received.isEmpty)
            #expect(try await house.journal.exchanges().count == 1)
        }
    }

    @Test(
        "Case 11: an HTTP/2 stream that is refused, or a connection told to go away, leaves it unconfirmed",
        arguments: [
            // RST_STREAM on stream 1 with REFUSED_STREAM, GOAWAY with stream 0 as the last (RFC 9113 §6.4, §6.8).
            [UInt8]([0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 7]),
            [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
    )
    func refusedStream(_ frame: [UInt8]) async throws {
        let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
        let acknowledged: [UInt8] = [0, 0, 0, 4, 1, 0, 0, 0, 0]
        try await run(["127.0.0.1"], trusting: true, protocols: "h2") { house, server in
            server.answer(settings + acknowledged + frame) { received in
                String(decoding: received, as: UTF8.self).contains("a cat")
            }
            let report = try await house.submit()
            #expect(report.end.name == "unconfirmed")
            let bodies = String(decoding: server.received, as: UTF8.self).components(separatedBy: "a cat").count - 1
            #expect(bodies == 1)
        }
    }
}
