import Testing
import VideoProviderKit
import VideoProviderTesting

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("The conformance suite")
struct ConformanceTests {
    private typealias ID = ConformanceReport.Finding.ID

    private static let expected: [(flaw: PretendProvider.Flaw, id: ConformanceReport.Finding.ID)] = [
        (.badDescriptor, .descriptor), (.requestChanges, .requestUnstable), (.requestHasKey, .requestSecret),
        (.promptInQuery, .requestLeak), (.refusesDrafts, .requestRefused), (.dropsSeed, .requestDropped),
        (.dropsExtras, .requestDropped),
        (.sendsConstant, .requestDiffers), (.joinsPaths, .pathEscaped), (.queryUnencoded, .pathEscaped),
        (.readsProgressWrong, .reading), (.readingChanges, .readingUnstable), (.insistsOnNumbers, .variation),
        (.insistsOnOrder, .variation), (.ignoresEnvelope, .variation), (.matchesPrefixes, .unknownWord),
        (.matchesCase, .variation), (.linkDecides, .statusDecides), (.handsOutEarly, .statusDecides),
        (.handsOutEarly, .mutationAsset), (.losesFaults, .fault), (.losesTrace, .fault),
        (.submitTimeoutIsRefusal, .fault), (.acceptsAnything, .faultAccepted), (.acceptsAnything, .mutationReceipt),
        (.guessesIDs, .mutationReceipt), (.successByDefault, .mutationSucceeded), (.inventsLinks, .mutationAsset),
        (.faultNeedsBody, .mutationFault), (.wrongUnreadable, .mutationUnreadable),
    ]

    @Test("finds nothing in a provider that conforms")
    func conforming() throws {
        let report = try Recorded().check(.none)
        #expect(report.findings == [])
        #expect(report.comparisons > 1000)
    }

    @Test("finds each flaw under the name of the rule it breaks", arguments: expected)
    func flaw(flaw: PretendProvider.Flaw, id: ConformanceReport.Finding.ID) throws {
        let report = try Recorded().check(flaw)
        #expect(report.findings.contains { $0.id == id }, "\(report)")
    }

    @Test("knows a flaw for every provider it pretends to be")
    func complete() {
        let tried = Set(Self.expected.map(\.flaw)).union([.none])
        #expect(tried == Set(PretendProvider.Flaw.allCases))
    }

    @Test("gives the same report each time")
    func deterministic() throws {
        let recorded = try Recorded()
        #expect(recorded.check(.successByDefault).findings == recorded.check(.successByDefault).findings)
    }

    @Test("says when there are no fixtures, or too few to prove anything")
    func noFixtures() throws {
        let missing = ProviderConformance(PretendProvider(.none), fixtures: "/nonexistent").run()
        #expect(missing.findings.map(\.id) == [.fixtures])
        let few = try Recorded(only: ["submit_200.json"]).check(.none)
        #expect(few.findings.contains { $0.id == .fixtures })
    }

    @Test("does not let an expectation pass that it cannot compare")
    func unknownExpectation() throws {
        let recorded = try Recorded(replacing: #""rawStatus""#, with: #""rawState""#)
        #expect(recorded.check(.none).findings.contains { $0.id == .reading && $0.message.contains("rawState") })
    }
}

/// A folder of fixtures for the pretended vendor, gone when the value is.
private final class Recorded {
    private let folder: String

    init(only files: Set<String>? = nil, replacing text: String = "", with other: String = "") throws {
        folder = FileManager.default.temporaryDirectory.path + "/reel-conformance-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let entries = Self.fixtures.filter { files?.contains($0.file) ?? true }
        for entry in entries { try Data(entry.body.utf8).write(to: URL(filePath: "\(folder)/\(entry.file)")) }
        let list = entries.map { #"{"file": "\#($0.file)", \#($0.facts)}"# }.joined(separator: ",\n")
        var index = #"{"version": 1, "envelopes": ["data"], "fixtures": [\#(list)]}"#
        if !text.isEmpty { index = index.replacing(text, with: other) }
        try Data(index.utf8).write(to: URL(filePath: "\(folder)/fixtures.json"))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func check(_ flaw: PretendProvider.Flaw) -> ConformanceReport {
        var conformance = ProviderConformance(PretendProvider(flaw), fixtures: folder)
        conformance.mutations = 50
        return conformance.run()
    }

    private static let trace = #""headers": {"X-Trace-Id": "t-1"}"#

    private static let fixtures: [(file: String, facts: String, body: String)] = [
        (
            "submit_request.json",
            #""direction": "request", "call": "submit", "endpoint": "POST /v1/tasks", "draft": {"model": "one", "prompt": "x"}"#,
            #"{"prompt": "x", "model": "one"}"#
        ),
        (
            "submit_200.json",
            #""direction": "response", "call": "submit", "endpoint": "POST /v1/tasks", "status": 200, \#(trace), "#
                + #""expect": {"outcome": "accepted", "id": "abc-1", "phase": "queued", "trace": "t-1"}"#,
            #"{"id": "abc-1", "status": "queued"}"#
        ),
        (
            "status_200_running.json",
            #""direction": "response", "call": "status", "status": 200, \#(trace), "#
                + #""expect": {"outcome": "snapshot", "phase": "running", "rawStatus": "processing", "progress": 0.4, "assets": []}"#,
            #"{"id": "abc-1", "status": "processing", "progress": 40, "url": null}"#
        ),
        (
            "status_200_done.json",
            #""direction": "response", "call": "status", "status": 200, "expect": {"outcome": "snapshot", "#
                + #""phase": "succeeded", "assets": [{"kind": "video", "url": "https://cdn.example/a.mp4"}], "fault": null}"#,
            #"{"id": "abc-1", "status": "done", "progress": 100, "url": "https://cdn.example/a.mp4"}"#
        ),
        (
            "error_401.json",
            #""direction": "response", "call": "any", "status": 401, \#(trace), "#
                + #""expect": {"outcome": "fault", "fault": {"kind": "auth", "code": "bad_key", "message": "no", "retry": "never"}}"#,
            #"{"error": {"code": "bad_key", "message": "no such key"}}"#
        ),
    ]
}
