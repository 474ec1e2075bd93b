import JobEngine
import SiliconFlow
import SoraRelay
import Testing
import VideoProviderKit
import Xiexus

/// A vendor's answer to a submit and what it must be taken for.
struct VendorAnswer: Sendable, CustomTestStringConvertible {
    var status: Int
    var body: String
    var expected: Expected
    var kind: FaultKind

    init(_ status: Int, _ body: String, _ expected: Expected, _ kind: FaultKind) {
        (self.status, self.body, self.expected, self.kind) = (status, body, expected, kind)
    }

    var testDescription: String { "\(status) \(body)" }
}

private func relayed(_ inner: String) -> String {
    #"{"code":"fail_to_fetch_task","message":"{\"error\":{\"message\":\"\#(inner)\"}}","data":null}"#
}

@Suite("Vendors' answers to a submit")
struct VendorVerdictTests {
    @Test(
        "SiliconFlow",
        arguments: [
            VendorAnswer(503, #"{"code":50505,"message":"Model service overloaded.","data":null}"#, .held, .overloaded),
            VendorAnswer(403, #"{"code":30001,"message":"balance","data":null}"#, .rejected, .balance),
            VendorAnswer(403, #""Forbidden""#, .rejected, .permission),
            VendorAnswer(400, #"{"code":20012,"message":"bad size","data":""}"#, .rejected, .invalidRequest),
            VendorAnswer(
                400,
                #"{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}"#,
                .rejected,
                .modelNotFound
            ),
            VendorAnswer(401, #""Invalid token""#, .rejected, .auth),
            VendorAnswer(401, "Invalid token", .rejected, .auth),
            VendorAnswer(404, #""404 page not found""#, .rejected, .endpointNotFound),
            VendorAnswer(404, "404 page not found", .rejected, .endpointNotFound),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:TPM limit reached.","data":""}"#,
                .held,
                .rateLimited
            ),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:RPM limit reached.","data":""}"#,
                .held,
                .rateLimited
            ),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:IPM limit reached.","data":""}"#,
                .held,
                .rateLimited
            ),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:RPD limit reached.","data":""}"#,
                .rejected,
                .rateLimited
            ),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:IPD limit reached.","data":""}"#,
                .rejected,
                .rateLimited
            ),
            VendorAnswer(
                429,
                #"{"message":"Request was rejected due to rate limiting. Details:RPH limit reached.","data":""}"#,
                .rejected,
                .rateLimited
            ),
            VendorAnswer(504, #""upstream request timeout""#, .unknown, .timeout),
            VendorAnswer(500, "oops", .unknown, .server),
        ]
    )
    func siliconFlow(_ answer: VendorAnswer) throws { try check(answer, SiliconFlowProvider()) }

    @Test(
        "Xiexus",
        arguments: [
            VendorAnswer(
                503,
                #"{"error":{"message":"no channel","type":"new_api_error","code":"model_not_found"}}"#,
                .rejected,
                .modelNotFound
            ),
            VendorAnswer(429, "", .held, .rateLimited),
            VendorAnswer(400, relayed("prompt is empty"), .rejected, .invalidRequest),
            VendorAnswer(429, relayed("slow down"), .held, .rateLimited),
            VendorAnswer(500, relayed("upstream died"), .unknown, .server),
            VendorAnswer(
                403,
                #"{"code":"insufficient_user_quota","message":"quota","data":null}"#,
                .rejected,
                .balance
            ),
            VendorAnswer(
                400,
                #"{"code":"invalid_request","message":"prompt is required","data":null}"#,
                .rejected,
                .invalidRequest
            ),
            VendorAnswer(501, #"{"error":{"code":"api_not_implemented"}}"#, .rejected, .unsupported),
        ]
    )
    func xiexus(_ answer: VendorAnswer) throws { try check(answer, XiexusProvider()) }

    @Test(
        "SoraRelay",
        arguments: [
            VendorAnswer(
                400,
                #"{"error":{"code":"invalid_size","message":"Invalid size"}}"#,
                .rejected,
                .invalidRequest
            ),
            VendorAnswer(
                400,
                #"{"error":{"message":"x","type":"invalid_request_error","param":"input_reference","code":"invalid_type"}}"#,
                .rejected,
                .invalidRequest
            ),
            VendorAnswer(404, #"{"error":{"message":"no such model"}}"#, .rejected, .modelNotFound),
            VendorAnswer(
                200,
                #"{"error":{"message":"bad","type":"invalid_request_error","code":null}}"#,
                .rejected,
                .invalidRequest
            ),
            VendorAnswer(200, #"{"error":{"message":"hm","type":"server_error"}}"#, .unknown, .unconfirmed),
            VendorAnswer(
                503,
                #"{"error":{"message":"no channel","type":"new_api_error","code":"model_not_found"}}"#,
                .rejected,
                .modelNotFound
            ),
        ]
    )
    func soraRelay(_ answer: VendorAnswer) throws { try check(answer, SoraRelayProvider()) }

    @Test("A relayed refusal shows the inner words first")
    func innerWords() throws {
        var judge = SubmitJudge()
        let verdict = try judge.judge(UpstreamReply(400, relayed("prompt is empty")), by: XiexusProvider())
        #expect(verdict.fault?.message.hasPrefix("prompt is empty") == true)
    }

    @Test("A refusal names the field it blames")
    func parameter() throws {
        var judge = SubmitJudge()
        let body = #"{"error":{"message":"x","param":"input_reference","code":"invalid_type"}}"#
        #expect(
            try judge.judge(UpstreamReply(400, body), by: SoraRelayProvider()).fault?.parameter == "input_reference"
        )
        let size = #"{"error":{"message":"x","code":"invalid_size"}}"#
        #expect(try judge.judge(UpstreamReply(400, size), by: SoraRelayProvider()).fault?.parameter == "size")
    }

    private func check(_ answer: VendorAnswer, _ provider: any VideoProvider) throws {
        var judge = SubmitJudge()
        let verdict = try judge.judge(UpstreamReply(answer.status, answer.body), by: provider)
        #expect(verdict.expected == answer.expected)
        #expect(verdict.fault?.kind == answer.kind)
    }
}
