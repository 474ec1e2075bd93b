import Transport
package import VideoProviderKit

/// What a provider reads in replies, without a key that the server said back: a fault is shown before it is journaled.
///
/// The one reader of answers as they come and of recorded ones, so that both are taken for the same.
package struct ProviderReading: Sendable {
    /// Whose replies are read.
    package let provider: any VideoProvider
    let redactor: Redactor

    /// Makes the reader of `provider`'s replies.
    package init(provider: any VideoProvider, redactor: Redactor) {
        self.provider = provider
        self.redactor = redactor
    }

    /// What the reply says went wrong, nil when it is a good one.
    package func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        let read = provider.fault(in: reply, during: call).map(clean)
        guard call == .content else { return read }
        // Of a film the bytes say whether it is one, see `Engine.fetch(_:_:)`.
        guard !reply.isSuccess else { return nil }
        var fault = read ?? Fault(.server, "The server answered \(reply.status).")
        if read == nil { fault.speaker = .reel }
        fault.httpStatus = reply.status
        // Storage refuses a link that is over; whoever holds a link needs no other right.
        if [401, 403, 404, 410].contains(reply.status) { fault.kind = .expired }
        return fault
    }

    /// The ids in the reply that a support team can use.
    package func traceIDs(in reply: UpstreamReply, during call: UpstreamCall? = nil) -> [TraceID] {
        FaultReading(descriptor: provider.descriptor).traceIDs(in: reply, during: call).map(clean)
    }

    /// The ids in what came of an answer that broke off.
    func traceIDs(in failure: TransportFailure, during call: UpstreamCall) -> [TraceID] {
        failure.partial.map { traceIDs(in: $0.upstream, during: call) } ?? []
    }

    /// The state of the task in a reply to a poll.
    ///
    /// - Throws: also when the reply is about another task, whose film would be taken for this one's.
    package func snapshot(in reply: UpstreamReply, for receipt: Receipt) throws(Fault) -> Snapshot {
        try read(reply) { provider throws(Fault) in
            let snapshot = try provider.snapshot(in: reply, for: receipt)
            if let id = snapshot.taskID, id != receipt.taskID {
                throw Fault(.decoding, "The reply is about the task \(id), not about \(receipt.taskID).")
            }
            return snapshot
        }
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
            if fault.httpStatus == nil { fault.speaker = .reel }
            fault.httpStatus = fault.httpStatus ?? reply.status
            if fault.traceIDs.isEmpty { fault.traceIDs = traceIDs(in: reply) }
            throw fault
        }
    }

    private func clean(_ fault: Fault) -> Fault {
        var fault = fault
        fault.message = redactor.scrub(fault.message)
        fault.vendorCode = fault.vendorCode.map(redactor.scrub)
        fault.traceIDs = fault.traceIDs.map(clean)
        return fault
    }

    private func clean(_ trace: TraceID) -> TraceID { TraceID(name: trace.name, value: redactor.scrub(trace.value)) }
}
