import TestSupport
import Testing

@testable import Transport

@Suite("Cancelling", .timeLimit(.minutes(10)))
struct CancellationTests {
    /// Sends a request whose server never goes on, cancels it at a stage and returns how it ended.
    private func cancelled(
        at stage: WireProgress,
        _ script: [ServerStep],
        scheme: String = "http"
    ) async throws -> TransportFailure {
        let server = try RawServer(script + [.stall(Latch())])
        let stages = Stages()
        var failure: TransportFailure?
        _ = try await withServer(server) { transport in
            let request = WireRequest(url: server.url(scheme: scheme), progress: stages.note)
            let task = Task { try await transport.failure(request) }
            await stages.wait(for: stage)
            task.cancel()
            failure = try await task.value
            #expect(stages.seen.max() == stage)
        }
        return try #require(failure)
    }

    @Test("During the handshake: ended, and nothing was sent")
    func handshake() async throws {
        let failure = try await cancelled(at: .tls, [.read(1)], scheme: "https")
        #expect(failure.phase == .cancelled)
        #expect(!failure.gatePassed)
        #expect(failure.record.bytesSent == 0)
    }

    @Test("While waiting: ended, and the request may have been read")
    func waiting() async throws {
        let failure = try await cancelled(at: .waiting, [.readRequest])
        #expect(failure.phase == .cancelled)
        #expect(failure.reason == .stopped)
        #expect(failure.gatePassed)
        #expect(failure.partial == nil)
    }

    @Test("While receiving: ended, and what came is kept")
    func receiving() async throws {
        let head = "HTTP/1.1 200 OK\r\nX-Task: 7\r\nContent-Length: 10\r\n\r\n"
        let failure = try await cancelled(at: .receiving, [.readRequest, .text(head)])
        #expect(failure.phase == .cancelled)
        #expect(failure.partial?.status == 200)
        #expect(failure.partial?.headerLines.first == HeaderLine("X-Task", "7"))
    }

    #if os(Linux)
    @Test("While connecting: ended, and nothing was sent")
    func connecting() async throws {
        // A full accept queue answers no further SYN.
        let (listener, port) = try LoopbackSocket.listening(backlog: 0)
        let fillers = try (0..<4).map { _ in
            let (descriptor, _) = try LoopbackSocket.bound()
            try LoopbackSocket.connect(descriptor, to: port, blocking: false)
            return descriptor
        }
        let stages = Stages()
        try await withTransport { transport in
            let request = WireRequest(url: "http://127.0.0.1:\(port)/", progress: stages.note)
            let task = Task { try await transport.failure(request) }
            await stages.wait(for: .connecting)
            task.cancel()
            let failure = try await task.value
            #expect(failure.phase == .cancelled)
            #expect(!failure.gatePassed)
        }
        for descriptor in fillers + [listener] {
            LoopbackSocket.close(descriptor)
        }
    }
    #endif

    @Test("A task that is cancelled already sends nothing")
    func early() async throws {
        try await withTransport { transport in
            let task = Task {
                withUnsafeCurrentTask { task in task?.cancel() }
                return try await transport.failure(WireRequest(url: "http://127.0.0.1:9/"))
            }
            let failure = try await task.value
            #expect(failure.phase == .cancelled)
            #expect(!failure.gatePassed)
            #expect(!transport.hasStarted)
        }
    }

    @Test("Others go on when one is cancelled")
    func others() async throws {
        let latch = Latch()
        let server = try RawServer([.readRequest, .stall(latch), .reply(body: "late")])
        _ = try await withServer(server) { transport in
            let kept = Task { try await transport.send(WireRequest(url: server.url())) }
            await server.wait { log in log.requests.count == 1 }
            let dropped = Task { try await transport.failure(WireRequest(url: server.url())) }
            await server.wait { log in log.requests.count == 2 }
            dropped.cancel()
            let lost = try await dropped.value
            #expect(lost.phase == .cancelled)
            latch.open()
            let answer = try await kept.value
            #expect(answer.body.text == "late")
        }
    }

    @Test("A cancelled exchange closes its connection")
    func closes() async throws {
        let server = try RawServer([.readRequest, .awaitClose])
        _ = try await withServer(server) { transport in
            let task = Task { try await transport.failure(WireRequest(url: server.url())) }
            await server.wait { log in log.requests.count == 1 }
            task.cancel()
            await server.wait { log in log.ended == 1 }
            let failure = try await task.value
            #expect(failure.phase == .cancelled)
        }
    }
}
