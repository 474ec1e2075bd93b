import Testing

@testable import Transport

@Suite("Request URLs")
struct RequestURLTests {
    @Test(
        "Scheme, host and port are read",
        arguments: [
            ("http://example.com", "http", "example.com", 80),
            ("HTTPS://Example.COM/a?b", "https", "example.com", 443),
            ("http://a_b.c-d:8080/x:y@z", "http", "a_b.c-d", 8080),
            ("http://[::1]:9/", "http", "::1", 9),
            ("https://[2001:DB8::1]", "https", "2001:db8::1", 443),
            ("http://h?x=1", "http", "h", 80),
            ("http://h#f", "http", "h", 80),
            ("http://h/视频", "http", "h", 80),
        ]
    )
    func parts(text: String, scheme: String, host: String, port: Int) throws {
        let url = try RequestURL(text)
        #expect(url.scheme.rawValue == scheme)
        #expect(url.host == host)
        #expect(url.port == port)
    }

    @Test(
        "A URL that two parsers could read differently is refused",
        arguments: [
            "", "example.com", "/path", "ftp://h/", "file:///etc/passwd", "http:/h", "http:h", "http://", "http:///x",
            "http://u@h/", "http://u:p@h/", "http://h\\@i/", "http://h i/", "http://h/\r\nX: y", "http://h/\u{0}",
            "http://h/a b", "http://h:0/", "http://h:65536/", "http://h:/", "http://h:+80/", "http://h:8o/",
            "http://[::1/", "http://[1.2.3.4]/", "http://[fe80::1%25eth0]/", "http://[::1]x/", "http://%31/",
            "http://视频/", "http://h,i/", "http://h;i/",
        ]
    )
    func refused(text: String) {
        #expect(throws: RequestURL.Malformed.self) {
            try RequestURL(text)
        }
    }

    @Test(
        "This machine is recognised under its names and numbers",
        arguments: [
            ("localhost", true), ("LOCALHOST.", true), ("a.localhost", true), ("127.0.0.1", true), ("127.9", true),
            ("2130706433", true), ("[::1]", true), ("[::ffff:127.0.0.1]", true), ("notlocalhost", false),
            ("localhost.com", false), ("10.0.0.1", false), ("128.0.0.1", false),
        ]
    )
    func loopback(host: String, isLoopback: Bool) throws {
        #expect(try RequestURL("http://\(host)/").isLoopback == isLoopback)
    }
}
