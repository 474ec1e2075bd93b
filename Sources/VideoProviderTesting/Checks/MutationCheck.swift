import VideoProviderKit

/// Every recorded reply is broken in many ways; none crashes the reader and none makes it say what is not there.
struct MutationCheck {
    private let provider: any VideoProvider
    private let fixtures: FixtureSet
    private let rounds: Int
    private let seed: String
    private let reader: ReplyReader
    private let trace: FaultReading

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet, rounds: Int, seed: String) {
        self.seed = seed
        self.provider = provider
        self.fixtures = fixtures
        self.rounds = rounds
        reader = ReplyReader(provider: provider)
        trace = FaultReading(descriptor: provider.descriptor)
    }

    func run(_ report: inout ConformanceReport) {
        for fixture in fixtures.responses {
            let mutations = Mutations(bytes: fixture.bytes, name: fixture.file + seed)
            for call in fixture.calls.isEmpty ? [.submit, .status] : fixture.calls {
                mutations.each(rounds: rounds) { check($0, fixture, call, &report) }
            }
        }
    }

    private func check(
        _ bytes: [UInt8],
        _ fixture: Fixture,
        _ call: UpstreamCall,
        _ report: inout ConformanceReport,
    ) {
        report.comparisons += 1
        let reply = fixture.reply(bytes)
        let reading = reader.read(reply, call, fixture)
        let shown = { String(decoding: bytes.prefix(160), as: UTF8.self) }
        guard reply.isSuccess else {
            guard case .fault(let fault) = reading, fault.httpStatus == fixture.status,
                fixture.trace(named: provider.descriptor.traceHeaders).map({ id in
                    fault.traceIDs.contains { $0.value == id }
                }) ?? true
            else { return report.note(.mutationFault, "The failed call is lost in \(shown()).", fixture: fixture.file) }
            return
        }
        switch reading {
        case .unreadable(let fault) where fault.kind != .decoding:
            report.note(
                .mutationUnreadable,
                "It is called \(fault.kind.rawValue) and not decoding: \(shown()).",
                fixture: fixture.file
            )
        case .accepted(let outcome):
            if reply.document?.root.contains(text: outcome.receipt.taskID) != true {
                report.note(
                    .mutationReceipt,
                    "The id \(outcome.receipt.taskID) does not stand in \(shown()).",
                    fixture: fixture.file
                )
            }
        default: break
        }
        checkAssets(reading, reply, fixture, shown(), &report)
        // A result call is only made after the status call has said success.
        if call != .result, reading.snapshot?.phase == .succeeded, !saysSuccess(bytes, fixture, call) {
            report.note(.mutationSucceeded, "It is read as success: \(shown()).", fixture: fixture.file)
        }
    }

    private func checkAssets(
        _ reading: Reading,
        _ reply: UpstreamReply,
        _ fixture: Fixture,
        _ shown: String,
        _ report: inout ConformanceReport,
    ) {
        let assets = reading.assets
        guard !assets.isEmpty else { return }
        if let phase = reading.snapshot?.phase, phase != .succeeded {
            report.note(.mutationAsset, "It hands out a film while \(phase.name): \(shown)", fixture: fixture.file)
        }
        for case .remote(let url) in assets.map(\.source)
        where WebURL(url) == nil || reply.document?.root.contains(text: url) != true {
            report.note(.mutationAsset, "The link \(url) does not stand in \(shown)", fixture: fixture.file)
        }
    }

    /// Whether a word that means success stands where the provider looks.
    private func saysSuccess(_ bytes: [UInt8], _ fixture: Fixture, _ call: UpstreamCall) -> Bool {
        reader.words(in: bytes, fixture, call).contains {
            provider.descriptor.phase(for: $0.text) == .succeeded
        }
    }
}
