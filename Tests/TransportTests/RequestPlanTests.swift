import Testing

@testable import Transport

@Suite("Requests that cannot be sent")
struct RequestPlanTests {
    private func failure(_ request: WireRequest) -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try RequestPlan(request, proxies: ProxyEnvironment([:]))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A line end or NUL in a header value is refused",
        arguments: ["a\r\nB: c", "a\nb", "a\rb", "a\u{0}b", "\u{7F}", "a\u{1B}[0m"]
    )
    func values(value: String) {
        let request = WireRequest(url: "http://h/", headerLines: [HeaderLine("X", value)])
        #expect(failure(request)?.phase == .invalid)
        #expect(failure(request)?.gatePassed == false)
    }

    @Test("A header name that is no token is refused", arguments: ["", "A B", "A:", "A\r\nB", "A\u{0}", "Ä", "A;"])
    func names(name: String) {
        #expect(failure(WireRequest(url: "http://h/", headerLines: [HeaderLine(name, "v")]))?.phase == .invalid)
    }

    @Test("A method that is no token is refused", arguments: ["", "GET /", "GET\r\n", "G\u{0}T", "(GET)"])
    func methods(method: String) {
        #expect(failure(WireRequest(method: method, url: "http://h/"))?.phase == .invalid)
    }

    @Test("A URL with a line end is refused, and the message does not repeat it")
    func url() {
        let failure = failure(WireRequest(url: "http://h/\r\nX-Evil: 1"))
        #expect(failure?.phase == .invalid)
        #expect(failure?.message == "The URL holds a blank or a control character.")
    }

    @Test("Lines that decide where the body ends must agree with it")
    func framing() {
        func lines(_ name: String, _ value: String) -> WireRequest {
            let body = WireBody.segments([[1, 2], [3]])
            return WireRequest(method: "POST", url: "http://h/", headerLines: [HeaderLine(name, value)], body: body)
        }
        #expect(failure(lines("transfer-encoding", "chunked"))?.phase == .invalid)
        #expect(failure(lines("content-length", "4"))?.phase == .invalid)
        #expect(failure(lines("content-length", "3")) == nil)
    }

    @Test("A HEAD request with a body is refused")
    func headWithBody() {
        #expect(failure(WireRequest(method: "HEAD", url: "http://h/", body: .segments([[1]])))?.phase == .invalid)
    }

    @Test("Tabs, text beyond ASCII and unknown methods are fine")
    func unusual() {
        let lines = [HeaderLine("X-Title", "视频\tok")]
        #expect(failure(WireRequest(method: "brew!", url: "http://h/", headerLines: lines)) == nil)
    }

    @Test("Behind a proxy the check is asked about an address literal")
    func literalBehindProxy() {
        var request = WireRequest(url: "http://0xa.1/", addressCheck: { address in address.isPublic })
        request.proxy = .url("http://proxy:1")
        #expect(failure(request)?.reason == .addressRefused)
        #expect(failure(request)?.phase == .connect)
        request.url = "http://8.8.8.8/"
        #expect(failure(request) == nil)
    }
}
