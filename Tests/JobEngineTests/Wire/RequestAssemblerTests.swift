import HTTPTypes
import JobEngine
import Journal
import SiliconFlow
import Testing
import Transport
import VideoProviderKit

/// A provider whose authentication a test chooses.
private struct PlainProvider: SignsRequests {
    var descriptor: ProviderDescriptor

    init(_ authentication: Authentication) {
        descriptor = ProviderDescriptor(
            id: "plain",
            name: "Plain",
            summary: "For tests.",
            baseURL: "https://vendor.test",
            authentication: authentication,
            keyVariable: "PLAIN_API_KEY",
            parameters: [.prompt()],
            assetLifetimes: [],
            traceHeaders: []
        )
    }

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest { .get("x") }
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome { throw Fault(.decoding, "none") }
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest { .get("x/\(receipt.taskID)") }
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot { Snapshot(phase: .queued) }

    func authorization(
        for request: UpstreamRequest,
        signer: some RequestSigner,
        at time: UpstreamTime
    ) throws(Fault)
        -> HTTPFields
    {
        [.authorization: "HMAC \(signer.keyID) \(Hex.encode(signer.hmacSHA256([1, 2, 3]).prefix(4)))"]
    }
}

@Suite("A request made ready for the wire")
struct RequestAssemblerTests {
    private func assemble(
        _ request: UpstreamRequest,
        _ authentication: Authentication = .bearer,
        key: String? = "sk-abc/def+12345",
        base: BaseURL = "https://vendor.test/v1",
        change: (inout ProviderInstance) -> Void = { _ in }
    ) throws -> AssembledRequest {
        var instance = ProviderInstance(PlainProvider(authentication))
        change(&instance)
        return try RequestAssembler(instance: instance, baseURL: base, secret: try key.map { try Sample.secret($0) })
            .assemble(request, for: .content, at: UpstreamTime(milliseconds: 0))
    }

    private func server(_ url: String) throws -> UpstreamRequest {
        UpstreamRequest(method: .get, target: .server(try #require(WebURL(url))))
    }

    @Test("The key goes where the descriptor says")
    func placement() throws {
        let bearer = try assemble(.get("x"))
        #expect(bearer.headerLines.contains(QueryItem("Authorization", "Bearer sk-abc/def+12345")))
        let name = try #require(HTTPField.Name("x-goog-api-key"))
        let header = try assemble(.get("x"), .header(name, prefix: "Key "))
        #expect(header.headerLines.contains(QueryItem("X-Goog-Api-Key", "Key sk-abc/def+12345")))
        #expect(try assemble(.get("x"), .query("key")).url == "https://vendor.test/v1/x?key=sk-abc%2Fdef%2B12345")
        #expect(try assemble(.get("x"), .none, key: nil).headerLines.allSatisfy { $0.name != "Authorization" })
    }

    @Test("A signing provider sees the public part of the key and what the secret part signs")
    func signed() throws {
        let line = try #require(
            try assemble(.get("x"), .signed, key: "id7.secret").headerLines.first { $0.name == "Authorization" }
        )
        #expect(line.value.hasPrefix("HMAC id7 "))
        #expect(!line.value.contains("secret"))
    }

    @Test(
        "case 59: the key goes to the instance's own origin and nowhere else",
        arguments: [
            ("https://vendor.test/other", true), ("https://VENDOR.test:443/x", true),
            ("https://vendor.test:444/x", false), ("https://storage.test/x", false),
            ("https://vendor.test.evil.test/x", false),
        ]
    )
    func ownOrigin(_ url: String, _ carries: Bool) throws {
        for authentication in [Authentication.bearer, .query("key"), .signed] {
            let request = try assemble(try server(url), authentication)
            let text = request.url + request.headerLines.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            #expect((text.contains("sk-abc") || text.contains("HMAC")) == carries)
        }
    }

    @Test("A provider cannot smuggle an Authorization header of its own")
    func smuggled() throws {
        var request = try server("https://storage.test/x")
        request.headerFields[.authorization] = "Bearer stolen"
        #expect(try assemble(request).headerLines.allSatisfy { $0.name.lowercased() != "authorization" })
    }

    @Test("A missing key is said before anything is sent, with the variable to set")
    func missingKey() throws {
        let fault = #expect(throws: Fault.self) { try assemble(.get("x"), key: nil) }
        #expect(fault?.kind == .auth)
        #expect(fault?.accepted == .no)
        #expect(fault?.message.contains("PLAIN_API_KEY") == true)
    }

    @Test("Header lines keep their order: the provider's, the key, the instance's, the type, ours")
    func order() throws {
        let request = try assemble(.post("x", json: ["a": 1])) { $0.headerFields = [QueryItem("X-Team", "7")] }
        #expect(request.headerLines.map(\.name) == ["Accept", "Authorization", "X-Team", "Content-Type", "User-Agent"])
    }

    @Test("An id that cannot stand in a path is refused", arguments: ["", ".", ".."])
    func badID(_ id: String) throws {
        #expect(throws: Fault.self) { try assemble(.get("videos/\(id)")) }
    }

    @Test("An id cannot leave its segment")
    func hostileID() throws {
        let request = try assemble(.get("videos/\("../../admin?x=1#y")"))
        #expect(request.url == "https://vendor.test/v1/videos/..%2F..%2Fadmin%3Fx=1%23y")
    }

    @Test("The head for previews is what HTTP/1.1 would carry")
    func head() throws {
        let request = try assemble(.post("x", json: ["a": 1]), base: "http://127.0.0.1:8080")
        #expect(request.head.hasPrefix("POST /x HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"))
        for line in request.headerLines { #expect(request.head.contains("\r\n\(line.name): \(line.value)\r\n")) }
        #expect(request.head.hasSuffix("Content-Length: 7\r\n\r\n"))
        #expect(request.byteCount == request.body.bytes.count)
    }

    @Test(
        "case 56: CR, LF and NUL in a header value are refused by the transport before it connects",
        arguments: ["a\r\nX: y", "a\nb", "a\u{0}b"]
    )
    func headerInjection(_ value: String) async throws {
        let request = try assemble(.get("x")) { $0.headerFields = [QueryItem("X-Team", value)] }
        let failure = await #expect(throws: TransportFailure.self) {
            _ = try await CurlTransport().send(request.wire)
        }
        #expect(failure?.phase == .invalid)
        #expect(failure?.gatePassed == false)
    }
}

@Suite("Where a request may go")
struct RequestTargetTests {
    private func assemble(
        _ url: String,
        _ call: UpstreamCall = .status,
        base: BaseURL = "https://api.test/v1",
        hosts: Set<String> = [],
        trusted: [String] = []
    ) throws -> AssembledRequest {
        var instance = try Sample.instance(TrustingProvider(trusted: trusted), base)
        instance.headerFields = [QueryItem("X-Tenant", "secret-tenant")]
        let request = UpstreamRequest(method: .get, target: .server(try #require(WebURL(url))))
        return try RequestAssembler(
            instance: instance,
            baseURL: base,
            secret: try Sample.secret(),
            plainHTTPHosts: hosts
        ).assemble(request, for: call, at: UpstreamTime(milliseconds: 0))
    }

    @Test("A status URL out of a reply goes to the vendor's own origin, with the key")
    func own() throws {
        let request = try assemble("https://api.test/tasks/1")
        #expect(request.headerLines.contains { $0.name == "Authorization" })
        #expect(request.headerLines.contains { $0.name == "X-Tenant" })
    }

    @Test("To a host the descriptor declares it goes bare, without the key and without the user's own header lines")
    func declared() throws {
        let request = try assemble("https://queue.test/tasks/1", trusted: ["queue.test"])
        #expect(!request.headerLines.contains { $0.name == "Authorization" || $0.name == "X-Tenant" })
    }

    @Test("To any other host it does not go", arguments: [UpstreamCall.status, .result, .cancel, .delete, .lookup])
    func foreign(_ call: UpstreamCall) throws {
        let fault = #expect(throws: Fault.self) {
            try assemble("https://evil.test/tasks/1", call, trusted: ["queue.test"])
        }
        #expect(fault?.kind == .redirected)
        #expect(fault?.message.contains("https://evil.test") == true)
    }

    @Test("A base over plain http is refused with what would allow it, except on this machine")
    func plain() throws {
        let url = "http://relay.test/tasks/1"
        let fault = #expect(throws: Fault.self) { try assemble(url, base: "http://relay.test") }
        #expect(fault?.suggestion == "config allow_http relay.test")
        #expect(throws: Never.self) { try assemble(url, base: "http://relay.test", hosts: ["relay.test"]) }
        #expect(throws: Never.self) { try assemble("http://127.0.0.1:9/x", base: "http://127.0.0.1:9") }
    }
}

/// SiliconFlow with hosts of its own choice.
private struct TrustingProvider: VideoProvider {
    var descriptor: ProviderDescriptor
    private let inner = SiliconFlowProvider()

    init(trusted: [String]) {
        var descriptor = inner.descriptor
        descriptor.trustedHosts = trusted
        self.descriptor = descriptor
    }

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        try inner.submitRequest(submission)
    }
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome { try inner.receipt(in: reply) }
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest { try inner.statusRequest(for: receipt) }
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try inner.snapshot(in: reply, for: receipt)
    }
}
