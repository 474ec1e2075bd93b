import Testing
import VideoProviderKit

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("What is stored is read again")
struct CodableTests {
    private func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    @Test("a receipt with its origin")
    func receipt() throws {
        var receipt = Receipt(taskID: "sora-2:task_01", values: ["form": "unified"], version: 2)
        receipt.origin = Receipt.Origin(
            instance: "sorarelay@work",
            baseURL: "https://h/v1",
            account: "ab12",
            model: "sora-2"
        )
        #expect(try roundTrip(receipt) == receipt)
    }

    @Test("a fault with all that is known of it")
    func fault() throws {
        var fault = Fault(.rateLimited, "TPM limit reached", code: "429")
        fault.httpStatus = 429
        fault.retryAfter = .milliseconds(1500)
        fault.sent = .partly
        fault.accepted = .no
        fault.isPermanent = true
        fault.traceIDs = [TraceID(name: "x-trace-id", value: "t1")]
        fault.exchange = 7
        #expect(try roundTrip(fault) == fault)
    }

    @Test(
        "every phase, unknown words included",
        arguments: [
            .queued, .running, .succeeded, .failed, .cancelled, .expired, .unknown(""), .unknown("a:b"),
            .unknown("queued"),
        ] as [Phase]
    )
    func phase(phase: Phase) throws { #expect(try roundTrip([phase]) == [phase]) }

    @Test("assets of every source")
    func assets() throws {
        let assets = [
            Asset(kind: .video, source: .remote("https://h/a?x=%2F")), Asset(kind: .gif, source: .inline("AAAA")),
            Asset(kind: .video, source: .endpoint("v1/videos/x/content")),
        ]
        #expect(try roundTrip(assets) == assets)
    }
}
