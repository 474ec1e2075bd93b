import Testing
import VideoProviderKit

@Suite("URLs of the web")
struct WebURLTests {
    @Test(
        "tell their origin and keep their bytes",
        arguments: [
            ("https://api.example.com/v1", "https://api.example.com"),
            ("HTTPS://API.Example.com", "https://api.example.com"),
            ("http://127.0.0.1:8080/x?y#z", "http://127.0.0.1:8080"), ("http://h:80/", "http://h"),
            ("https://h:443", "https://h"), ("http://h:443", "http://h:443"), ("http://[::1]:9/x", "http://[::1]:9"),
            ("http://[::FFFF:1.2.3.4]", "http://[::ffff:1.2.3.4]"), ("https://h?x=http://evil", "https://h"),
            ("http://h:/x", "http://h"),
        ]
    )
    func origin(text: String, origin: String) throws {
        let url = try #require(WebURL(text))
        #expect(url.origin.description == origin)
        #expect(url.text == text)
    }

    @Test(
        "are refused when a credential could go astray",
        arguments: [
            "", "string", "ftp://h", "file:///etc/passwd", "javascript:alert(1)", "//h", "http:/h", "http://",
            "https:///x",
            "http://user@h", "http://user:pass@h/", "http://vendor.example@evil.example", "http://h:0",
            "http://h:65536",
            "http://h:8a", "http://a b", "http://h\n", "http://h\u{0}", "http://h\\@evil", "http://%65vil",
            "http://[::1",
            "http://[::1]x", "http://[]", "http://[evil.example]", "http://a:b:c", "http://h]",
        ]
    )
    func refused(text: String) { #expect(WebURL(text) == nil) }

    @Test(
        "know this machine",
        arguments: [
            ("http://localhost", true), ("http://x.localhost:1", true), ("http://127.9.9.9", true),
            ("http://[::1]", true),
            ("http://127.0.0.1.evil.example", false), ("http://localhost.evil.example", false),
            ("http://10.0.0.1", false),
        ]
    )
    func loopback(text: String, isLoopback: Bool) {
        #expect(WebURL(text)?.origin.isLoopback == isLoopback)
    }
}

@Suite("A base URL")
struct BaseURLTests {
    @Test(
        "takes a version segment once, however it is written",
        arguments: [
            ("https://h", "v1/videos", "https://h/v1/videos"), ("https://h/", "v1/videos", "https://h/v1/videos"),
            ("https://h/v1", "v1/videos", "https://h/v1/videos"),
            ("https://h/v1///", "/v1/videos", "https://h/v1/videos"),
            ("https://h/api/v1/", "v1/x", "https://h/api/v1/x"), ("https://h/v2", "v1/x", "https://h/v2/v1/x"),
            ("https://h/v1", "video/x", "https://h/v1/video/x"), ("https://h/api", "v1/x", "https://h/api/v1/x"),
        ]
    )
    func appending(base: String, path: String, url: String) throws {
        #expect(try #require(BaseURL(base)).appending(UpstreamPath(encoded: path)) == url)
    }

    @Test(
        "has no query, fragment or user",
        arguments: ["https://h?x", "https://h#x", "https://u@h", "h", "", "https://"]
    )
    func refused(text: String) { #expect(BaseURL(text) == nil) }
}
