import HTTPTypes
import Journal
import Transport
import VideoProviderKit

/// One attempt of a submit: sent once, read, stored, told.
extension Engine {
    func sendOnce(
        _ job: Int64,
        _ prepared: PreparedSubmit,
        _ control: SubmitControl
    ) async -> (
        attempt: SubmitJudge.Attempt, record: ExchangeRecord
    ) {
        var wire = prepared.request.wire
        wire.limits = settings.submitLimits
        wire.limits.body = prepared.instance.descriptor.replyLimit.bytes
        wire.connection = .fresh
        wire.acceptsCompression = true
        wire.addressCheck = addressCheck(prepared.request.url, base: prepared.base)
        wire.caFile = prepared.instance.caFile
        let (clock, deadline) = (clock, clock.now + settings.gateWindow)
        wire.gate = { clock.now <= deadline && control.passGate() }
        let making = making(prepared.request, prepared.instance)
        let request = wire
        let transport = transport
        let sending = Task { () -> Result<WireReply, TransportFailure> in
            do throws(TransportFailure) { return .success(try await transport.send(request)) } catch {
                return .failure(error)
            }
        }
        control.setCancellation { sending.cancel() }
        defer { control.setCancellation(nil) }
        let reading = SubmitReading(reading(prepared.instance), prepared.upstream)
        switch await sending.value {
        case .failure(let failure):
            if failure.phase != .cancelled { polls.note(failed: true, place: prepared.place, at: clock.now) }
            let traces = self.reading(prepared.instance).traceIDs(in: failure, during: .submit)
            let attempt = reading.attempt(failure)
            return (attempt, making.record(failure, job: job, fault: attempt.fault, traceIDs: traces))
        case .success(let reply):
            polls.note(failed: reply.status >= 500, place: prepared.place, at: clock.now)
            let traces = self.reading(prepared.instance).traceIDs(in: reply.upstream)
            let attempt = reading.attempt(reply.upstream)
            return (attempt, making.record(reply, job: job, fault: attempt.fault, traceIDs: traces))
        }
    }

    /// Stores how an attempt ended and tells of it.
    func store(
        _ verdict: SubmitVerdict,
        _ job: Int64,
        _ attempt: Int,
        _ record: ExchangeRecord,
        _ prepared: PreparedSubmit,
        _ options: SubmitOptions,
    ) async -> SubmitReport {
        KillPoint.answerRead.reached()
        let (end, receipt) = Self.end(verdict, prepared.origin)
        let finishing = Finishing(job: job, attempt: attempt, record: record, end: end, instance: prepared.instance)
        do throws(JournalError) { return try await finish(finishing) } catch {
            guard let receipt else { return SubmitReport(end: await unstored(end, job, error), exchange: record) }
            return await rescue(receipt, finishing, error, options)
        }
    }

    private struct Finishing: Sendable {
        var job: Int64
        var attempt: Int
        var record: ExchangeRecord
        var end: SubmitEnd
        var instance: ProviderInstance
    }

    private func finish(_ finishing: Finishing) async throws(JournalError) -> SubmitReport {
        let stored = try await journal.finishAttempt(
            finishing.job,
            attempt: finishing.attempt,
            exchange: finishing.record,
            end: finishing.end,
            lifetime: finishing.instance.descriptor.shortestAssetLifetime,
            at: clock.wall
        )
        KillPoint.receiptStored.reached()
        var exchange = finishing.record
        exchange.number = (try? await journal.lastExchange(job: finishing.job)) ?? 0
        return report(finishing.end, stored, exchange, finishing.instance)
    }

    /// Keeps a receipt that the disk does not take: with the reserve, then by telling its id and trying on.
    private func rescue(
        _ receipt: Receipt,
        _ finishing: Finishing,
        _ error: JournalError,
        _ options: SubmitOptions
    ) async -> SubmitReport {
        if error.mayBeLackOfSpace, journal.spendReserve(), let report = try? await finish(finishing) { return report }
        options.onUnstored(receipt, error)
        // A file that has lost its name does not come back.
        let deadline = clock.now + (error.code == .movedAway ? .zero : settings.receiptPatience)
        while clock.now < deadline {
            do { try await clock.sleep(until: clock.now + .seconds(1)) } catch { break }
            if let report = try? await finish(finishing) { return report }
        }
        return SubmitReport(end: .receiptNotStored(receipt, error.description), exchange: finishing.record)
    }

    /// The report of an end that could not be stored.
    ///
    /// The row still says sending, which a restart reads as unconfirmed.
    private func unstored(_ end: SubmitEnd, _ job: Int64, _ error: JournalError) async -> SubmitReport.End {
        switch end {
        case .unknown(let fault):
            guard let record = try? await journal.job(id: job) else { return .unsent(fault) }
            return .unconfirmed(record, fault)
        case .rejected(let fault): return .rejected(fault)
        case .accepted, .held, .unsent: return .unsent(Self.fault(error))
        }
    }

    private func report(
        _ end: SubmitEnd,
        _ job: JobRecord,
        _ exchange: ExchangeRecord,
        _ instance: ProviderInstance,
    ) -> SubmitReport {
        switch end {
        case .accepted(_, let snapshot):
            publish(.submitted, job, exchange: exchange.number)
            if job.state == .succeeded, settings.fetchesAutomatically { fetchQueue.append(job.id) }
            watch(job, after: firstWait(instance))
            wake.yield()
            return SubmitReport(end: .submitted(job, snapshot), exchange: exchange)
        case .rejected(let fault): return SubmitReport(end: .rejected(fault), exchange: exchange)
        case .held(let fault), .unsent(let fault): return SubmitReport(end: .unsent(fault), exchange: exchange)
        case .unknown(let fault):
            publish(.unconfirmed(fault), job, exchange: exchange.number)
            return SubmitReport(end: .unconfirmed(job, fault), exchange: exchange)
        }
    }

    func giveUp(_ job: Int64, _ fault: Fault) async -> SubmitReport {
        try? await journal.giveUp(job, fault, at: clock.wall)
        return SubmitReport(end: .unsent(fault))
    }

    private static func end(_ verdict: SubmitVerdict, _ origin: Receipt.Origin) -> (SubmitEnd, Receipt?) {
        switch verdict {
        case .accepted(let outcome):
            var receipt = outcome.receipt
            receipt.origin = origin
            return (.accepted(receipt, outcome.snapshot), receipt)
        case .rejected(let fault): return (.rejected(fault), nil)
        case .held(let fault, _): return (.held(fault), nil)
        case .unsent(let fault): return (.unsent(fault), nil)
        case .unknown(let fault), .unclear(let fault, _): return (.unknown(fault), nil)
        }
    }

    /// Stopped by the user or the program's end, with nothing accepted; `held` is what the last attempt was answered.
    static func stopped(after held: Fault? = nil) -> Fault {
        var fault = Fault(.cancelled, held?.message ?? "")
        fault.vendorCode = held?.vendorCode
        fault.httpStatus = held?.httpStatus
        fault.traceIDs = held?.traceIDs ?? []
        fault.accepted = .no
        fault.charged = .no
        return fault
    }

    static func fault(_ error: JournalError) -> Fault {
        var fault = Fault(.local, error.description)
        fault.accepted = .no
        fault.charged = .no
        return fault
    }

    static func newTag() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = String(generator.next(), radix: 36)
        return "reel-\(high)\(String(generator.next(), radix: 36))"
    }
}
