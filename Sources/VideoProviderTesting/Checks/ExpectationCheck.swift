import VideoProviderKit

/// Every recorded reply is read as its fixture says, each time.
struct ExpectationCheck {
    private let provider: any VideoProvider
    private let fixtures: FixtureSet

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet) {
        self.provider = provider
        self.fixtures = fixtures
    }

    func run(_ report: inout ConformanceReport) {
        for call in [UpstreamCall.submit, .status] {
            report.expect(
                fixtures.responses.contains { $0.calls == [call] && (200..<300).contains($0.status) },
                .fixtures,
                "There is no successful reply to a \(call.rawValue) call among the fixtures."
            )
        }
        let reader = ReplyReader(provider: provider)
        for fixture in fixtures.responses {
            for call in fixture.calls.isEmpty ? reader.calls : fixture.calls {
                let reading = reader.read(fixture.reply, call, fixture)
                report.expect(
                    reading == reader.read(fixture.reply, call, fixture),
                    .readingUnstable,
                    "The reply was read in two ways.",
                    fixture: fixture.file
                )
                guard let expect = fixture.expect else { continue }
                let comparison = Comparison(
                    expect: expect,
                    reading: reading,
                    call: call,
                    fixture: fixture,
                    descriptor: provider.descriptor
                )
                report.comparisons += expect.members.count
                for difference in comparison.differences {
                    report.note(.reading, "As \(call.rawValue): \(difference)", fixture: fixture.file)
                }
            }
        }
    }
}
