import Testing
import VideoProviderKit

@testable import JobEngine

@Suite("Where a film is fetched from, hop by hop")
struct FetchTargetTests {
    private let base: BaseURL = "https://vendor.test/v1"

    private func target(_ url: String, key: Bool = true) throws -> FetchTarget {
        try FetchTarget(url: try #require(WebURL(url)), carriesCredential: key)
    }

    @Test(
        "case 58: a redirect to another scheme, host or port drops the key",
        arguments: [
            ("https://vendor.test/other", true), ("/other?x=1", true), ("https://vendor.test:443/other", true),
            ("https://vendor.test:8443/other", false), ("https://cdn.vendor.test/other", false),
            ("https://vendor.test.evil.test/", false), ("https://evil.test/?vendor.test", false),
            ("//evil.test/x", false), ("relative", true), ("?x=1", true), ("../../up", true),
        ]
    )
    func credentials(_ location: String, _ keeps: Bool) throws {
        let next = try target("https://vendor.test/v1/videos/1/content").redirected(to: location, base: base)
        #expect(next.carriesCredential == keeps)
    }

    @Test("A key that was dropped does not come back with a redirect home")
    func dropped() throws {
        let away = try target("https://vendor.test/v1/x").redirected(to: "https://evil.test/", base: base)
        #expect(try !away.redirected(to: "https://vendor.test/v1/x", base: base).carriesCredential)
    }

    @Test(
        "case 60: other schemes and addresses that cannot be used are refused",
        arguments: [
            "file:///etc/passwd", "ftp://vendor.test/x", "data:video/mp4;base64,AAAA",
            "https://user:pw@vendor.test/", "javascript:1", "https://",
        ]
    )
    func refused(_ location: String) throws {
        let start = try target("https://vendor.test/v1/x")
        let fault = #expect(throws: Fault.self) { try start.redirected(to: location, base: base) }
        #expect(fault?.kind == .redirected)
    }

    @Test(
        "case 58: https never becomes http, not even on this machine",
        arguments: ["http://vendor.test/x", "http://127.0.0.1/x"]
    )
    func downgrade(_ location: String) throws {
        let start = try target("https://vendor.test/v1/x")
        #expect(throws: Fault.self) { try start.redirected(to: location, base: base) }
    }

    @Test("Plain http is taken only from this machine and the configured address")
    func plainHTTP() throws {
        #expect(throws: Fault.self) { try target("http://storage.test/film.mp4") }
        #expect(throws: Never.self) { try target("http://127.0.0.1:8080/film.mp4") }
        let url = try #require(WebURL("http://10.0.0.7/film.mp4"))
        #expect(throws: Never.self) { try FetchTarget(url: url, carriesCredential: true, plainHTTPHosts: ["10.0.0.7"]) }
    }

    @Test("case 62: the sixth redirect in a row ends the download")
    func hops() throws {
        var current = try target("https://vendor.test/v1/x")
        for _ in 0..<5 { current = try current.redirected(to: "/again", base: base) }
        #expect(throws: Fault.self) { try current.redirected(to: "/again", base: base) }
    }
}
