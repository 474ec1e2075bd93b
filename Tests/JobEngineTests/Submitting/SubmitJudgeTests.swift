import HTTPTypes
import JobEngine
import SiliconFlow
import SoraRelay
import Testing
import Transport
import VideoProviderKit
import Xiexus

/// What a row of the tables in `reliability.md` section 3 demands.
enum Expected: String, Sendable {
    case accepted, rejected, held, unsent, unknown
}

extension SubmitVerdict {
    var expected: Expected {
        switch self {
        case .accepted: .accepted
        case .rejected: .rejected
        case .held: .held
        case .unsent: .unsent
        case .unknown, .unclear: .unknown
        }
    }

    var fault: Fault? {
        switch self {
        case .accepted: nil
        case .rejected(let fault), .held(let fault, _), .unsent(let fault), .unknown(let fault),
            .unclear(let fault, _):
            fault
        }
    }

    var wait: Duration? {
        if case .held(_, let wait) = self { wait } else { nil }
    }
}

extension SubmitJudge {
    /// The verdict on a complete reply, read by `provider` as the engine reads it.
    mutating func judge(
        _ reply: UpstreamReply,
        by provider: any VideoProvider,
        elapsed: Duration = .zero
    )
        throws -> SubmitVerdict
    {
        let request = try provider.submitRequest(Submission(Sample.draft, for: provider.descriptor))
        let reading = ProviderReading(provider: provider, redactor: Redactor())
        return judge(SubmitReading(reading, request).attempt(reply), elapsed: elapsed, jitter: 0.5)
    }
}

@Suite("The verdict on an attempt to submit")
struct SubmitJudgeTests {
    @Test(
        "Before the gate nothing was sent: repeated, or given up where a repeat cannot help",
        arguments: [
            (TransportFailure.Phase.resolve, TransportFailure.Reason.unresolved, Expected.held),
            (.connect, .refused, .held), (.connect, .timeout, .held), (.connect, .addressRefused, .held),
            (.tls, .closed, .held), (.proxy, .refused, .held), (.gate, .gateClosed, .held),
            (.certificate, .certificate, .unsent), (.cancelled, .stopped, .unsent), (.invalid, .malformed, .unsent),
        ]
    )
    func beforeGate(_ phase: TransportFailure.Phase, _ reason: TransportFailure.Reason, _ expected: Expected) {
        var judge = SubmitJudge()
        let failure = TransportFailure(phase: phase, reason: reason, message: "scripted")
        let verdict = judge.judge(.failure(failure), elapsed: .zero, jitter: 0)
        #expect(verdict.expected == expected)
        #expect(verdict.fault?.accepted == .no)
        #expect(verdict.fault?.charged == .no)
        #expect(verdict.fault?.sent == .no)
    }

    @Test(
        "Behind the gate it cannot be told",
        arguments: [
            (TransportFailure.Phase.sending, TransportFailure.Reason.reset, Fault.Extent.partly),
            (.sending, .timeout, .partly), (.waiting, .timeout, .yes), (.waiting, .reset, .yes),
            (.waiting, .closed, .yes), (.waiting, .repeatStopped, .yes), (.receiving, .closed, .yes),
            (.receiving, .tooLarge, .yes), (.receiving, .badEncoding, .yes), (.cancelled, .stopped, .partly),
        ]
    )
    func behindGate(_ phase: TransportFailure.Phase, _ reason: TransportFailure.Reason, _ sent: Fault.Extent) {
        var judge = SubmitJudge()
        let failure = TransportFailure(phase: phase, reason: reason, gatePassed: true, message: "scripted")
        let verdict = judge.judge(.failure(failure), elapsed: .zero, jitter: 0)
        #expect(verdict.expected == .unknown)
        #expect(verdict.fault?.kind == .unconfirmed)
        #expect(verdict.fault?.charged == .unknown)
        #expect(verdict.fault?.sent == sent)
    }

    @Test(
        "A cut reply is judged by its status, and is unknown when that says accepted",
        arguments: [
            (200, Expected.unknown), (202, .unknown), (401, .rejected), (429, .held), (500, .unknown), (503, .unknown),
        ]
    )
    func cutReply(_ status: Int, _ expected: Expected) {
        var judge = SubmitJudge()
        let failure = TransportFailure(
            phase: .receiving,
            reason: .closed,
            gatePassed: true,
            message: "cut",
            partial: WireReply(status: status)
        )
        #expect(judge.judge(.failure(failure), elapsed: .zero, jitter: 0).expected == expected)
    }

    @Test("Connecting is tried three times, and not after a minute")
    func connectAttempts() throws {
        let failure = SubmitJudge.Attempt.failure(
            TransportFailure(phase: .connect, reason: .refused, message: "refused")
        )
        var judge = SubmitJudge()
        let first = judge.judge(failure, elapsed: .zero, jitter: 0)
        let second = judge.judge(failure, elapsed: .seconds(1), jitter: 0.999)
        #expect(first.wait == .milliseconds(500))
        #expect(try #require(second.wait) > .seconds(3) && second.wait ?? .zero <= .seconds(8))
        #expect(judge.judge(failure, elapsed: .seconds(5), jitter: 0).expected == .unsent)
        var late = SubmitJudge()
        #expect(late.judge(failure, elapsed: .seconds(60), jitter: 0).expected == .unsent)
    }

    @Test(
        "The answer's status decides where the vendor says nothing of its own",
        arguments: [
            (301, Expected.rejected), (302, .rejected), (303, .unknown), (307, .rejected), (308, .rejected),
            (400, .rejected), (401, .rejected), (402, .rejected), (403, .rejected), (404, .rejected),
            (408, .unknown), (409, .rejected), (413, .rejected), (422, .rejected), (425, .held), (429, .held),
            (500, .unknown), (501, .rejected), (502, .unknown), (503, .unknown), (504, .unknown), (520, .unknown),
            (522, .unknown), (527, .unknown), (529, .unknown), (599, .unknown), (99, .unknown), (999, .unknown),
        ]
    )
    func statuses(_ status: Int, _ expected: Expected) throws {
        for provider in [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()] as [any VideoProvider] {
            var judge = SubmitJudge()
            #expect(try judge.judge(UpstreamReply(status, ""), by: provider).expected == expected)
        }
    }

    @Test("A refusal is never charged", arguments: [400, 401, 403, 404, 422, 501])
    func refusalsAreFree(_ status: Int) throws {
        var judge = SubmitJudge()
        let fault = try judge.judge(UpstreamReply(status, "no"), by: SiliconFlowProvider()).fault
        #expect(fault?.charged == .no)
        #expect(fault?.accepted == .no)
        #expect(fault?.sent == .yes)
    }

    @Test(
        "case 13: 2xx without an id cannot be told",
        arguments: ["", "{}", "null", "[]", "<html>ok</html>", "\"ok\""]
    )
    func noID(_ body: String) throws {
        for provider in [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()] as [any VideoProvider] {
            var judge = SubmitJudge()
            let verdict = try judge.judge(UpstreamReply(200, body), by: provider)
            #expect(verdict.expected == .unknown)
            #expect(verdict.fault?.kind == .unconfirmed)
        }
    }

    @Test("case 14: any 2xx with an id is a receipt", arguments: [200, 201, 202])
    func anySuccess(_ status: Int) throws {
        var judge = SubmitJudge()
        let body = #"{"id":"row","task_id":"t9","status":"queued"}"#
        guard case .accepted(let outcome) = try judge.judge(UpstreamReply(status, body), by: XiexusProvider()) else {
            Issue.record("not accepted")
            return
        }
        #expect(outcome.receipt.taskID == "t9")
    }

    @Test("case 19: 429 is tried four times with growing waits, then refused")
    func rateLimit() throws {
        var judge = SubmitJudge()
        var waits: [Duration] = []
        for _ in 0..<3 {
            let verdict = try judge.judge(UpstreamReply(429, ""), by: XiexusProvider())
            waits.append(try #require(verdict.wait))
        }
        #expect(waits == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(try judge.judge(UpstreamReply(429, ""), by: XiexusProvider()).expected == .rejected)
    }

    @Test("425 is tried twice")
    func tooEarly() throws {
        var judge = SubmitJudge()
        #expect(try judge.judge(UpstreamReply(425, ""), by: XiexusProvider()).expected == .held)
        #expect(try judge.judge(UpstreamReply(425, ""), by: XiexusProvider()).expected == .rejected)
    }

    @Test("A server's wait is obeyed with jitter, up to two minutes")
    func retryAfter() throws {
        var judge = SubmitJudge()
        let short = try judge.judge(UpstreamReply(429, "", [.retryAfter: "30"]), by: SiliconFlowProvider())
        #expect(short.wait == .seconds(30.5))
        let longest = try judge.judge(
            UpstreamReply(503, #"{"message":"busy"}"#, [.retryAfter: "120"]),
            by: SiliconFlowProvider()
        )
        #expect(longest.wait == .seconds(120.5))
    }

    @Test("case 20: a longer wait is an error now, not a surprise later", arguments: ["121", "600", "86400"])
    func longRetryAfter(_ value: String) throws {
        var judge = SubmitJudge()
        let verdict = try judge.judge(UpstreamReply(429, "", [.retryAfter: value]), by: SiliconFlowProvider())
        #expect(verdict.expected == .rejected)
        #expect(verdict.fault?.retryAfter == Int(value).map { .seconds($0) })
    }

    @Test("All holds together end within five minutes")
    func totalWindow() throws {
        var judge = SubmitJudge()
        let reply = UpstreamReply(429, "", [.retryAfter: "100"])
        #expect(try judge.judge(reply, by: XiexusProvider(), elapsed: .seconds(150)).expected == .held)
        #expect(try judge.judge(reply, by: XiexusProvider(), elapsed: .seconds(250)).expected == .rejected)
    }

    @Test(
        "case 17: 503 that is not the vendor's own error says nothing about the task, whatever wait it asks for",
        arguments: [
            "<html><title>Service Unavailable</title></html>", "", "busy", "\"busy\"", "[]", "{}", #"{"id":"t1"}"#,
            #"{"message":"busy","task_id":"t1"}"#,
        ],
        [503, 529]
    )
    func gatewayPage(_ body: String, _ status: Int) throws {
        for provider in [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()] as [any VideoProvider] {
            var judge = SubmitJudge()
            let page = UpstreamReply(status, body, [.retryAfter: "1"])
            #expect(try judge.judge(page, by: provider).expected == .unknown)
        }
    }

    @Test(
        "A vendor that says in its own words to come back later is asked again then",
        arguments: [#"{"message":"busy"}"#, #"{"error":{"message":"busy"}}"#, #"{"code":"overloaded"}"#],
        [503, 529]
    )
    func vendorsOverload(_ body: String, _ status: Int) throws {
        var judge = SubmitJudge()
        let reply = UpstreamReply(status, body, [.retryAfter: "1"])
        #expect(try judge.judge(reply, by: XiexusProvider()).expected == .held)
    }

    @Test(
        "An answer that names a task is no refusal, whatever its status",
        arguments: [303, 307, 400, 401, 403, 404, 409, 422, 425, 429, 500, 501, 503],
        [
            #"{"id":"task_zz","task_id":"task_zz","status":"queued"}"#,
            #"{"code":"timeout","message":"try again","task_id":"task_zz","status":"queued"}"#,
            #"{"code":"fail","message":"","data":{"task_id":"task_zz","status":"processing"}}"#,
        ]
    )
    func taskInRefusal(_ status: Int, _ body: String) throws {
        var judge = SubmitJudge()
        let verdict = try judge.judge(UpstreamReply(status, body, [.retryAfter: "1"]), by: XiexusProvider())
        #expect(verdict.expected == .unknown)
        #expect(verdict.fault?.candidates == ["task_zz"])
        #expect(verdict.fault?.charged == .unknown)
    }

    @Test(
        "An id beside an error is that of the request",
        arguments: [
            #"{"code":"bad_size","message":"size","id":"req_1"}"#, #"{"error":{"message":"bad"},"id":"req_1"}"#,
            #"{"message":"bad","id":"req_1","request_id":"req_1"}"#, #"{"message":"bad","request_id":"req_1"}"#,
            #"{"error":{"message":"bad","request_id":"req_1"}}"#,
            #"{"id":"req_1","status":"error","error":{"message":"bad"}}"#,
            #"{"id":"req_1","status":400,"error":"bad"}"#,
        ]
    )
    func requestID(_ body: String) throws {
        for provider in [SiliconFlowProvider(), XiexusProvider(), SoraRelayProvider()] as [any VideoProvider] {
            var judge = SubmitJudge()
            #expect(try judge.judge(UpstreamReply(400, body), by: provider).expected == .rejected)
            var limited = SubmitJudge()
            #expect(try limited.judge(UpstreamReply(429, body), by: provider).expected == .held)
        }
    }

    @Test("A documented refusal may carry the id of its request")
    func documentedRequestID() throws {
        var judge = SubmitJudge()
        let body = #"{"message":"Request was rejected due to rate limiting. TPM limit","requestId":"q1"}"#
        #expect(try judge.judge(UpstreamReply(429, body), by: SiliconFlowProvider()).expected == .held)
    }

    @Test(
        "An id that cannot be one is none",
        arguments: [
            String(repeating: "x", count: 1025), #"a\ud800b"#, #"a\udc00"#, #"a\u0000b"#, #"a\u001b[31m"#, #"a\u0085b"#,
        ]
    )
    func unusableID(_ id: String) throws {
        var judge = SubmitJudge()
        let reply = UpstreamReply(200, #"{"requestId":"\#(id)"}"#)
        #expect(try judge.judge(reply, by: SiliconFlowProvider()).expected == .unknown)
        var other = SubmitJudge()
        let long = UpstreamReply(200, #"{"requestId":"\#(String(repeating: "x", count: 1024))"}"#)
        #expect(try other.judge(long, by: SiliconFlowProvider()).expected == .accepted)
    }

    @Test(
        "A cut refusal is of the kind that its status says",
        arguments: [
            (429, FaultKind.rateLimited), (401, .auth), (400, .invalidRequest), (500, .server), (503, .overloaded),
        ]
    )
    func cutRefusal(_ status: Int, _ kind: FaultKind) throws {
        let provider = XiexusProvider()
        let request = try provider.submitRequest(Submission(Sample.draft, for: provider.descriptor))
        let reading = SubmitReading(ProviderReading(provider: provider, redactor: Redactor()), request)
        func cut(_ body: String) -> TransportFailure {
            let reply = WireReply(status: status, body: Array(body.utf8))
            return TransportFailure(
                phase: .receiving,
                reason: .closed,
                gatePassed: true,
                message: "cut",
                partial: reply
            )
        }
        var judge = SubmitJudge()
        let verdict = judge.judge(reading.attempt(cut(#"{"mess"#)), elapsed: .zero, jitter: 0)
        #expect(verdict.fault?.kind == kind)
        #expect(verdict.fault?.phase == "receiving")
        var other = SubmitJudge()
        let named = other.judge(reading.attempt(cut(#"{"task_id":"t1","status":"qu"#)), elapsed: .zero, jitter: 0)
        #expect(named.expected == .unknown)
        #expect(named.fault?.candidates == ["t1"])
    }
}
