import VideoProviderKit

/// Requests are the same for the same draft, hold all that was given, hold no key, and match the recorded ones.
struct RequestCheck {
    private let provider: any VideoProvider
    private let fixtures: FixtureSet

    init(_ provider: any VideoProvider, _ fixtures: FixtureSet) {
        self.provider = provider
        self.fixtures = fixtures
    }

    func run(_ report: inout ConformanceReport) {
        for draft in SampleDrafts(descriptor: provider.descriptor).all { check(draft, &report) }
        for request in freeRequests { checkSecrets(request, &report) }
        for fixture in fixtures.requests { compare(fixture, &report) }
    }

    private func check(_ draft: Draft, _ report: inout ConformanceReport) {
        let descriptor = provider.descriptor
        let errors = draft.problems(for: descriptor).filter { $0.severity == .error }
        let submission = Submission(draft, for: descriptor, tag: "tag-1")
        guard errors.isEmpty, let request = try? provider.submitRequest(submission),
            let again = try? provider.submitRequest(Submission(draft, for: descriptor, tag: "tag-1"))
        else {
            let why = errors.first?.message ?? "submitRequest throws for it"
            report.note(.requestRefused, "A draft made from the schema is refused (\(why)): \(summary(draft)).")
            return
        }
        report.expect(
            request == again && request.body.rendered() == again.body.rendered(),
            .requestUnstable,
            "Two requests from the same draft differ: \(summary(draft))."
        )
        checkSecrets(request, &report)
        let address = "\(request.target) \(request.query) \(request.headerFields)"
        report.expect(
            !address.contains("canary"),
            .requestLeak,
            "The prompt stands in the address or the header fields."
        )
        let sent = SentValues(request.body)
        if draft[extra: SampleDrafts.extraName] != nil {
            report.expect(
                sent.contains(SampleDrafts.extraName),
                .requestDropped,
                "An undeclared member that the user added is not sent: \(summary(draft))."
            )
        }
        for parameter in descriptor.parameters {
            guard let place = parameter.wire.name, draft[parameter.name] != nil else { continue }
            report.expect(
                sent.contains(place),
                .requestDropped,
                "\(parameter.name) was given and is not sent as \(place): \(summary(draft))."
            )
        }
    }

    private func checkSecrets(_ request: UpstreamRequest, _ report: inout ConformanceReport) {
        let fields: Set = ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key"]
        let items: Set = ["key", "api_key", "apikey", "token", "access_token"]
        for field in request.headerFields {
            report.expect(
                !fields.contains(field.name.canonicalName),
                .requestSecret,
                "The request has a field \(field.name); the engine attaches credentials."
            )
        }
        for item in request.query {
            report.expect(
                !items.contains(item.name.lowercased()),
                .requestSecret,
                "The request has a query item \(item.name); the engine attaches credentials."
            )
        }
    }

    private var freeRequests: [UpstreamRequest] {
        var requests = [try? provider.statusRequest(for: Receipt(taskID: "task-1"))]
        if let provider = provider as? any ListsModels { requests.append(try? provider.modelsRequest()) }
        if let provider = provider as? any ChecksAccount { requests.append(try? provider.accountRequest()) }
        if let provider = provider as? any Reconciles {
            requests += [try? provider.tasksRequest(after: nil), try? provider.tasksRequest(after: "task-1")]
        }
        return requests.compactMap(\.self)
    }

    private func compare(_ fixture: Fixture, _ report: inout ConformanceReport) {
        let request: UpstreamRequest
        do { request = try build(fixture) } catch {
            report.note(.requestDiffers, "The recorded request cannot be built: \(error)", fixture: fixture.file)
            return
        }
        report.expect(
            request.method == fixture.request.method && request.target == fixture.request.target,
            .requestDiffers,
            "The request goes to \(request.method) \(request.target), not to \(fixture.endpoint).",
            fixture: fixture.file
        )
        let expected = JSONTree(parsing: fixture.bytes)
        let built = fixture.form == "form" ? SentValues(request.body).form : SentValues(request.body).json
        report.expect(
            built != nil && built == expected,
            .requestDiffers,
            "The body is \(built.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "of another kind").",
            fixture: fixture.file
        )
    }

    private func build(_ fixture: Fixture) throws -> UpstreamRequest {
        guard fixture.calls == [.submit] else { return try provider.statusRequest(for: fixture.receipt) }
        let descriptor = provider.descriptor
        let draft = try RecordedDraft(descriptor: descriptor).draft(fixture.draft)
        if let problem = draft.problems(for: descriptor).first(where: { $0.severity == .error }) { throw problem }
        return try provider.submitRequest(Submission(draft, for: descriptor))
    }

    private func summary(_ draft: Draft) -> String {
        draft.values.map { "\($0.key)=\($0.value.text.prefix(30))" }.joined(separator: " ")
    }
}
