import Testing
import VideoProviderKit

@Suite("A path below the base URL")
struct UpstreamPathTests {
    @Test(
        "encodes an interpolated id as exactly one segment",
        arguments: [
            ("sora-2:task_01", "sora-2:task_01"), ("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("x?y", "x%3Fy"),
            ("x#y", "x%23y"), ("%2e%2e", "%252e%252e"), ("a b", "a%20b"), ("任", "%E4%BB%BB"), ("a\r\nb", "a%0D%0Ab"),
            ("\u{0}", "%00"), ("a\\b", "a%5Cb"), ("@:80", "@:80"), ("...", "..."),
        ]
    )
    func segment(id: String, encoded: String) {
        let path: UpstreamPath = "v1/videos/\(id)/content"
        #expect(path.encoded == "v1/videos/\(encoded)/content")
        #expect(path.problem == nil)
    }

    @Test("refuses ids that would be a dot segment or none at all", arguments: ["", ".", ".."])
    func refuses(id: String) {
        let request = UpstreamRequest.get("v1/videos/\(id)")
        #expect(throws: Fault.self) { try request.url(below: "https://vendor.example") }
    }

    @Test("keeps the slashes of a name of several segments and still refuses dots in it")
    func severalSegments() {
        let name: UpstreamPath = "v1beta/\(path: "models/veo-3/operations/a b")"
        #expect(name.encoded == "v1beta/models/veo-3/operations/a%20b")
        let escaping: UpstreamPath = "v1beta/\(path: "models/../x")"
        #expect(escaping.problem != nil)
    }

    @Test("encodes query names and values so that none can add an item")
    func query() throws {
        let request = UpstreamRequest.get("v1/video/query", query: [QueryItem("id", "sora-2:task&x=1#y")])
        #expect(
            try request.url(below: "https://vendor.example")
                == "https://vendor.example/v1/video/query?id=sora-2%3Atask%26x%3D1%23y"
        )
    }

    @Test("adds query items after those a server-given URL already has")
    func serverURL() throws {
        let url = try #require(WebURL("https://cdn.example/a?sig=%2F"))
        let request = UpstreamRequest(method: .get, target: .server(url), query: [QueryItem("v", "1")])
        #expect(try request.url(below: "https://vendor.example") == "https://cdn.example/a?sig=%2F&v=1")
        #expect(!request.isForOrigin(of: "https://vendor.example"))
    }
}
