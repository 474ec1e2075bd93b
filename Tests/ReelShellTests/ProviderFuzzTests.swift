import SiliconFlow
import SoraRelay
import TestSupport
import Testing
import VideoProviderKit
import VideoProviderTesting
import Xiexus

@Suite("Spoiled replies", .ownThread)
struct ProviderFuzzTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

    @Test(
        "However a recorded reply is spoiled, no provider crashes, invents an id or sees a success that is not there",
        arguments: ["SiliconFlow", "Xiexus", "SoraRelay"]
    )
    func run(_ name: String) {
        let provider: any VideoProvider =
            switch name {
            case "SiliconFlow": SiliconFlowProvider()
            case "Xiexus": XiexusProvider()
            default: SoraRelayProvider()
            }
        let campaign = Campaign("ProviderFuzzTests", short: 100, long: 300_000)
        var conformance = ProviderConformance(provider, fixtures: "\(Self.root)/Tests/\(name)Tests/Fixtures")
        conformance.mutations = campaign.rounds
        conformance.seed = String(campaign.seed)
        let report = conformance.run()
        #expect(report.findings == [], "\(campaign.replay)")
        campaign.report("\(name), \(report.comparisons) checks, 0 crashes, \(report.findings.count) findings")
    }
}
