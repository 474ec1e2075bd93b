import VideoProviderKit

/// No id, however made, changes which address is asked: it stays one path segment, one query value or one JSON text.
struct PathCheck {
    private let provider: any VideoProvider
    private let fixtures: FixtureSet
    private let base: BaseURL = "https://vendor.example/root"

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet) {
        self.provider = provider
        self.fixtures = fixtures
    }

    static let hostileIDs = [
        "", ".", "..", "../x", "../../v1/user/info", "a/b", "/etc", "//evil.example", "https://evil.example/x", "?",
        "x?y=1", "#", "x#y", "%2e%2e", "%2E%2e%2fx", "%00", "\u{0}", "a\r\nHost: evil.example", "\n", " ", "a b",
        "sora-2:task_01", "任务编号", "🎬", "x&id=y", "x=y", "+", "\\", "..\\x", ";", "@evil.example", ":80/",
        "\"}", String(repeating: "a", count: 4096), String(repeating: "../", count: 1000),
    ]

    func run(_ report: inout ConformanceReport) {
        for values in receiptValues {
            for (call, build) in builders {
                guard let plain = try? address(build(Receipt(taskID: "PLAIN", values: values))) else { continue }
                for id in Self.hostileIDs {
                    guard let hostile = try? address(build(Receipt(taskID: id, values: values))) else {
                        // Refusing an id is as good as encoding it, but ids with a colon are ordinary.
                        report.expect(
                            id != "sora-2:task_01",
                            .pathEscaped,
                            "The ordinary id \(id) is refused by \(call)."
                        )
                        continue
                    }
                    report.expect(
                        hostile.isSame(as: plain, id: id),
                        .pathEscaped,
                        "The id \(id.prefix(40).debugDescription) makes \(call) ask \(hostile.path.prefix(80))."
                    )
                }
            }
        }
    }

    private typealias Builder = (Receipt) throws -> UpstreamRequest

    private var builders: [(String, Builder)] {
        let provider = provider
        var builders: [(String, Builder)] = [("status", { try provider.statusRequest(for: $0) })]
        if let provider = provider as? any Cancels {
            builders.append(("cancel", { try provider.cancelRequest(for: $0) }))
        }
        if let provider = provider as? any DeletesTasks {
            builders.append(("delete", { try provider.deleteRequest(for: $0) }))
        }
        if let provider = provider as? any FetchesResult {
            builders.append(
                ("result", { try provider.resultRequest(for: $0, after: Snapshot(phase: .succeeded)) ?? .get("") })
            )
        }
        for fixture in fixtures.responses where fixture.calls == [.status] {
            builders.append(("content", { try Self.content(provider, fixture, $0) }))
        }
        return builders
    }

    private struct NoEndpoint: Error {}

    /// The download of a film at an authenticated endpoint, for replies that lead to one.
    private static func content(
        _ provider: any VideoProvider,
        _ fixture: Fixture,
        _ receipt: Receipt
    ) throws
        -> UpstreamRequest
    {
        for asset in try provider.snapshot(in: fixture.reply, for: receipt).assets {
            if case .endpoint(let path) = asset.source { return .get(UpstreamPath(encoded: path)) }
        }
        throw NoEndpoint()
    }

    /// The kinds of receipts the provider gives out, as far as the fixtures show them.
    private var receiptValues: Set<[String: String]> {
        var values: Set<[String: String]> = [[:]]
        for fixture in fixtures.responses {
            values.insert(fixture.receipt.values)
            if fixture.calls == [.submit], let outcome = try? provider.receipt(in: fixture.reply, of: fixture.request) {
                values.insert(outcome.receipt.values)
            }
        }
        return values
    }

    private func address(_ request: UpstreamRequest) throws -> RequestAddress {
        try RequestAddress(request, base: base)
    }
}

/// An address in the parts a server acts on.
private struct RequestAddress {
    var path: String
    private var segments: [Substring]
    private var items: [QueryItem]
    private var body: String

    init(_ request: UpstreamRequest, base: BaseURL) throws {
        let url = try request.url(below: base)
        path = String(url.prefix { $0 != "?" && $0 != "#" })
        segments = path.split(separator: "/", omittingEmptySubsequences: false)
        items = request.query
        // The query as a server reads it: an id must not have added an item of its own.
        let raw = url.dropFirst(path.count + 1).split(separator: "&")
        if raw.count != items.count { items = raw.map { QueryItem(String($0), "") } }
        body = String(decoding: request.body.rendered().bytes, as: UTF8.self)
    }

    /// Whether this is `plain` with `id` in place of `PLAIN`, and nothing else.
    func isSame(as plain: RequestAddress, id: String) -> Bool {
        guard segments.count == plain.segments.count, items.count == plain.items.count else { return false }
        for (mine, theirs) in zip(segments, plain.segments) {
            if theirs == "PLAIN" {
                guard mine == PercentEncoding.segment(id), !["", ".", ".."].contains(mine) else { return false }
            } else if mine != theirs {
                return false
            }
        }
        for (mine, theirs) in zip(items, plain.items) {
            guard mine.name == theirs.name, mine.value == theirs.value.replacing("PLAIN", with: id) else {
                return false
            }
        }
        guard !plain.body.isEmpty else { return body.isEmpty }
        let quoted = String(decoding: JSONText.quoted(id), as: UTF8.self)
        return body == plain.body.replacing("\"PLAIN\"", with: quoted)
    }
}
