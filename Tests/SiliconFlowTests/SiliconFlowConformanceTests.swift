import SiliconFlow
import Testing
import VideoProviderTesting

@Test("SiliconFlow keeps the contract of a provider, on every recorded reply and every broken one")
func siliconFlowConforms() {
    let report = ProviderConformance(SiliconFlowProvider()).run()
    #expect(report.findings == [])
    #expect(report.comparisons > 10_000)
}
