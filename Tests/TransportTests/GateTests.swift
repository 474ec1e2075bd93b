import TestSupport
import Testing

@testable import Transport

@Suite("One request for each send", .timeLimit(.minutes(10)))
struct GateTests {
    private static let body = WireBody.segments([[UInt8](repeating: 7, count: 2 << 20)])

    @Test("A closed gate lets no byte out")
    func closed() async throws {
        let server = try RawServer([.awaitClose])
        let log = try await withServer(server) { transport in
            let failure = try await transport.failure(
                WireRequest(method: "POST", url: server.url(), body: Self.body, connection: .fresh, gate: { false })
            )
            #expect(failure.phase == .gate)
            #expect(failure.reason == .gateClosed)
            #expect(!failure.gatePassed)
            #expect(failure.record.bytesSent == 0)
        }
        #expect(log.connections == 1)
        #expect(log.byteCount == 0)
    }

    @Test("The gate is asked once the connection stands and before a byte has left")
    func order() async throws {
        let server = try RawServer([.readRequest, .reply()])
        let stages = Stages()
        let gate = Counter()
        _ = try await withServer(server) { transport in
            let request = WireRequest(
                url: server.url(),
                gate: {
                    #expect(stages.seen == [.resolving, .connecting])
                    gate.add()
                    return true
                },
                progress: stages.note
            )
            _ = try await transport.send(request)
        }
        #expect(gate.value == 1)
    }

    @Test("A request on a pooled connection that dies is not sent again")
    func pooled() async throws {
        let server = try RawServer([.readRequest, .reply(), .readRequest], [.readRequest, .reply()])
        let gate = Counter()
        let log = try await withServer(server) { transport in
            _ = try await transport.send(WireRequest(url: server.url()))
            let failure = try await transport.failure(
                WireRequest(
                    method: "POST",
                    url: server.url(),
                    body: .segments([[1, 2, 3]]),
                    gate: {
                        gate.add()
                        return true
                    }
                )
            )
            #expect(failure.phase == .waiting)
            #expect(failure.reason == .repeatStopped)
            #expect(failure.message.hasPrefix("The server closed the connection before answering"))
            #expect(failure.gatePassed)
            #expect(failure.record.connectionReused || failure.record.bytesSent > 0)
        }
        #expect(log.requests.count == 2)
        #expect(gate.value == 1)
    }

    @Test("The same holds without a gate")
    func pooledWithoutGate() async throws {
        let server = try RawServer([.readRequest, .reply(), .readRequest], [.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            _ = try await transport.send(WireRequest(url: server.url()))
            let failure = try await transport.failure(WireRequest(url: server.url()))
            #expect(failure.reason == .repeatStopped)
        }
        #expect(log.requests.count == 2)
    }

    @Test("A request on a fresh connection that dies is not sent again", arguments: [true, false])
    func fresh(isReset: Bool) async throws {
        let server = try RawServer([.readRequest] + (isReset ? [.reset] : []), [.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let failure = try await transport.failure(
                WireRequest(method: "POST", url: server.url(), body: .segments([[1, 2, 3]]), connection: .fresh)
            )
            #expect(failure.phase == .waiting)
            #expect(failure.reason == (isReset ? .reset : .closed))
            #expect(failure.gatePassed)
        }
        #expect(log.requests.count == 1)
        #expect(log.connections == 1)
    }

    @Test("A 417 to a large body is the answer, and the body is not sent again")
    func expectationFailed() async throws {
        let answer = "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
        let server = try RawServer([.readHead, .text(answer), .awaitClose], [.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let reply = try await transport.send(
                WireRequest(method: "POST", url: server.url(), body: Self.body, connection: .fresh)
            )
            #expect(reply.status == 417)
        }
        #expect(log.requests.count == 1)
        #expect(!log.requests[0].text.contains("Expect"))
    }

    @Test("Even when the caller asked for an expectation, a 417 is not followed by a second sending")
    func ownExpectation() async throws {
        let answer = "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
        let server = try RawServer([.readHead, .text(answer), .readHead, .reply()], [.readRequest, .reply()])
        let log = try await withServer(server) { transport in
            let failure = try await transport.failure(
                WireRequest(
                    method: "POST",
                    url: server.url(),
                    headerLines: [HeaderLine("Expect", "100-continue")],
                    body: Self.body,
                    connection: .fresh
                )
            )
            #expect(failure.phase == .receiving)
            #expect(failure.reason == .repeatStopped)
            #expect(failure.partial?.status == 417)
        }
        #expect(log.requests.count == 1)
    }
}
