package import Journal
import Transport
package import VideoProviderKit

extension Engine {
    /// Sends a call that a person put together and stores its exchange, whatever comes of it.
    ///
    /// It is sent once, on a connection of its own, so that nothing is repeated behind the person's back.
    ///
    /// - Throws: ``Fault`` when the request cannot be made; an answer of any kind, and a failure on the way, is returned.
    package func callByHand(
        _ request: UpstreamRequest,
        _ call: UpstreamCall,
        _ instance: ProviderInstance
    ) async throws(Fault) -> ExchangeRecord {
        let base = try instance.requireBaseURL()
        let secret = try await secret(for: instance)
        let assembled = try assembler(instance, base, secret).assemble(request, for: call, at: clock.wall)
        var wire = assembled.wire
        wire.connection = .fresh
        wire.acceptsCompression = true
        wire.addressCheck = addressCheck(assembled.url, base: base)
        wire.caFile = instance.caFile
        let making = making(assembled, instance)
        var record: ExchangeRecord
        do throws(TransportFailure) {
            let reply = try await transport.send(wire)
            let upstream = reply.upstream
            let reading = reading(instance)
            let fault = reading.fault(in: upstream, during: call)
            record = making.record(
                reply,
                job: nil,
                fault: fault,
                traceIDs: reading.traceIDs(in: upstream, during: call)
            )
        } catch {
            let traces = reading(instance).traceIDs(in: error, during: call)
            record = making.record(error, job: nil, fault: error.fault, traceIDs: traces)
        }
        do throws(JournalError) { record.number = try await journal.append(record) } catch { throw Self.fault(error) }
        return record
    }
}
