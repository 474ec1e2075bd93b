import Testing
import VideoProviderTesting

@Suite("The provider of the guide")
struct LumenConformanceTests {
    @Test("keeps the contract with its ten lines")
    func ten() {
        let report = ProviderConformance(LumenProvider(), fixtures: "\(Checkout.examples)/Lumen/FirstFixtures").run()
        #expect(report.findings == [])
        #expect(report.comparisons > 4000)
    }

    @Test("keeps the contract when it is grown")
    func grown() {
        // snippet: lumen-conformance
        let report = ProviderConformance(GrownLumenProvider()).run()
        #expect(report.findings == [])
        // end
        #expect(report.comparisons > 8000)
    }
}
