import VideoProviderKit

/// Replies vary as they do between real servers and releases, and are read the same.
struct VariationCheck {
    private let provider: any VideoProvider
    private let fixtures: FixtureSet
    private let reader: ReplyReader

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet) {
        self.provider = provider
        self.fixtures = fixtures
        reader = ReplyReader(provider: provider)
    }

    func run(_ report: inout ConformanceReport) {
        for fixture in fixtures.responses {
            guard let call = fixture.calls.first, fixture.calls.count == 1,
                let tree = JSONTree(parsing: fixture.bytes), case .object = tree
            else { continue }
            let original = reader.read(fixture.reply, call, fixture)
            if case .fault = original { continue }
            let harmless = HarmlessVariations(tree: tree).all
            for (what, changed) in harmless {
                expect(changed, original, what, call, fixture, &report)
            }
            guard original.snapshot != nil else { continue }
            if case .snapshot = original { envelopes(of: tree, original, call, fixture, &report) }
            words(in: tree, original, call, fixture, &report)
        }
    }

    private func expect(
        _ changed: JSONTree,
        _ original: Reading,
        _ what: String,
        _ call: UpstreamCall,
        _ fixture: Fixture,
        _ report: inout ConformanceReport,
    ) {
        let reading = reader.read(fixture.reply(changed.bytes), call, fixture)
        report.expect(
            reading.substance == original.substance,
            .variation,
            "With \(what) it is read as \(reading.substance), not as \(original.substance).",
            fixture: fixture.file
        )
    }

    private func envelopes(
        of tree: JSONTree,
        _ original: Reading,
        _ call: UpstreamCall,
        _ fixture: Fixture,
        _ report: inout ConformanceReport,
    ) {
        for envelope in fixtures.envelopes {
            if case .object(let members) = tree, members.contains(where: { $0.key == envelope }) { continue }
            let wrapped: [JSONTree] = [
                .object([("code", .string("success")), ("message", .string("")), (envelope, tree)]),
                .object([("code", .token("200")), (envelope, .array([tree]))]),
            ]
            for changed in wrapped { expect(changed, original, "the record in \(envelope)", call, fixture, &report) }
        }
    }

    /// The places where the status word stands: texts the provider looks at that are the word it reports.
    private func words(
        in tree: JSONTree,
        _ original: Reading,
        _ call: UpstreamCall,
        _ fixture: Fixture,
        _ report: inout ConformanceReport,
    ) {
        guard let snapshot = original.snapshot, let word = snapshot.word else { return }
        let places = reader.words(in: fixture.bytes, fixture, call).filter { $0.text == word }.map(\.path.steps)
        func reading(with replacement: String) -> Snapshot? {
            var changed: JSONTree? = tree
            for place in places { changed = changed?.replacing(place) { _ in .string(replacement) } }
            return reader.read(fixture.reply((changed ?? tree).bytes), call, fixture).snapshot
        }
        for spelling in [word.uppercased(), word.lowercased(), word.capitalized, " \(word)\n"] {
            report.expect(
                reading(with: spelling)?.phase.name == snapshot.phase.name,
                .variation,
                "Spelled \(spelling.debugDescription), \(word) no longer means \(snapshot.phase.name).",
                fixture: fixture.file
            )
        }
        for unknown in ["zz_brand_new", "\(word)_soon", "not_\(word)", "\(word)\(word)"]
        where provider.descriptor.phase(for: unknown) == .unknown(unknown) {
            report.expect(
                reading(with: unknown)?.phase == .unknown(unknown),
                .unknownWord,
                "The word \(unknown) is read as \(String(describing: reading(with: unknown)?.phase)).",
                fixture: fixture.file
            )
        }
        // With everything else as it was - links, errors, progress, inner records - another word means another phase.
        for other in ["queued", "running", "succeeded", "failed", "cancelled"] {
            let phase = provider.descriptor.phase(for: other)
            guard let read = reading(with: other) else { continue }
            let isRefined = phase == .queued && read.phase == .running
            report.expect(
                read.phase == phase || isRefined,
                .statusDecides,
                "With the word \(other) it is \(read.phase.name).",
                fixture: fixture.file
            )
            report.expect(
                read.phase == .succeeded || read.assets.isEmpty,
                .statusDecides,
                "With the word \(other) it hands out \(read.assets).",
                fixture: fixture.file
            )
        }
    }
}

/// Changes that say nothing new.
private struct HarmlessVariations {
    let tree: JSONTree

    var all: [(what: String, tree: JSONTree)] {
        let changes: [(String, (JSONTree) -> JSONTree?)] = [
            ("unknown members", Self.extended), ("members in reverse", Self.reversed),
            ("null members left out", Self.withoutNull), ("numbers as text", Self.numbersAsText),
            ("whole numbers in text as numbers", Self.textAsNumbers),
        ]
        return changes.compactMap { what, change in tree.mapped(change).map { (what, $0) } }
    }

    private static func extended(_ value: JSONTree) -> JSONTree? {
        // An empty object means "not there", so a member would change its meaning.
        guard case .object(let members) = value, !members.isEmpty else { return value }
        let more = JSONTree.object([("status", .string("failed")), ("id", .token("7")), ("error", .string("x"))])
        return .object([("zz_first", more)] + members + [("zz_last", .array([more, .token("1e400")]))])
    }

    private static func reversed(_ value: JSONTree) -> JSONTree? {
        guard case .object(let members) = value else { return value }
        return .object(members.reversed())
    }

    private static func withoutNull(_ value: JSONTree) -> JSONTree? {
        guard case .object(let members) = value else { return value }
        return .object(members.filter { $0.value != .token("null") })
    }

    private static func numbersAsText(_ value: JSONTree) -> JSONTree? {
        if case .token(let text) = value, value.isNumber { .string(text) } else { value }
    }

    private static func textAsNumbers(_ value: JSONTree) -> JSONTree? {
        guard case .string(let text) = value, let number = Int(text), String(number) == text else { return value }
        return .token(text)
    }
}

extension Reading {
    /// What a reading says, without how the vendor spelled it.
    var substance: String {
        switch self {
        case .accepted(let outcome): "accepted \(Self.substance(outcome.receipt)) \(Self.substance(outcome.snapshot))"
        case .snapshot(let snapshot): Self.substance(snapshot)
        case .tasks(let page):
            page.entries.map { "\(Self.substance($0.receipt)) \($0.tag ?? "") \($0.createdAt?.description ?? "")" }
                .joined(separator: ", ") + " \(page.hasMore)"
        default: String(describing: self)
        }
    }

    // A dictionary describes itself in an order of its own in each process.
    private static func substance(_ receipt: Receipt) -> String {
        let values = receipt.values.map { "\($0.key)=\($0.value)" }.sorted()
        return "\(receipt.version) \(receipt.taskID) \(values)"
    }

    private static func substance(_ snapshot: Snapshot) -> String {
        let progress = snapshot.progress.map { "\($0.fraction)" } ?? "-"
        return
            "\(snapshot.phase.name) \(progress) \(snapshot.queuePosition ?? -1) \(snapshot.assets) \(snapshot.facts) "
            + "\(String(describing: snapshot.fault?.kind)) \(snapshot.fault?.vendorCode ?? "") "
            + (snapshot.fault?.message ?? "")
    }
}

extension String {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
