import Testing
import VideoProviderKit
import VideoProviderTesting

@Suite("The vendors of the guide")
struct VendorConformanceTests {
    @Test(
        "keep the contract on every recorded reply and every broken one",
        arguments: [
            ("Replicate", ReplicateProvider() as any VideoProvider), ("Runway", RunwayProvider()),
            ("MiniMax", MiniMaxProvider()), ("Kling", KlingProvider()),
        ]
    )
    func conforms(folder: String, provider: any VideoProvider) {
        let report = ProviderConformance(provider, fixtures: "\(Checkout.examples)/\(folder)/Fixtures").run()
        #expect(report.findings == [])
        #expect(report.comparisons > 8000)
    }
}
