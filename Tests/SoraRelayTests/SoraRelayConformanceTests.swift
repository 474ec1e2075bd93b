import SoraRelay
import Testing
import VideoProviderTesting

@Test("SoraRelay keeps the contract of a provider, on every recorded reply and every broken one")
func soraRelayConforms() {
    let report = ProviderConformance(SoraRelayProvider()).run()
    #expect(report.findings == [])
    #expect(report.comparisons > 10_000)
}
