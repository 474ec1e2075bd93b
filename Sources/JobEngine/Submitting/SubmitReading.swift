import LosslessJSON
package import Transport
package import VideoProviderKit

/// Reads what came of a create call for ``SubmitJudge``.
package struct SubmitReading: Sendable {
    private let reading: ProviderReading
    private let request: UpstreamRequest

    /// Reads answers to `request`.
    package init(_ reading: ProviderReading, _ request: UpstreamRequest) {
        self.reading = reading
        self.request = request
    }

    /// What a complete reply says.
    package func attempt(_ reply: UpstreamReply) -> SubmitJudge.Attempt {
        let isVendors = rules.isVendorError(reply)
        if var fault = reading.fault(in: reply, during: .submit) {
            fault.candidates = task(named: reply).map { [$0] }
            return .reply(status: reply.status, .failure(fault), isVendors: isVendors)
        }
        do throws(Fault) {
            let outcome = try reading.read(reply) { provider throws(Fault) in
                try provider.receipt(in: reply, of: request)
            }
            return .reply(status: reply.status, .success(outcome), isVendors: isVendors)
        } catch {
            return .reply(status: reply.status, .failure(error), isVendors: isVendors)
        }
    }

    /// What a transport failure says, with what is left of the answer when that was a refusal.
    package func attempt(_ failure: TransportFailure) -> SubmitJudge.Attempt {
        guard failure.gatePassed, failure.phase == .receiving, let partial = failure.partial,
            !(200..<300).contains(partial.status), var fault = reading.fault(in: partial.upstream, during: .submit)
        else { return .failure(failure) }
        (fault.message, fault.phase) = (failure.fault.message, failure.phase.rawValue)
        if let whole = CutJSON.completed(partial.body) {
            let reply = UpstreamReply(status: partial.status, body: whole)
            fault.candidates = task(named: reply).map { [$0] }
        }
        return .failure(failure, answered: fault)
    }

    /// The task that a refusal names all the same; nil when the id in it is that of the request.
    ///
    /// Vendors put ids of requests and of traces into their errors. Beside an error only a status word that is a task's
    /// makes an id one.
    private func task(named reply: UpstreamReply) -> String? {
        guard !reply.isSuccess, reply.root.kind == .object else { return nil }
        let accepted = UpstreamReply(status: 200, headerFields: reply.headerFields, body: reply.body)
        guard let outcome = try? reading.provider.receipt(in: accepted, of: request) else { return nil }
        let id = outcome.receipt.taskID
        guard !reading.traceIDs(in: reply, during: .submit).contains(where: { $0.value == id }) else { return nil }
        let isError = rules.isError(reply) || rules.rule(in: reply, during: .submit)?.accepted == .no
        return !isError || speaksOfLife(reply.record) ? reading.redactor.scrub(id) : nil
    }

    private func speaksOfLife(_ record: ReplyValue) -> Bool {
        let word = record.first(of: "status", "task_status", "state").text
        return switch word.map({ reading.provider.descriptor.phase(for: $0) }) {
        case .queued, .running, .succeeded: true
        default: false
        }
    }

    private var rules: FaultReading { FaultReading(descriptor: reading.provider.descriptor) }
}

extension SubmitJudge.Attempt {
    /// What went wrong; nil for an accepted submit.
    var fault: Fault? {
        switch self {
        case .failure(let failure, let answered): answered ?? failure.fault
        case .reply(_, .failure(let fault), _): fault
        case .reply(_, .success, _): nil
        }
    }
}
