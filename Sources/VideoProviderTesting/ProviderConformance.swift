public import VideoProviderKit

/// Proves that a provider keeps the contract of `VideoProvider`, against recorded replies and against replies broken
/// in every way a network or a vendor can break them.
///
/// ```swift
/// @Test("SiliconFlow conforms") func conforms() throws {
///     let report = ProviderConformance(SiliconFlowProvider()).run()
///     #expect(report.findings == [])
/// }
/// ```
///
/// Nothing is random: the same provider and folder give the same report.
///
/// # Fixtures
///
/// The folder holds bodies and a `fixtures.json` that says what each body is and how it should be read:
/// `{"version": 1, "envelopes": ["data"], "fixtures": [ENTRY…]}`; `envelopes` names the members in which the vendor's
/// servers are known to wrap a record. An entry holds:
///
/// | member | meaning |
/// |---|---|
/// | `file` | the body, raw bytes beside `fixtures.json` |
/// | `direction` | `response`, or `request` |
/// | `call` | submit, status, result, content, models, account, list, delete; `any` for replies to any call |
/// | `endpoint` | method and path, `POST /v1/videos` |
/// | `status`, `headers` | as received; null and as sent for a request |
/// | `body` | `json`, `form` (JSON that describes a form: `fields`, `file`), `text`, `empty` |
/// | `receipt` | `{taskID, values}` of the task asked about; a made-up one unless given |
/// | `draft` | for a request: the values to set, `raw` for undeclared members, `{"file": NAME}` for media bytes |
/// | `expect` | for a response: `outcome` (accepted, snapshot, fault, data) and the values to compare |
/// | `provenance`, `source`, `note` | where it comes from and why it is interesting |
///
/// In `expect`, a member that is absent is not compared and null means *must be absent*: `id`, `values` (of the
/// receipt), `phase`, `phaseAlso`, `rawStatus`, `progress`, `queuePosition`, `assets`, `fault` (`kind`, `kindAlso`,
/// `code`, `message` in part, `param`, `requestId`, `retry`, `retryAfter`), `trace`, `seconds`, `fps`, `width`,
/// `height`, `seed`, `inferenceSeconds`, `createdAt`, `updatedAt`, `completedAt`, `expiresAt`, `models`, `balance`,
/// `ids`, `hasMore`, `deleted`.
public struct ProviderConformance {
    let provider: any VideoProvider
    let folder: String

    /// The seeded mutations tried on each recorded reply, besides the systematic ones.
    public var mutations = 1000

    /// Chooses other random mutations than those of every run.
    public var seed = ""

    /// Prepares to check `provider` against the fixtures in the folder at `path`.
    public init(_ provider: any VideoProvider, fixtures path: String) {
        self.provider = provider
        folder = path
    }

    /// Prepares to check `provider` against the folder `Fixtures` beside the file that calls this.
    public init(_ provider: any VideoProvider, besides file: String = #filePath) {
        let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
        self.init(provider, fixtures: "\(folder)/Fixtures")
    }

    /// Runs every check.
    ///
    /// A provider that crashes ends the process, which is a finding too.
    public func run() -> ConformanceReport {
        var report = ConformanceReport()
        DescriptorCheck(provider).run(&report)
        guard report.conforms else { return report }
        let fixtures: FixtureSet
        do { fixtures = try FixtureSet(folder: folder) } catch {
            report.note(.fixtures, error.message)
            return report
        }
        RequestCheck(provider, fixtures).run(&report)
        PathCheck(provider, fixtures).run(&report)
        ExpectationCheck(provider, fixtures).run(&report)
        VariationCheck(provider, fixtures).run(&report)
        FaultCheck(provider, fixtures).run(&report)
        MutationCheck(provider, fixtures, rounds: mutations, seed: seed).run(&report)
        return report
    }
}
