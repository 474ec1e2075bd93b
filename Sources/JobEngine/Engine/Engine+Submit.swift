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
        if !options.allowsDoubts {
            let doubts = await doubts(about: prepared)
            guard doubts.isEmpty else { return SubmitReport(end: .doubtful(doubts), warnings: warnings) }
        }
        submitsUnderWay += 1
        defer { submitsUnderWay -= 1 }
        var report: SubmitReport
        do throws(JournalError) {
            KillPoint.beforeIntent.reached()
            let recent = clock.wall.milliseconds - settings.recentWindow.microseconds / 1000
            let outcome = try await journal.store(
                prepared.intent,
                allowEqual: options.allowsEqual,
                recent: UpstreamTime(milliseconds: recent),
                at: clock.wall
            )
            switch outcome {
            case .equal(let job): report = SubmitReport(end: .equal(job))
            case .stored(let job):
                KillPoint.intended.reached()
                report = await carryOut(job, prepared, options, control)
            }
        } catch {
            report = SubmitReport(end: .unsent(Self.fault(error)))
        }
        report.warnings = warnings
        return report
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
        var request = try instance.provider.submitRequest(Submission(sendable, for: instance.descriptor, tag: tag))
        if let key = instance.descriptor.replayingKey { request.headerFields[key.header.field] = tag }
        try requireSpace()
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
            draft: draft,
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

    func assembleSubmit(
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
        var prepared = prepared
        let account = prepared.account
        await waitForTurn(job, account, control)
        defer { endHold(job, account) }
        var judge = SubmitJudge(
            refreshes: prepared.refreshes,
            replays: prepared.instance.descriptor.replayingKey != nil
        )
        let start = clock.now
        var unclear: SubmitReport?
        var held: Fault?
        while true {
            // Whatever ended the wait of a held submit early must not become a reason to send at once.
            guard !control.isStopped, !isStopping, !Task.isCancelled else {
                if let unclear { return unclear }
                return await giveUp(job, Self.stopped(after: held))
            }
            let attempt: Int
            do throws(JournalError) {
                let number = try await journal.beginSending(job, replaying: unclear != nil, at: clock.wall)
                guard let number else {
                    return unclear ?? SubmitReport(end: .unsent(Fault(.local, "Another process is sending this job.")))
                }
                attempt = number
            } catch {
                if let unclear { return unclear }
                return await giveUp(job, Self.fault(error))
            }
            let sent = await sendOnce(job, prepared, control)
            let verdict = judge.judge(sent.attempt, elapsed: clock.now - start, jitter: jitter())
            let report = await store(verdict, job, attempt, sent.record, prepared, options)
            let (fault, wait): (Fault, Duration)
            switch verdict {
            case .held(let refusal, let pause):
                (fault, wait) = (refusal, pause)
                held = refusal
            case .unclear(let unknown, let pause):
                (fault, wait) = (unknown, pause)
                unclear = report
            case .unknown: return await settleSoon(report, sent, prepared, control)
            case .accepted, .rejected, .unsent: return report
            }
            if fault.kind == .auth || fault.kind == .permission {
                do throws(Fault) { try await refresh(&prepared) } catch { return await giveUp(job, error) }
            }
            hold(job, account, wait)
            KillPoint.held.reached()
            options.onHold(fault, wait, report.exchange)
            control.reset()
            await waitOut(wait, control)
        }
    }

    /// Reads the credential anew and puts it into the same request.
    private func refresh(_ prepared: inout PreparedSubmit) async throws(Fault) {
        forgetSecret(of: prepared.instance.name)
        prepared.request = try await assembleSubmit(
            prepared.upstream,
            prepared.draft,
            prepared.instance,
            prepared.base
        )
    }

    /// Waits while another submit of the account is held: what refused that one would refuse this one.
    private func waitForTurn(_ job: Int64, _ account: String, _ control: SubmitControl) async {
        while let hold = holds[account], hold.job != job, !control.isStopped, !isStopping, !Task.isCancelled {
            await waitOut(max(hold.until - clock.now, .milliseconds(50)), control)
        }
    }

    private func hold(_ job: Int64, _ account: String, _ wait: Duration) {
        if holds[account] == nil || holds[account]?.job == job {
            holds[account] = SubmitHold(job: job, until: clock.now + wait)
        }
    }

    private func endHold(_ job: Int64, _ account: String) {
        if holds[account]?.job == job { holds[account] = nil }
    }

    /// Waits in short steps, so that a stop is noticed at once.
    func waitOut(_ wait: Duration, _ control: SubmitControl) async {
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
}

/// A submit with all that sending it needs.
struct PreparedSubmit: Sendable {
    var intent: SubmitIntent
    var draft: Draft
    var upstream: UpstreamRequest
    var request: AssembledRequest
    var instance: ProviderInstance
    var base: BaseURL
    var origin: Receipt.Origin

    /// Instance, base URL and key, as ``JobHome/account``.
    var account: String { "\(origin.instance) \(origin.baseURL) \(origin.account)" }
    /// Scheme, host and port, as ``JobHome/place``.
    var place: String { base.url.origin.description }

    /// Whether a refused credential may just have been too old.
    var refreshes: Bool {
        if instance.descriptor.authentication == .signed { return true }
        return instance.credentials.contains { if case .command = $0 { true } else { false } }
    }
}

/// A submit that waits before its next attempt, and the others of its account with it.
struct SubmitHold: Sendable {
    var job: Int64
    var until: Duration
}
