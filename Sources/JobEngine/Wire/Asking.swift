import Journal
import Transport
package import VideoProviderKit

/// A call that may be repeated, and what came of it.
struct Asked: Sendable {
    /// The reply as a provider reads it, or the transport's failure.
    var result: Result<UpstreamReply, TransportFailure>
    /// What is wrong with it, by the provider's reading.
    var fault: Fault?
    /// The exchange, not yet stored.
    var record: ExchangeRecord
}

extension Engine {
    /// Sends a call that may be repeated: a poll, a list, a check.
    ///
    /// Never a submit.
    ///
    /// - Throws: ``Fault`` when the request cannot be made; transport failures are in the result.
    func ask(
        _ request: UpstreamRequest,
        _ call: UpstreamCall,
        _ instance: ProviderInstance,
        _ base: BaseURL,
        limits: WireLimits? = nil,
    ) async throws(Fault) -> Asked {
        let secret = try await secret(for: instance)
        let assembler = self.assembler(instance, base, secret)
        let assembled = try assembler.assemble(request, for: call, at: clock.wall)
        var wire = assembled.wire
        wire.limits = limits ?? settings.pollLimits
        wire.limits.body = instance.descriptor.replyLimit.bytes
        wire.acceptsCompression = true
        wire.addressCheck = addressCheck(assembled.url, base: base)
        wire.caFile = instance.caFile
        let making = making(assembled, instance)
        do throws(TransportFailure) {
            let reply = try await transport.send(wire)
            let upstream = reply.upstream
            let reading = reading(instance)
            let fault = reading.fault(in: upstream, during: call)
            let record = making.record(reply, job: nil, fault: fault, traceIDs: reading.traceIDs(in: upstream))
            return Asked(result: .success(upstream), fault: fault, record: record)
        } catch {
            return Asked(
                result: .failure(error),
                fault: error.fault,
                record: making.record(error, job: nil, fault: error.fault)
            )
        }
    }

    /// Sends a call beside any job and stores its exchange: a model list, a check of the key.
    ///
    /// - Throws: ``Fault`` with the exchange's number when the call failed.
    package func callFree(
        _ request: UpstreamRequest,
        _ call: UpstreamCall,
        _ instance: ProviderInstance
    )
        async throws(Fault) -> (reply: UpstreamReply, exchange: Int?)
    {
        let asked = try await ask(request, call, instance, instance.requireBaseURL())
        let number = try? await journal.append(asked.record)
        if var fault = asked.fault {
            fault.exchange = number
            throw fault
        }
        switch asked.result {
        case .success(let reply): return (reply, number)
        case .failure(let failure): throw failure.fault
        }
    }
}
