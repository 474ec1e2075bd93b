import JobEngine
import Journal
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// What a hostile or broken server answers to a poll.
private struct Hostile: CustomTestStringConvertible, Sendable {
    var name: String
    var steps: [ServerStep]
    var kinds: Set<FaultKind>

    var testDescription: String { name }

    init(_ name: String, _ steps: ServerStep..., is kinds: FaultKind...) {
        (self.name, self.steps, self.kinds) = (name, steps, Set(kinds))
    }

    static func body(_ name: String, _ text: String, is kinds: FaultKind...) -> Hostile {
        var hostile = Hostile(name, .answer("200 OK", text))
        hostile.kinds = Set(kinds)
        return hostile
    }
}

private let bomb = Gzip.zeros(runs: 200_000)
private let chunk = "1000\r\n\(String.filled(4096))\r\n"
private let good = #"{"status":"InProgress","reason":"","results":null}"#

@Suite(
    "Hostile replies over real sockets: a fault with words, and the job lives on",
    .serialized,
    .timeLimit(.minutes(10))
)
struct HostileReplyTests {
    private static let table: [Hostile] = [
        Hostile(
            "Case 48: 50 MB packed into 320 kB",
            .raw("200 OK", ["Content-Encoding: gzip", "Content-Length: \(bomb.count)"]),
            .send(bomb),
            is: .tooLarge
        ),
        Hostile(
            "Case 48: a coding inside a coding",
            .raw("200 OK", ["Content-Encoding: gzip, gzip", "Content-Length: 5"], "12345"),
            is: .decoding
        ),
        Hostile(
            "Case 49: chunks without end",
            .raw("200 OK", ["Transfer-Encoding: chunked"]),
            .flood(Array(chunk.utf8), times: .max),
            is: .tooLarge
        ),
        .body("Case 50: arrays 100 000 deep", String(repeating: "[", count: 100_000), is: .decoding),
        .body(
            "Case 50: objects 100 000 deep",
            String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000),
            is: .decoding
        ),
        .body("Case 51: a lone surrogate for a status", #"{"status":"\ud800"}"#),
        .body("Case 51: NUL in a status", #"{"status":"In\u0000Progress"}"#),
        .body("Case 51: a byte order mark", "\u{FEFF}\(good)"),
        .body("Case 51: 1e400 and 2^63", #"{"status":"InProgress","position":1e400,"x":9223372036854775808}"#),
        .body("Case 51: one key twice", #"{"status":"Failed","status":"InProgress"}"#),
        Hostile(
            "Case 51: bytes that are no UTF-8",
            .answer("200 OK", bytes: Array(#"{"status":""#.utf8) + [0xFF, 0xC0, 0x80] + Array("\"}".utf8))
        ),
        Hostile(
            "Case 52: a header line of 64 kB",
            .raw("200 OK", ["X-Long: \(String.filled(64 << 10))"]),
            is: .tooLarge
        ),
        Hostile(
            "Case 52: 10 000 header lines",
            .raw("200 OK", [String](repeating: "X-Many: 123456", count: 10_000)),
            is: .tooLarge
        ),
        Hostile(
            "Case 52: interim answers without end",
            .flood(Array("HTTP/1.1 102 Processing\r\n\r\n".utf8), times: .max),
            is: .tooLarge
        ),
        Hostile(
            "Case 53: a byte at a time",
            .raw("200 OK", ["Content-Length: 100000"]),
            .drip(Array(String.filled(100_000).utf8), pause: .milliseconds(10)),
            is: .network
        ),
        Hostile("Case 54: shorter than announced", .raw("200 OK", ["Content-Length: 400"], good), is: .network),
        Hostile("Case 54: a negative length", .raw("200 OK", ["Content-Length: -5"], good), is: .network),
        Hostile(
            "Case 54: a chunk without a size",
            .raw("200 OK", ["Transfer-Encoding: chunked"], "zz\r\n"),
            is: .network
        ),
        Hostile(
            "Case 54: chunks that stop",
            .raw("200 OK", ["Transfer-Encoding: chunked"], "5\r\n{\"sta"),
            is: .network
        ),
        Hostile("Case 55: status 99", .raw("99 What", ["Content-Length: 2"], "{}"), is: .network, .server, .decoding),
        Hostile("Case 55: status 999", .raw("999 What", ["Content-Length: 2"], "{}"), is: .server, .network),
        Hostile("Case 55: no status", .text("HTTP/1.1 \r\n\r\n"), is: .network),
    ]

    @Test("A poll that meets it ends within its caps, keeps the job and tells what came", arguments: table)
    private func poll(_ hostile: Hostile) async throws {
        let server = try RawServer(
            [.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance(), ["Connection: close"])],
            [.readRequest] + hostile.steps,
            [.readRequest, .answer("200 OK", good)]
        )
        try await FaultHouse.run(server) { settings in
            settings.pollLimits.bodyTime = .milliseconds(400)
        } _: { house in
            let job = try await house.submitted()
            var fault: Fault?
            do throws(Fault) { _ = try await house.engine.pollNow(job) } catch { fault = error }
            if hostile.kinds.isEmpty {
                #expect(fault == nil || fault?.kind == .decoding)
            } else {
                let kind = try #require(fault?.kind)
                #expect(hostile.kinds.contains(kind), "\(kind)")
                #expect(fault?.message.isEmpty == false)
            }
            let kept = try #require(try await house.journal.job(id: job.id))
            #expect(!kept.state.isTerminal)
            for exchange in try await house.journal.exchanges() {
                #expect((exchange.replyBody?.count ?? 0) <= 4 << 20)
                #expect(exchange.replyHead.count <= 64 << 10)
            }
            _ = try await house.engine.pollNow(kept)
            #expect(try await house.journal.job(id: job.id)?.word == "InProgress")
        }
    }

    @Test("Case 54: what follows the announced length belongs to nobody")
    func longer() async throws {
        let server = try RawServer(
            [.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance(), ["Connection: close"])],
            [.readRequest, .raw("200 OK", ["Content-Length: \(good.utf8.count)"], good + #"{"status":"Failed"}"#)]
        )
        try await FaultHouse.run(server) { house in
            _ = try await house.engine.pollNow(try await house.submitted())
            #expect(try await house.journal.job(number: 1)?.word == "InProgress")
        }
    }

    @Test(
        "Case 56: a line break or NUL in a value of ours is refused before anything is opened",
        arguments: ["a\r\nX-Injected: 1", "a\nb", "a\rb", "a\0b"]
    )
    func lineBreak(_ value: String) async throws {
        let server = try RawServer([.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance())])
        try await FaultHouse.run(server) { house in
            var draft = house.vendor.draft("a cat")
            draft.headerFields = [QueryItem("X-Mine", value)]
            let report = await house.engine.submit(draft, to: house.instance)
            #expect(report.end.name == "unsent")
            #expect(server.log.connections == 0)
        }
        let second = try RawServer([.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance())])
        let injecting: (inout ProviderInstance) -> Void = { $0.headerFields = [QueryItem("X-Mine", value)] }
        try await FaultHouse.run(second, instance: injecting) { house in
            let report = try await house.submit()
            #expect(report.end.name == "unsent")
            #expect(second.log.connections == 0)
        }
    }
}
