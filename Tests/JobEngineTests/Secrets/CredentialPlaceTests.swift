import HTTPTypes
import JobEngine
import Journal
import SiliconFlow
import TestSupport
import Testing
import Transport
import VideoProviderKit

/// SiliconFlow with another way of carrying its key.
private struct KeyedProvider: SignsRequests {
    var descriptor: ProviderDescriptor
    private let inner = SiliconFlowProvider()

    init(_ authentication: Authentication) {
        descriptor = inner.descriptor
        descriptor.authentication = authentication
    }

    func submitRequest(_ submission: Submission) throws(Fault) -> UpstreamRequest {
        try inner.submitRequest(submission)
    }
    func receipt(in reply: UpstreamReply) throws(Fault) -> SubmitOutcome { try inner.receipt(in: reply) }
    func statusRequest(for receipt: Receipt) throws(Fault) -> UpstreamRequest { try inner.statusRequest(for: receipt) }
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try inner.snapshot(in: reply, for: receipt)
    }
    func authorization(
        for request: UpstreamRequest,
        signer: some RequestSigner,
        at time: UpstreamTime
    ) throws(Fault) -> HTTPFields { [.authorization: "Bearer eyJsigned.payload.signature"] }
}

@Suite("Credentials are masked where they stand, however short they are", .serialized)
struct CredentialPlaceTests {
    private static let ways: [(Authentication, String)] = [
        (.bearer, "k7"), (.header(.authorization, prefix: "Key "), "k7"), (.query("key"), "k7"),
        (.signed, "eyJsigned.payload.signature"), (.bearer, "a-longer-key-0815"),
    ]

    @Test("A preview and the journal show the mask, and the wire the key", arguments: 0..<ways.count)
    func masked(_ way: Int) async throws {
        let (authentication, secret) = Self.ways[way]
        let key = secret.hasPrefix("eyJ") ? "id.k7" : secret
        let server = try RawServer([.readRequest, .answer("200 OK", Vendor.siliconflow.acceptance())])
        let change: (inout ProviderInstance) -> Void = { instance in
            instance.provider = KeyedProvider(authentication)
            instance.credentials = Secret(key).map { [.fixed($0)] } ?? []
        }
        try await FaultHouse.run(server, instance: change) { house in
            let preview = try await house.engine.preview(house.vendor.draft("a cat"), to: house.instance)
            #expect(!preview.masked.head.contains(secret))
            #expect(preview.head.contains(secret))
            _ = try await house.submit()
            let sent = String(decoding: try #require(server.log.requests.first), as: UTF8.self)
            #expect(sent.contains(secret))
            let kept = try #require(try await house.journal.exchange(1))
            #expect(!String(decoding: kept.requestHead, as: UTF8.self).contains(secret))
            #expect(!kept.url.contains(secret))
            #expect(String(decoding: kept.requestHead, as: UTF8.self).contains("..."))
        }
    }

    @Test("Case 77: a key that a reply echoes is kept as a gap that tells itself from the server's words")
    func echoed() async throws {
        let body = #"{"code":1,"message":"Incorrect API key provided: \#(Emulation.key)"}"#
        let server = try RawServer([
            .readRequest, .answer("401 Unauthorized", body, ["X-Echo: Bearer \(Emulation.key)"]),
        ])
        try await FaultHouse.run(server) { house in
            let report = try await house.submit()
            let kept = try #require(try await house.journal.exchange(1))
            let text = String(decoding: try #require(kept.replyBody), as: UTF8.self)
            #expect(text.contains("Incorrect API key provided: [key "))
            #expect(!text.contains(Emulation.key))
            #expect(!String(decoding: kept.replyHead, as: UTF8.self).contains(Emulation.key))
            #expect(kept.fault?.message.contains(Emulation.key) == false)
            #expect(report.end.name == "rejected")
        }
    }

    @Test("No fault says a key that a server said back", arguments: ["submit", "adopt", "http", "list"])
    func unsaid(_ way: String) async throws {
        let body = #"{"code":1,"message":"Incorrect API key provided: \#(Emulation.key)"}"#
        let server = try RawServer([.readRequest, .answer("401 Unauthorized", body)])
        try await FaultHouse.run(server) { house in
            let fault: Fault?
            switch way {
            case "submit": fault = try await house.submit().end.fault
            case "adopt":
                fault = await #expect(throws: Fault.self) {
                    try await house.engine.adopt("t1", at: house.instance)
                }
            case "http":
                let request = UpstreamRequest.get("v1/models")
                fault = try await house.engine.callByHand(request, .models, house.instance).fault
            default:
                let request = UpstreamRequest.get("v1/models")
                fault = await #expect(throws: Fault.self) {
                    try await house.engine.callFree(request, .models, house.instance)
                }
            }
            let message = try #require(fault?.message)
            #expect(message.contains("Incorrect API key provided"))
            #expect(!message.contains(Emulation.key))
        }
    }

    @Test("Case 79: a draft that holds the key is refused before anything is stored or sent")
    func inDraft() async throws {
        let server = try RawServer([.readRequest])
        try await FaultHouse.run(server) { house in
            let report = try await house.submit("a cat with \(Emulation.key)")
            #expect(report.end.name == "unsent")
            #expect(report.end.fault?.message.contains("holds a key") == true)
            let states = try house.statesOnDisk
            #expect(states.isEmpty)
            #expect(server.log.connections == 0)
        }
    }
}
