import Journal
import OrderedCollections
import Transport
package import VideoProviderKit

extension Engine {
    /// The request a submit would send, with the key in place; shown through ``Redactor``.
    package func preview(_ draft: Draft, to instance: ProviderInstance) async throws(Fault) -> AssembledRequest {
        let submission = Submission(draft, for: instance.descriptor, tag: "preview")
        let request = try instance.provider.submitRequest(submission)
        return try await assembleSubmit(request, draft, instance, instance.requireBaseURL())
    }

    /// Submits `draft` once.
    ///
    /// Returns when the outcome is on the disk.
    ///
    /// A stop through `control` before the gate ends it with nothing sent; behind it the id is awaited a while.
    package func submit(
        _ draft: Draft,
        to instance: ProviderInstance,
        options: SubmitOptions = SubmitOptions(),
        control: SubmitControl = SubmitControl(),
    ) async -> SubmitReport {
        let problems = draft.problems(for: instance.descriptor)
        let warnings = problems.filter { $0.severity == .warning }
        guard warnings.count == problems.count else { return SubmitReport(end: .invalid(problems)) }
        let prepared: PreparedSubmit
        do throws(Fault) { prepared = try await prepare(draft, instance, options) } catch {
            return SubmitReport(end: .unsent(error), warnings: warnings)
        }
        var report: SubmitReport
        do throws(JournalError) {
            let recent = clock.wall.milliseconds - settings.recentWindow.microseconds / 1000
            let outcome = try await journal.store(
                prepared.intent,
                allowEqual: options.allowsEqual,
                recent: UpstreamTime(milliseconds: recent),
                at: clock.wall
            )
            switch outcome {
            case .equal(let job): report = SubmitReport(end: .equal(job))
            case .stored(let job): report = await carryOut(job, prepared, options, control)
            }
        } catch {
            report = SubmitReport(end: .unsent(Self.fault(error)))
        }
        report.warnings = warnings
        return report
    }

    private struct PreparedSubmit {
        var intent: SubmitIntent
        var upstream: UpstreamRequest
        var request: AssembledRequest
        var instance: ProviderInstance
        var base: BaseURL
        var origin: Receipt.Origin
    }

    private func prepare(
        _ draft: Draft,
        _ instance: ProviderInstance,
        _ options: SubmitOptions
    ) async throws(Fault)
        -> PreparedSubmit
    {
        let base = try instance.requireBaseURL()
        let tag = Self.newTag()
        let sendable = try await uploaded(draft, instance)
        let request = try instance.provider.submitRequest(Submission(sendable, for: instance.descriptor, tag: tag))
        let assembled = try await assembleSubmit(request, draft, instance, base)
        let account = try await secret(for: instance)?.fingerprint ?? "none"
        let text = DraftCoding.text(draft)
        guard !redactor.findsSecret(in: Array(text.utf8)) else {
            var fault = Fault(.invalidRequest, "The draft holds a key; remove it before submitting.")
            fault.accepted = .no
            throw fault
        }
        let origin = Receipt.Origin(
            instance: instance.name.description,
            baseURL: base.description,
            account: account,
            model: draft.model
        )
        let hash = DraftCoding.hash(draft, account: account, instance: origin.instance)
        let intent = SubmitIntent(
            provider: instance.descriptor.id,
            origin: origin,
            draft: text,
            draftHash: hash,
            tag: tag,
            note: options.note
        )
        return PreparedSubmit(
            intent: intent,
            upstream: request,
            request: assembled,
            instance: instance,
            base: base,
            origin: origin
        )
    }

    /// The draft with its media sent ahead, where the vendor takes them in a call of its own.
    ///
    /// The draft that is stored keeps the media themselves.
    private func uploaded(_ draft: Draft, _ instance: ProviderInstance) async throws(Fault) -> Draft {
        guard let provider = instance.provider as? any Uploads else { return draft }
        var result = draft
        for (name, value) in draft.values {
            guard case .media(let list) = value else { continue }
            var sent: [Media] = []
            for medium in list {
                guard case .content(let content) = medium else {
                    sent.append(medium)
                    continue
                }
                let answer = try await callFree(provider.uploadRequest(content), .upload, instance)
                sent.append(try provider.uploadedMedia(in: answer.reply))
            }
            result[name] = .media(sent)
        }
        return result
    }

    private func assembleSubmit(
        _ request: UpstreamRequest,
        _ draft: Draft,
        _ instance: ProviderInstance,
        _ base: BaseURL,
    ) async throws(Fault) -> AssembledRequest {
        var request = request
        request.query += draft.query
        let secret = try await secret(for: instance)
        var assembled = try assembler(instance, base, secret)
            .assemble(request, for: .submit, at: clock.wall)
        for field in draft.headerFields {
            assembled.headerLines.removeAll { $0.name.lowercased() == field.name.lowercased() }
            assembled.headerLines.append(field)
        }
        return assembled
    }

    private func carryOut(
        _ job: Int64,
        _ prepared: PreparedSubmit,
        _ options: SubmitOptions,
        _ control: SubmitControl,
    ) async -> SubmitReport {
        var judge = SubmitJudge()
        let start = clock.now
        while true {
            // Whatever ended the wait of a held submit early must not become a reason to send at once.
            guard !control.isStopped, !isStopping, !Task.isCancelled else { return await giveUp(job, Self.stopped()) }
            let attempt: Int
            do throws(JournalError) {
                guard let number = try await journal.beginSending(job, at: clock.wall) else {
                    return SubmitReport(end: .unsent(Fault(.local, "Another process is sending this job.")))
                }
                attempt = number
            } catch {
                return await giveUp(job, Self.fault(error))
            }
            let sent = await sendOnce(job, prepared, control)
            let verdict = judge.judge(sent.attempt, elapsed: clock.now - start, jitter: jitter())
            let report = await store(verdict, job, attempt, sent.record, prepared)
            guard case .held(let fault, let wait) = verdict, report != nil else {
                return report ?? SubmitReport(end: .unsent(Fault(.local, "The submit was not stored.")))
            }
            options.onHold(fault, wait)
            control.reset()
            await waitOut(wait, control)
        }
    }

    /// Waits out a hold in short steps, so that a stop is noticed at once.
    private func waitOut(_ wait: Duration, _ control: SubmitControl) async {
        let deadline = clock.now + wait
        while clock.now < deadline, !control.isStopped, !isStopping {
            do { try await clock.sleep(until: min(deadline, clock.now + .milliseconds(50))) } catch { break }
        }
    }

    /// Asks for the end of a submit.
    ///
    /// Behind the gate the answer is awaited for ``EngineSettings/idWait``, then given up.
    package func stopSubmit(_ control: SubmitControl) -> SubmitControl.StopEffect {
        let effect = control.stop()
        if effect == .awaitingID {
            let (clock, deadline) = (clock, clock.now + settings.idWait)
            Task {
                try? await clock.sleep(until: deadline)
                control.abandon()
            }
        }
        return effect
    }

    private func sendOnce(
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
        let making = ExchangeMaking(
            prepared.request,
            instance: prepared.instance.name,
            startedAt: clock.wall,
            redactor: redactor
        )
        let request = wire
        let transport = transport
        let sending = Task { () -> Result<WireReply, TransportFailure> in
            do throws(TransportFailure) { return .success(try await transport.send(request)) } catch {
                return .failure(error)
            }
        }
        control.setCancellation { sending.cancel() }
        defer { control.setCancellation(nil) }
        switch await sending.value {
        case .failure(let failure):
            return (.failure(failure), making.record(failure, job: job, fault: failure.fault))
        case .success(let reply):
            let (result, fault) = readSubmit(reply.upstream, prepared)
            let traces = FaultReading(descriptor: prepared.instance.descriptor).traceIDs(in: reply.upstream)
            return (
                .reply(status: reply.status, result),
                making.record(reply, job: job, fault: fault, traceIDs: traces)
            )
        }
    }

    private func readSubmit(
        _ reply: UpstreamReply,
        _ prepared: PreparedSubmit
    ) -> (
        Result<SubmitOutcome, Fault>, Fault?
    ) {
        let provider = prepared.instance.provider
        if let fault = provider.fault(in: reply, during: .submit) { return (.failure(fault), fault) }
        do throws(Fault) {
            let outcome = try provider.receipt(in: reply, of: prepared.upstream)
            return (.success(outcome), nil)
        } catch {
            var fault = error
            fault.httpStatus = reply.status
            fault.traceIDs = FaultReading(descriptor: provider.descriptor).traceIDs(in: reply)
            return (.failure(fault), fault)
        }
    }

    private func store(
        _ verdict: SubmitVerdict,
        _ job: Int64,
        _ attempt: Int,
        _ record: ExchangeRecord,
        _ prepared: PreparedSubmit,
    ) async -> SubmitReport? {
        let (end, receipt) = Self.end(verdict, prepared.origin)
        let lifetime = prepared.instance.descriptor.shortestAssetLifetime
        do throws(JournalError) {
            let stored = try await journal.finishAttempt(
                job,
                attempt: attempt,
                exchange: record,
                end: end,
                lifetime: lifetime,
                at: clock.wall
            )
            var exchange = record
            exchange.number = try await journal.lastExchange(job: job) ?? 0
            return report(end, stored, exchange, prepared.instance)
        } catch {
            if let receipt { return SubmitReport(end: .receiptNotStored(receipt, error.description), exchange: record) }
            return SubmitReport(end: await unstored(end, job, error), exchange: record)
        }
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
            watch(job, after: instance.pollAdvice.first)
            wake.yield()
            return SubmitReport(end: .submitted(job, snapshot), exchange: exchange)
        case .rejected(let fault): return SubmitReport(end: .rejected(fault), exchange: exchange)
        case .held(let fault), .unsent(let fault): return SubmitReport(end: .unsent(fault), exchange: exchange)
        case .unknown(let fault):
            publish(.unconfirmed(fault), job, exchange: exchange.number)
            return SubmitReport(end: .unconfirmed(job, fault), exchange: exchange)
        }
    }

    private func giveUp(_ job: Int64, _ fault: Fault) async -> SubmitReport {
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
        case .unknown(let fault): return (.unknown(fault), nil)
        }
    }

    private static func stopped() -> Fault {
        var fault = Fault(.cancelled, "Stopped before the request was sent; nothing was sent.")
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

    private static func newTag() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = String(generator.next(), radix: 36)
        return "reel-\(high)\(String(generator.next(), radix: 36))"
    }
}
