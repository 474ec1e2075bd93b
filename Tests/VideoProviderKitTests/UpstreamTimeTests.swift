import Testing
import VideoProviderKit

@Suite("Times as servers write them")
struct UpstreamTimeTests {
    @Test(
        "are read from seconds, milliseconds, text and ISO 8601",
        arguments: [
            ("1761622232", "2025-10-28T03:30:32.000Z"), ("1759763621142", "2025-10-06T15:13:41.142Z"),
            ("1759763631.222531", "2025-10-06T15:13:51.223Z"), (#""1761622232""#, "2025-10-28T03:30:32.000Z"),
            (#""2025-10-06T15:10:26.875729Z""#, "2025-10-06T15:10:26.876Z"),
            (#""2025-10-06T15:10:26""#, "2025-10-06T15:10:26.000Z"),
            (#""2025-10-06 23:10:26+08:00""#, "2025-10-06T15:10:26.000Z"),
            (#""2025-10-06T10:10:26-0500""#, "2025-10-06T15:10:26.000Z"),
            (#""2024-02-29T00:00:00Z""#, "2024-02-29T00:00:00.000Z"), ("99999999999", "5138-11-16T09:46:39.000Z"),
            ("100000000000", "1973-03-03T09:46:40.000Z"),
        ]
    )
    func read(json: String, time: String) {
        #expect(UpstreamReply(#"{"t":\#(json)}"#).root["t"].time?.description == time)
    }

    @Test(
        "are absent when they say nothing or nonsense",
        arguments: [
            "0", "null", #""""#, "-5", "1e400", "1e300", #""soon""#, #""2025-13-01T00:00:00Z""#,
            #""2025-10-06T15:77:26Z""#, #""2025-10-06""#, #""2025-10-06T15:10:26 CET""#, "[]", "true",
            #""2025-10-06T15:10:26+""#,
        ]
    )
    func absent(json: String) { #expect(UpstreamReply(#"{"t":\#(json)}"#).root["t"].time == nil) }

    @Test("are read from HTTP dates")
    func httpDate() {
        #expect(UpstreamTime(httpDate: "Sun, 06 Nov 1994 08:49:37 GMT")?.milliseconds == 784_111_777_000)
        #expect(UpstreamTime(httpDate: "Sunday, 06-Nov-94 08:49:37 GMT") == nil)
        #expect(UpstreamTime(httpDate: "Sun, 06 Nov 99999 08:49:37 GMT") == nil)
    }

    @Test("are written in UTC also before 1970")
    func before1970() {
        #expect(UpstreamTime(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }
}
