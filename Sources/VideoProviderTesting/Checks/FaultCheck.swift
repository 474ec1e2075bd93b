import VideoProviderKit

/// A failed call is reported as one, with its HTTP status and trace id, whatever the body; and no reply without an id
/// is an accepted submit.
struct FaultCheck {
    private let provider: any VideoProvider
    private let reader: ReplyReader
    private let receipt: Fixture

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet) {
        self.provider = provider
        reader = ReplyReader(provider: provider)
        receipt = Fixture(
            file: "",
            direction: .response,
            calls: [],
            endpoint: "POST /",
            status: 200,
            headers: [:],
            form: "text",
            bytes: [],
            receipt: Receipt(taskID: "task-1"),
            expect: nil,
            draft: nil
        )
    }

    private static let bodies: [(name: String, bytes: [UInt8])] = [
        ("nothing", []), ("blanks", Array(" \r\n".utf8)), ("a bare text", Array("\"Something\"".utf8)),
        ("plain text", Array("upstream connect error".utf8)),
        ("a page", Array("<html><head><title>502 Bad Gateway</title></head></html>".utf8)),
        ("an empty object", Array("{}".utf8)), ("an empty list", Array("[]".utf8)), ("null", Array("null".utf8)),
        ("a number", Array("17".utf8)), ("bytes that are no UTF-8", [0xFF, 0xFE, 0x00, 0x80]),
        ("a cut object", Array(#"{"id":"abc","status":"succ"#.utf8)),
    ]

    /// Slow to read, so it is tried with few statuses.
    private static let deepLists = Array(String(repeating: "[", count: 10_050).utf8)

    func run(_ report: inout ConformanceReport) {
        for call in reader.calls {
            for status in [301, 400, 401, 402, 403, 404, 408, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504]
                + [520, 522, 524, 529]
            {
                for body in Self.bodies { checkFailure(status, body.name, body.bytes, call, &report) }
            }
        }
        checkFailure(502, "deep lists", Self.deepLists, .submit, &report)
        checkEmptySuccess("deep lists", Self.deepLists, &report)
        for body in Self.bodies { checkEmptySuccess(body.name, body.bytes, &report) }
        let refusals = [
            #"{"error":{"message":"no","type":"server_error","code":"refused"}}"#,
            #"{"code":"refused","message":"no","data":null}"#, #"{"code":4711,"message":"no"}"#,
        ]
        for text in refusals { checkEmptySuccess("an error", Array(text.utf8), &report) }
    }

    private func checkFailure(
        _ status: Int,
        _ name: String,
        _ bytes: [UInt8],
        _ call: UpstreamCall,
        _ report: inout ConformanceReport,
    ) {
        var headers = HTTPFields()
        if let field = provider.descriptor.traceHeaders.first { headers[field] = "trace-1" }
        let reply = UpstreamReply(status: status, headerFields: headers, body: bytes)
        guard case .fault(let fault) = reader.read(reply, call, receipt) else {
            report.note(.fault, "HTTP \(status) with \(name) to a \(call.rawValue) call is not read as a fault.")
            return
        }
        report.expect(
            fault.httpStatus == status,
            .fault,
            "The fault of HTTP \(status) with \(name) lost its status."
        )
        report.expect(
            fault.traceIDs.contains { $0.value == "trace-1" },
            .fault,
            "The fault of HTTP \(status) with \(name) lost its trace id."
        )
        if status == 401 { report.expect(fault.kind == .auth, .fault, "HTTP 401 is read as \(fault.kind.rawValue).") }
        if status == 429, bytes.isEmpty {
            report.expect(fault.kind == .rateLimited, .fault, "An empty HTTP 429 is read as \(fault.kind.rawValue).")
        }
        let isUnclear = [408, 500, 502, 504, 524].contains(status) && call == .submit
        report.expect(
            !isUnclear || RetryAdvice(fault, during: call) == .ambiguous,
            .fault,
            "HTTP \(status) with \(name) on a submit is called \(fault.kind.rawValue); the task may exist."
        )
    }

    private func checkEmptySuccess(_ name: String, _ bytes: [UInt8], _ report: inout ConformanceReport) {
        for call in [UpstreamCall.submit, .status] {
            let reading = reader.read(UpstreamReply(status: 200, body: bytes), call, receipt)
            if case .accepted(let outcome) = reading {
                report.note(.faultAccepted, "HTTP 200 with \(name) is read as the task \(outcome.receipt.taskID).")
            }
            report.expect(
                reading.snapshot?.phase.isTerminal != true,
                .faultAccepted,
                "HTTP 200 with \(name) to a \(call.rawValue) call is read as the end of the task."
            )
        }
    }
}
