import Foundation
import Testing
import VideoProviderKit

@Suite("Reading what went wrong")
struct FaultReadingTests {
    private func fault(_ reply: UpstreamReply, _ call: UpstreamCall, _ rules: [FaultRule] = []) -> Fault? {
        FaultReading(descriptor: .example(faults: rules)).fault(in: reply, during: call)
    }

    @Test(
        "the HTTP status and the purpose of the call give the kind",
        arguments: [
            (401, "{}", .status, .auth), (402, "", .submit, .balance), (403, #""Forbidden""#, .submit, .permission),
            (404, #""404 page not found""#, .submit, .endpointNotFound), (404, "<html>", .status, .endpointNotFound),
            (404, #"{"error":{"message":"x"}}"#, .submit, .modelNotFound),
            (404, #"{"error":{"message":"x"}}"#, .status, .taskNotFound),
            (404, #"{"error":{"message":"x"}}"#, .models, .endpointNotFound), (410, "{}", .content, .taskNotFound),
            (400, "{}", .submit, .invalidRequest), (413, "", .submit, .invalidRequest),
            (422, "{}", .submit, .invalidRequest), (429, "", .status, .rateLimited), (408, "", .submit, .timeout),
            (504, #""string""#, .submit, .timeout), (522, "", .status, .timeout), (500, "{}", .submit, .server),
            (502, "<html>", .content, .server), (503, "", .submit, .overloaded), (529, "", .submit, .overloaded),
            (501, "{}", .cancel, .unsupported), (307, "", .submit, .redirected), (599, "", .status, .server),
        ] as [(Int, String, UpstreamCall, FaultKind)]
    )
    func kind(status: Int, body: String, call: UpstreamCall, kind: FaultKind) {
        #expect(fault(UpstreamReply(status, body), call)?.kind == kind)
        #expect(fault(UpstreamReply(status, body), call)?.httpStatus == status)
    }

    @Test(
        "a code that says nothing is wrong is none",
        arguments: ["0", "200", "20000", #""""#, "null", #""0""#, #""200""#, #""success""#, #""OK""#]
    )
    func noError(code: String) {
        #expect(fault(UpstreamReply(#"{"code":\#(code),"message":"","data":null}"#), .status) == nil)
    }

    @Test("a successful status can carry a failed call")
    func faultInSuccess() {
        #expect(fault(UpstreamReply(#"{"code":1004,"message":"no"}"#), .submit)?.vendorCode == "1004")
        #expect(fault(UpstreamReply(#"{"error":{"message":"no"}}"#), .submit)?.message == "no")
        #expect(fault(UpstreamReply(#"{"base_resp":{"status_code":1008,"status_msg":"no money"}}"#), .submit) != nil)
    }

    @Test(
        "next to a status word or an id an error belongs to the task",
        arguments: [
            #"{"id":"a","error":{"code":0,"message":"x"}}"#, #"{"status":"failed","error":"x"}"#,
            #"{"code":"success","data":{"task_id":"a","error":{"code":5}}}"#,
            #"{"code":400,"data":[{"status":"failed"}]}"#,
        ]
    )
    func taskError(body: String) { #expect(fault(UpstreamReply(body), .status) == nil) }

    @Test("a status that is no word does not make a record", arguments: ["true", "200", "null", "{}"])
    func statusIsNoWord(status: String) {
        #expect(fault(UpstreamReply(#"{"status":\#(status),"code":30001,"message":"no"}"#), .submit) != nil)
    }

    @Test(
        "the vendor's words are kept from any body",
        arguments: [
            (#""Invalid token""#, "Invalid token", nil), ("Invalid token", "Invalid token", nil),
            (#"{"error":"no"}"#, "no", nil), (#"{"error":{"message":"no","code":5}}"#, "no", "5"),
            (#"{"detail":"no"}"#, "no", nil), (#"{"msg":"no","code":"x"}"#, "no", "x"),
            (#"{"message":"no","type":"t","param":null,"code":null}"#, "no", nil),
            ("<html><head><title> 502 Bad Gateway </title></head></html>", "502 Bad Gateway", nil), ("", "", nil),
        ] as [(String, String, String?)]
    )
    func words(body: String, message: String, code: String?) {
        let fault = fault(UpstreamReply(400, body), .status)
        #expect(fault?.message == message)
        #expect(fault?.vendorCode == code)
    }

    @Test("JSON inside a relay's message is read")
    func innerWords() {
        let body = #"{"code":"fail_to_fetch_task","message":"{\"error\":{\"message\":\"quota used up\"}}","data":null}"#
        #expect(fault(UpstreamReply(400, body), .submit)?.message.hasPrefix("quota used up") == true)
    }

    @Test("the first rule that fits decides, by status, code or type, words and call")
    func rules() {
        let rules = [
            FaultRule(
                status: 503,
                code: "model_not_found",
                .modelNotFound,
                accepted: .no,
                isPermanent: true,
                source: "page"
            ),
            FaultRule(
                status: 429,
                message: "RPD limit",
                during: [.submit],
                .rateLimited,
                isPermanent: true,
                source: "page"
            ),
            FaultRule(status: 200, code: "invalid_request_error", .invalidRequest, accepted: .no, source: "page"),
            FaultRule(code: "invalid_size", .invalidRequest, parameter: "size", source: "page"),
        ]
        let overloaded = UpstreamReply(503, #"{"error":{"code":"model_not_found"}}"#)
        #expect(fault(overloaded, .submit, rules)?.kind == .modelNotFound)
        #expect(fault(overloaded, .submit, rules)?.accepted == .no)
        let daily = UpstreamReply(429, #"{"message":"Details:RPD limit reached."}"#)
        #expect(fault(daily, .submit, rules)?.isPermanent == true)
        #expect(fault(daily, .status, rules)?.isPermanent == false)
        let typed = UpstreamReply(#"{"error":{"type":"invalid_request_error","code":"x","message":"no"}}"#)
        #expect(fault(typed, .submit, rules)?.accepted == .no)
        #expect(fault(UpstreamReply(400, #"{"code":"invalid_size"}"#), .submit, rules)?.parameter == "size")
    }

    @Test("ids for the vendor's support are taken from header, body and message, each once")
    func traceIDs() {
        let body = #"{"request_id":"r2","error":{"message":"bad key (request id: r3)","code":""}}"#
        let fields: HTTPFields = [.init("X-Trace-ID") ?? .server: "r1"]
        #expect(fault(UpstreamReply(401, body, fields), .status)?.traceIDs.map(\.value) == ["r1", "r2", "r3"])
    }

    @Test(
        "the wait a server asks for is bounded",
        arguments: [
            ("7", 7), (" 7 ", 7), ("0", nil), ("-5", nil), ("1000000000000", 31_536_000), ("soon", nil), ("1.5", nil),
            ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sun, 06 Nov 9999 08:49:47 GMT", 31_536_000),
            ("Sun, 06 Nov 1994 08:49:00 GMT", nil), ("99999999999999999999999", 31_536_000),
        ] as [(String, Int?)]
    )
    func retryAfter(text: String, seconds: Int?) {
        let fields: HTTPFields = [.retryAfter: text, .date: "Sun, 06 Nov 1994 08:49:37 GMT"]
        #expect(fault(UpstreamReply(429, "", fields), .status)?.retryAfter == seconds.map { .seconds($0) })
    }

    @Test("a date to wait for is read against this machine's clock where the reply has none", arguments: [-60, 3600])
    func retryAfterWithoutDate(seconds: Int) {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let text = format.string(from: Date(timeIntervalSinceNow: TimeInterval(seconds)))
        let wait = fault(UpstreamReply(429, "", [.retryAfter: text]), .status)?.retryAfter
        // Half a minute for a machine that is busy.
        if seconds < 0 {
            #expect(wait == nil)
        } else {
            #expect(wait.map { (3570...3600).contains($0.components.seconds) } == true)
        }
    }

    @Test("bytes of a film are never a fault")
    func film() {
        #expect(fault(UpstreamReply("\u{0}\u{0}\u{0} ftypisom"), .content) == nil)
        #expect(fault(UpstreamReply(#"{"error":{"message":"no"}}"#), .content) != nil)
    }

    @Test("a refusal of the content is told from other failures by its code")
    func refusal() {
        let reading = FaultReading(descriptor: .example())
        #expect(reading.taskFault(code: "moderation_blocked", message: "no").kind == .contentRejected)
        #expect(reading.taskFault(code: "500", message: "no").kind == .taskFailed)
        #expect(reading.taskFault(code: "0", message: nil).vendorCode == nil)
    }
}
