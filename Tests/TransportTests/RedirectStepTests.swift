import Testing

@testable import Transport

@Suite("Redirects")
struct RedirectStepTests {
    private func next(
        _ location: String,
        from url: String = "http://a/x/y?q",
        method: String = "GET",
        status: Int = 302
    ) throws -> WireRequest? {
        let lines = [
            HeaderLine("Authorization", "secret"), HeaderLine("x-api-key", "k"), HeaderLine("range", "bytes=1-"),
        ]
        let request = WireRequest(method: method, url: url, headerLines: lines)
        let plan = try RequestPlan(request, proxies: ProxyEnvironment([:]))
        let reply = WireReply(status: status, headerLines: [HeaderLine("location", location)])
        return RedirectStep.next(after: reply, of: plan)
    }

    @Test(
        "The target is resolved against the URL",
        arguments: [
            ("/z", "http://a/z"), ("z", "http://a/x/z"), ("?p", "http://a/x/y?p"), ("//b/z", "http://b/z"),
            ("http://b/z#part", "http://b/z"), ("http://a/x y", "http://a/x%20y"),
        ]
    )
    func resolved(location: String, url: String) throws {
        #expect(try next(location)?.url == url)
    }

    @Test("The same origin gets all lines again, another only harmless ones")
    func credentials() throws {
        #expect(try next("/z")?.headerLines.count == 3)
        for elsewhere in ["http://b/", "http://a:81/", "https://a/"] {
            #expect(try next(elsewhere)?.headerLines == [HeaderLine("range", "bytes=1-")])
        }
    }

    @Test("Never from https to http")
    func downgrade() throws {
        #expect(try next("http://a/", from: "https://a/") == nil)
        #expect(try next("https://b/", from: "https://a/") != nil)
    }

    @Test("Other methods, statuses and schemes are not followed")
    func notFollowed() throws {
        #expect(try next("/z", method: "POST") == nil)
        #expect(try next("/z", status: 300) == nil)
        #expect(try next("/z", status: 200) == nil)
        #expect(try next("file:///etc/passwd") == nil)
        #expect(try next("ftp://a/") == nil)
        #expect(try next("http://u:p@a/") == nil)
    }
}
