import Synchronization
import TestSupport
import Testing

@testable import Transport

@Suite("Sinks", .timeLimit(.minutes(10)))
struct SinkTests {
    private final class Collector: WireSink {
        struct State {
            var status = 0
            var length: String?
            var bytes: [UInt8] = []
            var begins = 0
        }

        struct Full: Error {}

        let state = Mutex(State())
        let capacity: Int

        init(capacity: Int = .max) {
            self.capacity = capacity
        }

        func begin(status: Int, headerLines: [HeaderLine]) throws {
            state.withLock { state in
                state.status = status
                state.length = headerLines.values(named: "content-length").first
                state.begins += 1
            }
        }

        func write(_ bytes: UnsafeRawBufferPointer) throws {
            try state.withLock { state in
                guard state.bytes.count + bytes.count <= capacity else {
                    throw Full()
                }
                state.bytes += bytes
            }
        }
    }

    @Test("A film flows into the sink and not into memory")
    func film() async throws {
        let film = (0..<3_000_000).map { index in UInt8(truncatingIfNeeded: index &* 17) }
        let head = "HTTP/1.1 206 Partial\r\nContent-Length: \(film.count)\r\n\r\n"
        let server = try RawServer([.readRequest, .text(head), .send(film)])
        let sink = Collector()
        _ = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(url: server.url(), limits: .download, sink: sink))
            #expect(reply.body.isEmpty)
            #expect(reply.exchange.bytesReceived == head.utf8.count + film.count)
        }
        let state = sink.state.withLock { state in state }
        #expect(state.bytes.elementsEqual(film))
        #expect(state.status == 206)
        #expect(state.length == "3000000")
        #expect(state.begins == 1)
    }

    @Test("An error body goes into the reply and not into the film")
    func errorBody() async throws {
        let server = try RawServer([.readRequest, .reply("404 Not Found", body: "gone")])
        let sink = Collector()
        _ = try await withServer(server) { transport in
            let reply = try await transport.send(WireRequest(url: server.url(), sink: sink))
            #expect(reply.body.text == "gone")
        }
        #expect(sink.state.withLock(\.begins) == 0)
    }

    @Test("An error body is held to 4 MiB even where a film may be larger")
    func errorBodyCap() async throws {
        let piece = [UInt8](repeating: 1, count: 1 << 20)
        let head = "HTTP/1.1 500 Oops\r\nContent-Length: \(8 << 20)\r\n\r\n"
        let server = try RawServer([.readRequest, .text(head), .flood(piece, times: 8)])
        _ = try await withServer(server) { transport in
            let failure = try await transport.failure(
                WireRequest(url: server.url(), limits: .download, sink: Collector())
            )
            #expect(failure.reason == .tooLarge)
            #expect(failure.partial?.body.count == 4 << 20)
        }
    }

    @Test("What the sink throws ends the download and is reported")
    func full() async throws {
        let server = try RawServer([.readRequest, .reply(body: String(repeating: "x", count: 1000)), .awaitClose])
        _ = try await withServer(server) { transport in
            let failure = try await transport.failure(WireRequest(url: server.url(), sink: Collector(capacity: 10)))
            #expect(failure.phase == .receiving)
            #expect(failure.reason == .sinkFailed)
            #expect(failure.underlying is Collector.Full)
        }
    }
}
