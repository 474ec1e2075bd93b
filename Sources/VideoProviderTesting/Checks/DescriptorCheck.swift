import VideoProviderKit

/// The descriptor can be registered and stays what it is.
struct DescriptorCheck {
    private let provider: any VideoProvider

    init(_ provider: any VideoProvider) { self.provider = provider }

    func run(_ report: inout ConformanceReport) {
        report.comparisons += 1
        for rejection in ProviderRegistry([provider]).rejected {
            for problem in rejection.problems { report.note(.descriptor, problem) }
        }
        let (first, second) = (provider.descriptor, provider.descriptor)
        report.expect(
            first.parameters == second.parameters && first.id == second.id,
            .descriptor,
            "The descriptor is not the same each time."
        )
        for parameter in first.parameters {
            report.expect(
                parameter.help.hasSuffix("."),
                .descriptor,
                "The help of \"\(parameter.name)\" is no full sentence: \(parameter.help)"
            )
        }
    }
}
