import Foundation
import JobEngine
import Journal
import Synchronization
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// A server's behaviour towards a submit, and what must come of it.
private struct SubmitCase: CustomTestStringConvertible, Sendable {
    var name: String
    var vendor = Vendor.siliconflow
    /// The script of each connection; the last serves all further ones.
    var scripts: [[ServerStep]]
    /// Bytes added to the body, so that it does not fit into buffers.
    var padding = 0
    var end: String
    var posts = 1
    var kind: FaultKind?

    var testDescription: String { name }

    init(
        _ name: String,
        _ vendor: Vendor = .siliconflow,
        _ scripts: [ServerStep]...,
        padding: Int = 0,
        end: String,
        posts: Int = 1,
        kind: FaultKind? = nil
    ) {
        (self.name, self.vendor, self.scripts, self.padding) = (name, vendor, scripts, padding)
        (self.end, self.posts, self.kind) = (end, posts, kind)
    }
}

private func answered(_ status: String, _ body: String = "", _ lines: [String] = []) -> [ServerStep] {
    [.readRequest, .answer(status, body, lines)]
}

private let gateway = "<html><head><title>502 Bad Gateway</title></head></html>"
private func quick(_ settings: inout EngineSettings) {
    settings.submitLimits.firstByte = .milliseconds(150)
    settings.submitLimits.bodyTime = .milliseconds(150)
}

@Suite("Faults of a submit over real sockets", .serialized, .timeLimit(.minutes(10)))
struct SubmitCaseTests {
    private static let unconfirmed: [SubmitCase] = [
        SubmitCase(
            "Case 6: reset mid-body",
            .siliconflow,
            [.read(1000), .reset],
            padding: 8 << 20,
            end: "unconfirmed"
        ),
        SubmitCase("Case 7: all read, then closed", .siliconflow, [.readRequest], end: "unconfirmed"),
        SubmitCase("Case 7: all read, then reset", .siliconflow, [.readRequest, .reset], end: "unconfirmed"),
        SubmitCase("Case 8: no answer", .siliconflow, [.readRequest, .stall(Latch())], end: "unconfirmed"),
        SubmitCase(
            "Case 8: half an answer, then nothing",
            .siliconflow,
            [.readRequest, .raw("200 OK", ["Content-Length: 40"], "{\"requ"), .stall(Latch())],
            end: "unconfirmed"
        ),
        SubmitCase("Case 13: a page with 200", .siliconflow, answered("200 OK", gateway), end: "unconfirmed"),
        SubmitCase("Case 13: an empty object", .siliconflow, answered("200 OK", "{}"), end: "unconfirmed"),
        SubmitCase("Case 13: null", .siliconflow, answered("200 OK", "null"), end: "unconfirmed"),
        SubmitCase("Case 13: nothing", .siliconflow, answered("200 OK"), end: "unconfirmed"),
        SubmitCase("Case 13: 204", .siliconflow, [.readRequest, .raw("204 No Content", [])], end: "unconfirmed"),
        SubmitCase("Case 13: an unlisted code", .siliconflow, answered("200 OK", #"{"code":777}"#), end: "unconfirmed"),
        SubmitCase("Case 15: 500", .siliconflow, answered("500 Oops", "{}"), end: "unconfirmed"),
        SubmitCase("Case 15: 502", .siliconflow, answered("502 Bad Gateway", gateway), end: "unconfirmed"),
        SubmitCase("Case 15: 504", .siliconflow, answered("504 Late", "\"timeout\""), end: "unconfirmed"),
        SubmitCase("Case 15: 522", .siliconflow, answered("522 Late"), end: "unconfirmed"),
        SubmitCase("Case 15: 408", .siliconflow, answered("408 Request Timeout"), end: "unconfirmed"),
        SubmitCase("Case 17: 503 with a page", .siliconflow, answered("503 Busy", gateway), end: "unconfirmed"),
        SubmitCase(
            "Case 22: 303",
            .siliconflow,
            answered("303 See Other", "", ["Location: /elsewhere"]),
            end: "unconfirmed"
        ),
        SubmitCase(
            "Case 54: fewer bytes than announced",
            .siliconflow,
            [.readRequest, .raw("200 OK", ["Content-Length: 400"], #"{"requestId":"#)],
            end: "unconfirmed"
        ),
        SubmitCase(
            "Case 54: a broken chunk",
            .siliconflow,
            [.readRequest, .raw("200 OK", ["Transfer-Encoding: chunked"], "zz\r\n{}")],
            end: "unconfirmed"
        ),
        SubmitCase(
            "Case 55: no HTTP at all",
            .siliconflow,
            [.readRequest, .text("SSH-2.0-OpenSSH_9.2\r\n")],
            end: "unconfirmed"
        ),
    ]

    private static let rejected: [SubmitCase] = [
        SubmitCase(
            "Case 10: 417 to 2 MB",
            .siliconflow,
            answered("417 Expectation Failed"),
            padding: 2 << 20,
            end: "rejected"
        ),
        SubmitCase(
            "Case 18: a model without a channel",
            .xiexus,
            answered("503 Busy", #"{"error":{"code":"model_not_found","message":"no channel for x"}}"#),
            end: "rejected",
            kind: .modelNotFound
        ),
        SubmitCase(
            "Case 19: 429 without a body",
            .xiexus,
            answered("429 Too Many Requests"),
            end: "rejected",
            posts: 4,
            kind: .rateLimited
        ),
        SubmitCase(
            "Case 20: 429 with a long Retry-After",
            .xiexus,
            answered("429 Too Many Requests", "", ["Retry-After: 600"]),
            end: "rejected",
            kind: .rateLimited
        ),
        SubmitCase(
            "Case 21: the day's quota is used up",
            .siliconflow,
            answered("429 Too Many Requests", #"{"message":"Request was rejected. Details:RPD limit reached."}"#),
            end: "rejected"
        ),
        SubmitCase(
            "Case 21: the balance is used up",
            .siliconflow,
            answered("403 Forbidden", #"{"code":30001,"message":"balance is insufficient","data":null}"#),
            end: "rejected",
            kind: .balance
        ),
        SubmitCase(
            "An answer before the body is read",
            .siliconflow,
            [.readHead, .answer("401 Unauthorized", "\"Invalid token\"", ["Connection: close"]), .awaitClose],
            padding: 8 << 20,
            end: "rejected",
            posts: 1,
            kind: .auth
        ),
    ]

    private func check(_ fault: SubmitCase, _ settings: (inout EngineSettings) -> Void) async throws {
        let scripts = fault.scripts
        let server = try RawServer { number in scripts[min(number, scripts.count - 1)] }
        try await FaultHouse.run(server, fault.vendor, settings: settings) { house in
            let report = try await house.submit(padding: fault.padding)
            #expect(report.end.name == fault.end)
            if let kind = fault.kind { #expect(report.end.fault?.kind == kind) }
            // Of a request that the client gave up on a busy machine the server may not have read the end.
            #expect(house.posts <= fault.posts)
            #expect(server.log.connections == fault.posts)
            let state = try house.statesOnDisk
            #expect(state == [fault.end == "unconfirmed" ? "submitUnknown" : "rejected"])
        }
    }

    @Test("What cannot be told leaves it unconfirmed, and nothing is sent twice", arguments: unconfirmed)
    private func unclear(_ fault: SubmitCase) async throws { try await check(fault, quick) }

    @Test("What HTTP or the vendor says was not accepted is rejected", arguments: rejected)
    private func refused(_ fault: SubmitCase) async throws { try await check(fault) { _ in } }

    @Test("Case 13: the unreadable answer is kept as it came")
    func rawKept() async throws {
        try await FaultHouse.run(try RawServer(answered("200 OK", gateway))) { house in
            _ = try await house.submit()
            #expect(try await house.journal.exchange(1)?.replyBody == Array(gateway.utf8))
        }
    }

    @Test(
        "Case 14: any 2xx with an id is a receipt",
        arguments: ["200 OK", "201 Created", "202 Accepted"],
        Vendor.allCases
    )
    func accepted(_ status: String, _ vendor: Vendor) async throws {
        try await FaultHouse.run(try RawServer(answered(status, vendor.acceptance())), vendor) { house in
            let report = try await house.submit()
            #expect(report.end.job?.receipt?.taskID == "task-7f3c9a")
            #expect(house.posts == 1)
        }
    }

    @Test("When the first byte arrives at the server, sending is on the disk", arguments: Vendor.allCases)
    func intentFirst(_ vendor: Vendor) async throws {
        let seen = Mutex<[String]>([])
        let place = Mutex("")
        let server = try RawServer([
            .readHead,
            .call {
                // A provider that can look tasks up calls again afterwards.
                guard seen.withLock(\.isEmpty) else { return }
                let states = try? FaultHouse.states(in: place.withLock(\.self))
                seen.withLock { $0 = states ?? [] }
            },
        ])
        try await FaultHouse.run(server, vendor) { house in
            place.withLock { $0 = house.folder.path }
            _ = try await house.submit()
            #expect(seen.withLock(\.self) == ["sending"])
        }
    }

    @Test(
        "Case 12: an answer cut at any byte is a receipt iff the id had come whole; nothing is sent twice",
        arguments: Vendor.allCases
    )
    func cutAnywhere(_ vendor: Vendor) async throws {
        let id = "task-7f3c9a"
        let body = vendor.acceptance(id)
        let whole = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
        let end = try #require(body.range(of: "\(id)\"")).upperBound
        let idIsWhole = whole.count - body.utf8.distance(from: end, to: body.endIndex)
        let length = Mutex(0)
        let asked = Mutex<Set<String>>([])
        let server = try RawServer([
            .serve { request in
                guard let wanted = vendor.asked(request) else {
                    return [.send(Array(whole.prefix(length.withLock(\.self)))), .close]
                }
                // What a lookup lists is not about one id.
                if !wanted.contains("?") { _ = asked.withLock { $0.insert(wanted) } }
                return [.answer("200 OK", vendor.running(id))]
            }
        ])
        var options = SubmitOptions()
        // A server that never answers well is doubted after a while; here every cut is to be seen.
        options.allowsDoubts = true
        try await FaultHouse.run(server, vendor) { house in
            for cut in 0...whole.count {
                length.withLock { $0 = cut }
                let before = house.submits
                let report = try await house.submit("film \(cut)", options: options)
                #expect(house.submits == before + 1, "cut at \(cut)")
                #expect(report.end.name == (cut >= idIsWhole ? "submitted" : "unconfirmed"), "cut at \(cut)")
                #expect(report.end.job?.receipt?.taskID == (cut >= idIsWhole ? id : nil), "cut at \(cut)")
            }
            #expect(asked.withLock(\.self) == [id])
        }
    }
}
