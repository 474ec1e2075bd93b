import Testing
import VideoProviderTesting
import Xiexus

@Test("Xiexus keeps the contract of a provider, on every recorded reply and every broken one")
func xiexusConforms() {
    let report = ProviderConformance(XiexusProvider()).run()
    #expect(report.findings == [])
    #expect(report.comparisons > 10_000)
}
