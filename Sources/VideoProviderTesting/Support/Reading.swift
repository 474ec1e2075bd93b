import VideoProviderKit

/// What a provider makes of a reply, as a value to compare.
enum Reading: Hashable {
    case accepted(SubmitOutcome)
    case snapshot(Snapshot)
    case models([ModelAdvice])
    case account(AccountReport)
    case tasks(TaskPage)
    case deleted(Bool)
    case assets([Asset])
    /// The call failed.
    case fault(Fault)
    /// The reply holds nothing that could be read.
    case unreadable(Fault)
    /// The provider has no such call.
    case notOffered

    var snapshot: Snapshot? {
        switch self {
        case .accepted(let outcome): outcome.snapshot
        case .snapshot(let snapshot): snapshot
        default: nil
        }
    }

    var assets: [Asset] {
        if case .assets(let assets) = self { return assets }
        return snapshot?.assets ?? []
    }
}

/// Reads replies the way the engine does: first for a fault of the call, then by the purpose of the call.
struct ReplyReader {
    let provider: any VideoProvider

    func read(_ reply: UpstreamReply, _ call: UpstreamCall, _ fixture: Fixture) -> Reading {
        if let fault = provider.fault(in: reply, during: call) { return .fault(fault) }
        do throws(Fault) {
            return try answer(reply, call, fixture)
        } catch {
            return .unreadable(error)
        }
    }

    func answer(_ reply: UpstreamReply, _ call: UpstreamCall, _ fixture: Fixture) throws(Fault) -> Reading {
        switch call {
        case .submit: return .accepted(try provider.receipt(in: reply, of: fixture.request))
        case .status: return .snapshot(try provider.snapshot(in: reply, for: fixture.receipt))
        case .content: return .assets(provider.contentAssets(in: reply))
        case .models: if let provider = provider as? any ListsModels { return .models(try provider.models(in: reply)) }
        case .account:
            if let provider = provider as? any ChecksAccount { return .account(try provider.account(in: reply)) }
        case .lookup: if let provider = provider as? any Reconciles { return .tasks(try provider.tasks(in: reply)) }
        case .delete:
            if let provider = provider as? any DeletesTasks { return .deleted(try provider.deleted(in: reply)) }
        case .result:
            if let provider = provider as? any FetchesResult {
                let before = Snapshot(phase: .succeeded)
                return .snapshot(try provider.snapshot(inResult: reply, for: fixture.receipt, after: before))
            }
        case .cancel, .upload, .free: break
        }
        return .notOffered
    }

    /// The calls that a reply marked `any` may answer.
    var calls: [UpstreamCall] {
        var calls: [UpstreamCall] = [.submit, .status, .content]
        if provider is any ListsModels { calls.append(.models) }
        if provider is any ChecksAccount { calls.append(.account) }
        if provider is any Reconciles { calls.append(.lookup) }
        if provider is any DeletesTasks { calls.append(.delete) }
        if provider is any FetchesResult { calls.append(.result) }
        return calls
    }

    /// The paths of texts that the provider reads as words, with those texts.
    func words(in bytes: [UInt8], _ fixture: Fixture, _ call: UpstreamCall) -> [(path: JSONPath, text: String)] {
        let recorder = ReadingRecorder()
        let reply = UpstreamReply(
            status: fixture.status,
            headerFields: fixture.headers,
            body: bytes,
            recorder: recorder
        )
        guard (try? answer(reply, call, fixture)) != nil, let root = reply.document?.root else { return [] }
        return recorder.readings.compactMap { reading in
            guard reading.found, let text = root[reading.path]?.string else { return nil }
            return (reading.path, text.trimmingBlanks)
        }
    }
}
