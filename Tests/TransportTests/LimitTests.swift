import TestSupport
import Testing

@testable import Transport

@Suite("Limits on the wire", .timeLimit(.minutes(10)))
struct LimitTests {
    private func failure(
        _ script: [ServerStep],
        _ limits: WireLimits = WireLimits(),
        _ change: (inout WireRequest) -> Void = { _ in },
        scheme: String = "http"
    ) async throws -> TransportFailure {
        let server = try RawServer(script)
        var request = WireRequest(url: server.url(scheme: scheme), limits: limits)
        change(&request)
        var failure: TransportFailure?
        _ = try await withServer(server) { transport in failure = try await transport.failure(request) }
        return try #require(failure)
    }

    @Test("A body that unpacks beyond the cap ends there, with its prefix kept")
    func bomb() async throws {
        let packed = Gzip.zeros(runs: 400_000)
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        let failure = try await failure([.readRequest, .text(head), .send(packed), .awaitClose]) { request in
            request.acceptsCompression = true
            request.limits.body = 1 << 20
        }
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .tooLarge)
        #expect(failure.partial?.body.count == 1 << 20)
        #expect(failure.record.bytesReceived < packed.count / 4)
    }

    @Test("A body exactly as long as the cap is complete, one byte more is not", arguments: [0, 1])
    func cap(excess: Int) async throws {
        let server = try RawServer([.readRequest, .reply(body: String(repeating: "x", count: 100 + excess))])
        _ = try await withServer(server) { transport in
            let request = WireRequest(url: server.url(), limits: WireLimits(body: 100))
            if excess == 0 {
                #expect(try await transport.send(request).body.count == 100)
            } else {
                let failure = try await transport.failure(request)
                #expect(failure.reason == .tooLarge)
                #expect(failure.partial?.body.count == 100)
            }
        }
    }

    @Test("A body without end is capped")
    func endless() async throws {
        let chunk = [UInt8](text: "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n")
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let failure = try await failure(
            [.readRequest, .text(head), .flood(chunk, times: .max)],
            WireLimits(body: 1 << 20)
        )
        #expect(failure.reason == .tooLarge)
    }

    @Test("Encodings piled on each other are refused")
    func piled() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 5\r\n\r\n"
        let failure = try await failure([.readRequest, .text(head + "12345")]) { request in
            request.acceptsCompression = true
        }
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .badEncoding)
    }

    @Test("A body that is not what its encoding says is refused")
    func notGzip() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\n"
        let failure = try await failure([.readRequest, .text(head + "{\"id\":\"abc\"}")]) { request in
            request.acceptsCompression = true
        }
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .badEncoding)
        #expect(failure.partial?.status == 200)
    }

    @Test("A long header line is capped", arguments: [17_000, 60_000, 300_000])
    func longLine(count: Int) async throws {
        let head = "HTTP/1.1 200 OK\r\nX: \(String(repeating: "y", count: count))\r\n\r\n"
        let failure = try await failure([.readRequest, .text(head), .awaitClose])
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .tooLarge)
        #expect(failure.partial?.status == 200)
    }

    @Test("A flood of header lines is capped")
    func manyLines() async throws {
        let failure = try await failure([
            .readRequest, .text("HTTP/1.1 200 OK\r\n"), .flood([UInt8](text: "A: b\r\n"), times: .max),
        ])
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .tooLarge)
        #expect((failure.partial?.headerBytes.count ?? 0) <= 64 * 1024)
    }

    @Test("A storm of interim answers is capped, and counts as no answer")
    func interimStorm() async throws {
        let failure = try await failure([
            .readRequest, .flood([UInt8](text: "HTTP/1.1 102 Processing\r\n\r\n"), times: .max),
        ])
        #expect(failure.phase == .waiting)
        #expect(failure.reason == .tooLarge)
    }

    @Test("A handshake that does not go on ends at the limit, and nothing was sent")
    func connect() async throws {
        let failure = try await failure([.stall(Latch())], WireLimits(connect: .milliseconds(50)), scheme: "https")
        #expect(failure.phase == .tls)
        #expect(failure.reason == .timeout)
        #expect(!failure.gatePassed)
    }

    @Test("A peer that does not read ends the sending at the limit")
    func sending() async throws {
        let limits = WireLimits(firstByte: .milliseconds(50), sendRate: .max)
        let failure = try await failure([.stall(Latch())], limits) { request in
            request.method = "POST"
            request.body = .segments([[UInt8](repeating: 1, count: 32 << 20)])
        }
        #expect(failure.phase == .sending)
        #expect(failure.reason == .timeout)
        #expect(failure.gatePassed)
    }

    @Test("A peer that does not answer ends the wait at the limit")
    func waiting() async throws {
        let limits = WireLimits(firstByte: .milliseconds(50))
        let failure = try await failure([.readRequest, .stall(Latch())], limits)
        #expect(failure.phase == .waiting)
        #expect(failure.reason == .timeout)
        #expect(failure.record.timing.ttfb >= .milliseconds(50))
    }

    @Test("The wait for an answer to a request with a body is a wait, and not a slow answer")
    func waitingAfterBody() async throws {
        let limits = WireLimits(firstByte: .milliseconds(50))
        let failure = try await failure([.readRequest, .stall(Latch())], limits) { request in
            request.method = "POST"
            request.body = .segments([[UInt8](repeating: 1, count: 1000)])
        }
        #expect(failure.phase == .waiting)
        #expect(failure.record.timing.ttfb >= .milliseconds(50))
        #expect(failure.record.timing.receive == .zero)
    }

    @Test("An interim answer does not stand for the answer")
    func interim() async throws {
        let limits = WireLimits(firstByte: .milliseconds(50))
        let failure = try await failure([.readRequest, .text("HTTP/1.1 102 P\r\n\r\n"), .stall(Latch())], limits)
        #expect(failure.phase == .waiting)
        #expect(failure.reason == .timeout)
    }

    @Test("An answer that stops ends at the limit, with what came kept")
    func receiving() async throws {
        let limits = WireLimits(bodyTime: .milliseconds(50))
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
        let failure = try await failure([.readRequest, .text(text), .stall(Latch())], limits)
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .timeout)
        #expect(failure.partial?.status == 200)
    }

    @Test("A download below its lowest rate ends after one period")
    func slow() async throws {
        let slow = WireLimits.LowSpeed(bytesPerSecond: 1000, period: .milliseconds(50))
        let limits = WireLimits(bodyTime: nil, lowSpeed: slow)
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
        let failure = try await failure([.readRequest, .text(text), .stall(Latch())], limits)
        #expect(failure.phase == .receiving)
        #expect(failure.reason == .timeout)
    }
}
