import Testing

@testable import Transport

@Suite("Proxies of the environment")
struct ProxyEnvironmentTests {
    private func proxy(
        _ variables: [String: String],
        _ url: String,
        _ policy: ProxyPolicy = .environment
    ) throws
        -> String?
    {
        ProxyEnvironment(variables).proxy(for: try RequestURL(url), policy: policy)
    }

    @Test("Each scheme has its variable, and all_proxy stands in for either")
    func schemes() throws {
        let variables = ["http_proxy": "h", "HTTPS_PROXY": "s"]
        #expect(try proxy(variables, "http://a/") == "h")
        #expect(try proxy(variables, "https://a/") == "s")
        #expect(try proxy(["ALL_PROXY": "x"], "https://a/") == "x")
        #expect(try proxy([:], "https://a/") == nil)
    }

    @Test("Lower case wins, and an empty variable is none")
    func precedence() throws {
        #expect(try proxy(["https_proxy": "low", "HTTPS_PROXY": "up"], "https://a/") == "low")
        #expect(try proxy(["https_proxy": "", "HTTPS_PROXY": "up"], "https://a/") == "up")
    }

    @Test("HTTP_PROXY is ignored because requests can set it")
    func httpoxy() throws {
        #expect(try proxy(["HTTP_PROXY": "evil"], "http://a/") == nil)
    }

    @Test("Loopback is never reached through a proxy", arguments: ["localhost", "127.0.0.1", "[::1]", "0x7f.1"])
    func loopback(host: String) throws {
        #expect(try proxy(["http_proxy": "p"], "http://\(host)/") == nil)
        #expect(try proxy([:], "http://\(host)/", .url("p")) == nil)
    }

    @Test("A request can name its proxy or refuse any")
    func policies() throws {
        #expect(try proxy(["http_proxy": "p"], "http://a/", .direct) == nil)
        #expect(try proxy(["http_proxy": "p", "no_proxy": "*"], "http://a/", .url("q")) == "q")
    }

    @Test(
        "no_proxy covers names, their subdomains, ports and networks",
        arguments: [
            ("*", "example.com", true),
            ("example.com", "example.com", true),
            ("example.com", "EXAMPLE.com.", true),
            ("example.com", "a.example.com", true),
            (".example.com", "a.example.com", true),
            ("*.example.com", "a.example.com", true),
            ("example.com", "notexample.com", false),
            ("a.com, b.com", "b.com", true),
            ("a.com b.com", "b.com", true),
            ("example.com:80", "example.com", true),
            ("example.com:81", "example.com", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("10.0.0.0/8", "10.9.9.9", true),
            ("10.0.0.0/9", "10.200.0.1", false),
            ("10.0.0.0/33", "10.0.0.1", false),
            ("2001:db8::/32", "[2001:db8:1::1]", true),
            ("10.0.0.0/8", "ten.example.com", false),
            ("", "example.com", false),
        ]
    )
    func exceptions(list: String, host: String, isDirect: Bool) throws {
        let found = try proxy(["http_proxy": "p", "no_proxy": list], "http://\(host)/")
        #expect((found == nil) == isDirect)
    }

    @Test(
        "A proxy is shown without its password",
        arguments: [
            ("http://user:secret@proxy:8080", "http://proxy:8080"),
            ("http://user:se/c@ret@proxy:8080/", "http://proxy:8080/"),
            ("user:secret@proxy", "proxy"),
            ("socks5://proxy:1080", "socks5://proxy:1080"),
        ]
    )
    func display(proxy: String, shown: String) {
        #expect(ProxyEnvironment.display(proxy) == shown)
    }
}
