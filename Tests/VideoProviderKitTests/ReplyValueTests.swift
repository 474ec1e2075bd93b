import Testing
import VideoProviderKit

@Suite("Values in a reply")
struct ReplyValueTests {
    private func value(_ json: String) -> ReplyValue { UpstreamReply(#"{"v":\#(json)}"#).root["v"] }

    @Test(
        "say whether there is anything",
        arguments: [
            ("null", false), (#""""#, false), (#"" ""#, false), ("{}", false), ("[]", false), ("0", true),
            ("false", true),
            (#""x""#, true), ("[null]", true),
        ]
    )
    func isThere(json: String, isThere: Bool) { #expect(value(json).isThere == isThere) }

    @Test(
        "give whole numbers however they are written",
        arguments: [
            ("5", 5), ("5.0", 5), (#""5""#, 5), (#"" 5 ""#, 5), ("5e0", 5), ("5.5", nil), (#""5s""#, nil),
            ("1e400", nil),
            ("9007199254740993", 9_007_199_254_740_993), (#""9007199254740993""#, 9_007_199_254_740_993), ("null", nil),
            ("true", nil),
        ] as [(String, Int?)]
    )
    func int(json: String, int: Int?) { #expect(value(json).int == int) }

    @Test(
        "give numbers also from text and percent",
        arguments: [
            ("0.93", 0.93), (#""0.93""#, 0.93), (#""50%""#, 50), (#""70.0%""#, 70), ("1e400", nil), (#""0x10""#, nil),
            (#""nan""#, nil), (#""inf""#, nil), ("[]", nil),
        ] as [(String, Double?)]
    )
    func double(json: String, double: Double?) { #expect(value(json).double == double) }

    @Test(
        "give ids with every digit, and none from other types",
        arguments: [
            (#""abc""#, "abc"), ("123456789012345678901234567890", "123456789012345678901234567890"), ("true", nil),
            ("1.5", nil), ("-1", nil), ("1e3", nil), ("null", nil), ("{}", nil), (#""a\u0000b""#, nil), (#""""#, nil),
            (#""a\r\nb""#, nil),
        ] as [(String, String?)]
    )
    func identifier(json: String, id: String?) { #expect(value(json).identifier == id) }

    @Test(
        "give truth values also from text and digits",
        arguments: [("true", true), (#""False""#, false), ("1", true), (#""0""#, false), (#""yes""#, nil)]
            as [(String, Bool?)]
    )
    func flag(json: String, flag: Bool?) { #expect(value(json).flag == flag) }

    @Test("give links byte for byte, and only of the web")
    func url() {
        #expect(value(#""https://h/a?sig=%2F%20&x=月""#).url == "https://h/a?sig=%2F%20&x=月")
        #expect(value(#"" https://h\n""#).url == "https://h")
        for json in [#""string""#, #""https://h h""#, #""ftp://h""#, #""gs://h""#, "5", "null"] {
            #expect(value(json).url == nil)
        }
    }

    @Test(
        "give progress from 0 to 1, as written too",
        arguments: [
            ("70", 0.7, "70"), (#""70%""#, 0.7, "70%"), (#""70.0%""#, 0.7, "70.0%"), ("0", 0, "0"), ("250", 1, "250"),
            ("-3", 0, "-3"),
        ]
    )
    func percent(json: String, fraction: Double, asWritten: String) {
        #expect(value(json).percent?.fraction == fraction)
        #expect(value(json).percent?.asWritten == asWritten)
    }

    @Test("are found at the first path that says something")
    func firstOf() {
        let root = UpstreamReply(#"{"a":null,"b":{"c":""},"d":[{"e":5}]}"#).root
        #expect(root.first(of: "a", "b.c", "d[0].e").text == "5")
        #expect(root.first(of: "a", "z").text == nil)
        #expect(root["d"].elements.map { $0["e"].int } == [5])
    }

    @Test("that were asked for are noted with whether they were there")
    func recorder() {
        let recorder = ReadingRecorder()
        let reply = UpstreamReply(status: 200, body: Array(#"{"data":{"id":"x"}}"#.utf8), recorder: recorder)
        _ = reply.root["data"]["id"].text
        _ = reply.root["nothing"].text
        #expect(
            recorder.readings.map { "\($0.path) \($0.found)" } == [".data true", ".data.id true", ".nothing false"]
        )
    }
}

@Suite("A reply")
struct UpstreamReplyTests {
    @Test(
        "unwraps the record of the task",
        arguments: [
            (#"{"status":"x","data":{"status":"y"}}"#, "."), (#"{"code":"success","data":{"task_id":"a"}}"#, ".data"),
            (#"{"code":200,"data":[{"task_id":"a"},{}]}"#, ".data[0]"), (#"{"code":"success","data":null}"#, "."),
            (#"{"code":20000,"status":true,"data":{"id":"u"}}"#, ".data"), (#"{"data":"text"}"#, "."), ("[]", "."),
        ]
    )
    func record(body: String, path: String) { #expect(UpstreamReply(body).record.path.description == path) }

    @Test("that is no JSON has no values, and says why when it looked like some")
    func noJSON() {
        #expect(UpstreamReply("Invalid token").root.kind == nil)
        #expect(UpstreamReply("Invalid token").jsonError == nil)
        #expect(UpstreamReply(#"{"id":"#).jsonError != nil)
        #expect(UpstreamReply("").document == nil)
    }

    @Test("is read behind a byte order mark and as a bare text")
    func bareText() {
        #expect(UpstreamReply(#""Invalid token""#).root.text == "Invalid token")
        #expect(UpstreamReply("\u{FEFF}{\"id\":\"x\"}").root["id"].text == "x")
    }
}
