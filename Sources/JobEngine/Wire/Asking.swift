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
    /// Never a submit. Redirects that keep origin and method are followed for calls that only ask.
    ///
    /// - Throws: ``Fault`` when the request cannot be made; transport failures are in the result.
    func ask(
        _ request: UpstreamRequest,
        _ call: UpstreamCall,
        _ instance: ProviderInstance,
        _ base: BaseURL,
        limits: WireLimits? = nil,
        job: Int64? = nil,
    ) async throws(Fault) -> Asked {
        var request = request
        var asked = try await askOnce(request, call, instance, base, limits)
        for _ in 0..<Self.redirectLimit {
            guard call.onlyAsks, let next = redirected(request, asked, base) else { break }
            asked.record.job = job
            _ = try? await journal.append(asked.record)
            request.target = .server(next)
            request.query = []
            asked = try await askOnce(request, call, instance, base, limits)
        }
        return asked
    }

    private static let redirectLimit = 3

    /// Where a reply to `request` points to, if the same request may be made there.
    ///
    /// Only at the same origin, where it meets the same server with the same key. 301, 302 and 303 make other requests
    /// than GET into GET (RFC 9110 §15.4), which would be another call.
    private func redirected(_ request: UpstreamRequest, _ asked: Asked, _ base: BaseURL) -> WebURL? {
        guard case .success(let reply) = asked.result, let location = reply.headerFields[.location],
            [307, 308].contains(reply.status) || [301, 302, 303].contains(reply.status) && request.method == .get,
            let home = try? request.url(below: base), let from = WebURL(home),
            let absolute = RedirectTarget.resolve(location, against: home), let next = WebURL(absolute),
            next.origin == from.origin
        else { return nil }
        return next
    }

    private func askOnce(
        _ request: UpstreamRequest,
        _ call: UpstreamCall,
        _ instance: ProviderInstance,
        _ base: BaseURL,
        _ limits: WireLimits?,
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
            var fault = error.fault
            fault.traceIDs = reading(instance).traceIDs(in: error, during: call)
            return Asked(
                result: .failure(error),
                fault: fault,
                record: making.record(error, job: nil, fault: fault, traceIDs: fault.traceIDs)
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

extension UpstreamCall {
    /// Whether the call changes nothing at the vendor.
    fileprivate var onlyAsks: Bool {
        switch self {
        case .status, .result, .models, .account, .lookup: true
        case .submit, .cancel, .upload, .delete, .content, .free: false
        }
    }
}
