import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("Answers", .timeLimit(.minutes(10)))
struct ReplyTests {
    private func reply(to request: WireRequest = WireRequest(url: ""), _ bytes: [UInt8]) async throws -> WireReply {
        let server = try RawServer([.readRequest, .send(bytes)])
        var request = request
        request.url = server.url()
        var reply = WireReply(status: 0)
        _ = try await withServer(server) { transport in reply = try await transport.send(request) }
        return reply
    }

    private func reply(to request: WireRequest = WireRequest(url: ""), _ text: String) async throws -> WireReply {
        try await reply(to: request, [UInt8](text: text))
    }

    @Test("Duplicate header lines stay apart and in order")
    func duplicates() async throws {
        let head = "HTTP/1.1 200 Very OK\r\nb: 1\r\nA: 2\r\nB: 3\r\na:4\r\nContent-Length: 2\r\n\r\n"
        let reply = try await reply(head + "hi")
        #expect(reply.statusLine == "HTTP/1.1 200 Very OK")
        #expect(reply.httpVersion == "HTTP/1.1")
        let expected = [HeaderLine("b", "1"), .init("A", "2"), .init("B", "3"), .init("a", "4")]
        #expect(Array(reply.headerLines.prefix(4)) == expected)
        #expect(reply.headerBytes.text == head)
        #expect(reply.body.text == "hi")
        #expect(reply.exchange.bytesReceived == head.utf8.count + 2)
    }

    @Test("Any status is an answer", arguments: [204, 304, 404, 503, 600, 999])
    func statuses(status: Int) async throws {
        #expect(try await reply("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n").status == status)
    }

    @Test("Interim answers are reported beside the final one")
    func interim() async throws {
        let reply = try await reply("HTTP/1.1 103 Hint\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(reply.status == 200)
        #expect(reply.informational == [[HeaderLine("Link", "a")]])
        #expect(reply.headerLines == [HeaderLine("Content-Length", "0")])
    }

    @Test("Chunks are joined and trailers kept")
    func chunks() async throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX-Sum: 5\r\n\r\n"
        let reply = try await reply(text)
        #expect(reply.body.text == "abcde")
        #expect(reply.trailerLines == [HeaderLine("X-Sum", "5")])
    }

    @Test("A body without length ends with the connection")
    func untilClose() async throws {
        #expect(try await reply("HTTP/1.0 200 OK\r\n\r\nall of it").body.text == "all of it")
    }

    @Test("gzip is undone where it was asked for, and left alone where it was not", arguments: [true, false])
    func compression(isAccepted: Bool) async throws {
        let packed = Gzip.stored([UInt8](text: "unpacked"))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        let request = WireRequest(url: "", acceptsCompression: isAccepted)
        let reply = try await reply(to: request, [UInt8](text: head) + packed)
        #expect(reply.body == (isAccepted ? [UInt8](text: "unpacked") : packed))
        #expect(reply.contentEncoding == "gzip")
        #expect(reply.exchange.bytesReceived == head.utf8.count + packed.count)
    }

    @Test("An early answer to a large body is returned")
    func early() async throws {
        let answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let server = try RawServer([.readHead, .text(answer), .awaitClose])
        let log = try await withServer(server) { transport in
            let body = WireBody.segments([[UInt8](repeating: 1, count: 8 << 20)])
            let reply = try await transport.send(WireRequest(method: "POST", url: server.url(), body: body))
            #expect(reply.status == 413)
            #expect(reply.exchange.bytesSent > 0)
        }
        #expect(log.requests.count == 1)
    }

    @Test("The time to the first byte of the answer is the server's, after a body and an interim answer, too")
    func firstByte() async throws {
        // Each pause begins when the client has noted what was before it, however late that is.
        let (hasSent, hasAnswer) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        func pause(after noted: DispatchSemaphore) -> ServerStep {
            .call {
                _ = noted.wait(timeout: .now() + 60)
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
        let server = try RawServer([
            .readRequest, .text("HTTP/1.1 102 Processing\r\n\r\n"), pause(after: hasSent),
            .text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"),
            pause(after: hasAnswer), .text("\r\nok"), .close,
        ])
        _ = try await withServer(server) { transport in
            var request = WireRequest(method: "POST", url: server.url(), body: .segments([Array("{}".utf8)]))
            request.progress = { stage in
                if stage == .waiting { hasSent.signal() }
                if stage == .receiving { hasAnswer.signal() }
            }
            let reply = try await transport.send(request)
            #expect(reply.exchange.timing.ttfb >= .milliseconds(20))
            #expect(reply.exchange.timing.receive >= .milliseconds(20))
        }
    }

    @Test("Stages are told in order, and the phases add up")
    func stages() async throws {
        let server = try RawServer([.readRequest, .reply(), .readRequest, .reply()])
        _ = try await withServer(server) { transport in
            let first = Stages()
            let reply = try await transport.send(WireRequest(url: server.url(), progress: first.note))
            #expect(first.seen == [.resolving, .connecting, .gatePassed, .waiting, .receiving])
            let timing = reply.exchange.timing
            #expect(
                timing.dns + timing.connect + timing.tls + timing.send + timing.ttfb + timing.receive == timing.total
            )
            #expect(timing.tls == .zero)
            #expect(timing.connect > .zero)
            #expect(!reply.exchange.connectionReused)
            #expect(reply.exchange.remoteAddress == "127.0.0.1")
            #expect(reply.exchange.remotePort == server.port)

            let second = Stages()
            let again = try await transport.send(WireRequest(url: server.url(), progress: second.note)).exchange
            #expect(second.seen == [.resolving, .gatePassed, .waiting, .receiving])
            #expect(again.connectionReused)
            #expect(again.connectionID == reply.exchange.connectionID)
            #expect(again.timing.dns + again.timing.connect + again.timing.tls == .zero)
            #expect(again.timing.total > .zero)
        }
    }

    @Test("A fresh request neither takes nor leaves a connection")
    func fresh() async throws {
        let server = try RawServer([.readRequest, .reply(), .readRequest, .reply()])
        let log = try await withServer(server) { transport in
            var ids: [Int?] = []
            for policy in [ConnectionPolicy.pooled, .fresh, .pooled, .fresh] {
                let exchange = try await transport.send(WireRequest(url: server.url(), connection: policy)).exchange
                ids.append(exchange.connectionID)
            }
            #expect(ids == [1, 2, 1, 3])
        }
        #expect(log.connections == 3)
    }
}
