import VideoProviderKit

/// What a provider reads in replies, without a key that the server said back: a fault is shown before it is journaled.
struct ProviderReading: Sendable {
    let provider: any VideoProvider
    let redactor: Redactor

    /// What the reply says went wrong, nil when it is a good one.
    func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        provider.fault(in: reply, during: call).map(clean)
    }

    /// The ids in the reply that a support team can use.
    func traceIDs(in reply: UpstreamReply) -> [TraceID] {
        FaultReading(descriptor: provider.descriptor).traceIDs(in: reply)
    }

    /// The state of the task in a reply to a poll.
    func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try read(reply) { provider throws(Fault) in try provider.snapshot(in: reply, for: receipt) }
    }

    /// What `reading` makes of a reply.
    ///
    /// - Throws: its fault, with the reply's status and trace ids.
    func read<Value>(
        _ reply: UpstreamReply,
        _ reading: (any VideoProvider) throws(Fault) -> Value
    ) throws(Fault) -> Value {
        do throws(Fault) { return try reading(provider) } catch {
            var fault = clean(error)
            fault.httpStatus = fault.httpStatus ?? reply.status
            if fault.traceIDs.isEmpty { fault.traceIDs = traceIDs(in: reply) }
            throw fault
        }
    }

    private func clean(_ fault: Fault) -> Fault {
        var fault = fault
        fault.message = redactor.scrub(fault.message)
        return fault
    }
}
