import Journal
import Transport
import VideoProviderKit

/// One poll: ask, read, decide, store, tell.
extension Engine {
    func poll(_ entry: WatchedJob) async -> PollOutcome {
        let (asked, instance, base): (Asked, ProviderInstance, BaseURL)
        let receipt: Receipt
        do throws(Fault) {
            receipt = try self.receipt(of: entry)
            (instance, base) = try home(of: entry.record)
            asked = try await ask(instance.provider.statusRequest(for: receipt), .status, instance, base)
        } catch {
            return await unaskable(entry, error)
        }
        var outcome = read(asked, instance, receipt)
        if case .snapshot(let snapshot) = outcome, case .succeeded = snapshot.phase {
            outcome = await fetchResult(snapshot, receipt, instance, base)
        }
        return await settle(entry, asked, outcome)
    }

    private func receipt(of entry: WatchedJob) throws(Fault) -> Receipt {
        if let known = watched[entry.record.id]?.receipt ?? entry.receipt { return known }
        guard let receipt = entry.record.receipt else {
            throw Fault(.decoding, "The receipt of \(entry.record.name) in the journal cannot be read.")
        }
        watched[entry.record.id]?.receipt = receipt
        return receipt
    }

    /// Where `job` lives and what it is asked with.
    ///
    /// The instance's key belongs to the address the instance has now, so a job that was accepted elsewhere is not
    /// asked about. Only a server on this machine may move: the sandbox has other ports each time it starts.
    func home(of job: JobRecord) throws(Fault) -> (ProviderInstance, BaseURL) {
        guard let instance = instance(of: job) else {
            throw Fault(.local, "\(job.instance) is not configured here.")
        }
        return (instance, try base(of: job, for: instance))
    }

    /// The base URL of `job`, when the key of `instance` may go there.
    func base(of job: JobRecord, for instance: ProviderInstance) throws(Fault) -> BaseURL {
        if let current = instance.baseURL, current.description == job.baseURL { return current }
        guard let base = BaseURL(job.baseURL) else { throw Fault(.local, "\(job.baseURL) is no base URL.") }
        guard let current = instance.baseURL, current.url.origin != base.url.origin else { return base }
        if current.url.origin.isLoopback, base.url.origin.isLoopback { return current }
        throw Fault(
            .auth,
            "\(job.name) lives at \(base.url.origin), and \(job.instance) now points to \(current.url.origin), whose key goes "
                + "nowhere else; configure an instance for the old address."
        )
    }

    /// A job that cannot be asked about from here: it rests when there is no key for it, and is tried again otherwise.
    private func unaskable(_ entry: WatchedJob, _ fault: Fault) async -> PollOutcome {
        guard fault.kind == .auth, !entry.record.state.isTerminal else {
            return PollOutcome(outcome: .fault(fault), next: .backoff)
        }
        unwatch(entry.record.id)
        try? await journal.update(entry.record.id, PollResult(polling: .paused(.credentials)), at: clock.wall)
        publish(.paused(.credentials, fault), await reload(entry.record))
        return PollOutcome(outcome: .fault(fault), next: .never)
    }

    private func read(_ asked: Asked, _ instance: ProviderInstance, _ receipt: Receipt) -> JobMachine.Outcome {
        switch asked.result {
        case .failure(let failure): return .fault(failure.fault)
        case .success(let reply):
            if let fault = asked.fault { return .fault(fault) }
            do throws(Fault) {
                return .snapshot(try instance.provider.snapshot(in: reply, for: receipt))
            } catch { return .fault(error) }
        }
    }

    private func fetchResult(
        _ snapshot: Snapshot,
        _ receipt: Receipt,
        _ instance: ProviderInstance,
        _ base: BaseURL,
    ) async -> JobMachine.Outcome {
        guard let provider = instance.provider as? any FetchesResult else { return .snapshot(snapshot) }
        do throws(Fault) {
            guard let request = try provider.resultRequest(for: receipt, after: snapshot) else {
                return .snapshot(snapshot)
            }
            let asked = try await ask(request, .result, instance, base)
            _ = try? await journal.append(asked.record)
            if let fault = asked.fault { return .fault(fault) }
            guard case .success(let reply) = asked.result else { return .fault(Fault(.network, "No result came.")) }
            return .snapshot(try provider.snapshot(inResult: reply, for: receipt, after: snapshot))
        } catch {
            return .fault(error)
        }
    }

    private func settle(_ entry: WatchedJob, _ asked: Asked, _ outcome: JobMachine.Outcome) async -> PollOutcome {
        let id = entry.record.id
        let earlier = watched[id]?.machine ?? entry.machine
        var machine = earlier
        let before = entry.record
        var decision = machine.take(outcome, age: clock.now - entry.start)
        decision.result.asked = before.state
        watched[id]?.machine = machine
        var record = asked.record
        record.job = id
        if case .fault(let fault) = outcome { record.fault = fault }
        let lifetime = instance(of: before)?.descriptor.shortestAssetLifetime
        let exchange: Int?
        do throws(JournalError) {
            exchange = try await journal.record(
                decision.result,
                for: id,
                exchange: record,
                lifetime: lifetime,
                at: clock.wall
            )
        } catch {
            // The task lives on at the vendor; the next poll meets the same machine and tries to store again.
            watched[id]?.machine = earlier
            return PollOutcome(outcome: outcome, next: .backoff)
        }
        if decision.next == .never { unwatch(id) }
        await tell(decision, outcome, before, exchange)
        var result = PollOutcome(outcome: outcome, next: decision.next, exchange: exchange)
        if case .success(let reply) = asked.result { result.hint = hint(in: reply, entry.record) }
        if case .snapshot(let snapshot) = outcome { result.remaining = remaining(snapshot, entry) }
        return result
    }

    private func tell(
        _ decision: JobMachine.Decision,
        _ outcome: JobMachine.Outcome,
        _ before: JobRecord,
        _ exchange: Int?
    )
        async
    {
        let hasState = decision.result.state != nil || decision.result.polling != nil
        let snapshot = decision.result.snapshot
        let hasProgress =
            snapshot.map { $0.word != before.word || $0.progress?.asWritten != before.progressText } ?? false
        guard hasState || hasProgress || decision.unmappedWord != nil else { return }
        let job = await reload(before)
        // An answer that came too late changed nothing.
        if let state = decision.result.state, state != job.state { return }
        if let word = decision.unmappedWord { publish(.unmapped(word: word), job, exchange: exchange) }
        if let state = decision.result.state, state != before.state {
            publish(.state(from: before.state), job, exchange: exchange)
            if state == .succeeded, settings.fetchesAutomatically { fetchQueue.append(job.id) }
        } else if hasProgress {
            publish(.progress, job, exchange: exchange)
        }
        if case .paused(let reason) = decision.result.polling {
            if case .fault(let fault) = outcome {
                publish(.paused(reason, fault), job, exchange: exchange)
            } else {
                publish(.paused(reason, nil), job, exchange: exchange)
            }
        }
        if decision.pausesAccount, case .fault(let fault) = outcome { await pauseAccount(of: job, fault) }
    }

    // One refused key is enough to know about all jobs of that account.
    private func pauseAccount(of job: JobRecord, _ fault: Fault) async {
        for (id, entry) in watched
        where id != job.id && entry.record.account == job.account && entry.record.instance == job.instance {
            unwatch(id)
            try? await journal.update(id, PollResult(polling: .paused(.credentials)), at: clock.wall)
            publish(.paused(.credentials, fault), await reload(entry.record))
        }
    }

    private func hint(in reply: UpstreamReply, _ job: JobRecord) -> Duration? {
        guard let instance = instance(of: job) else { return nil }
        for name in instance.descriptor.pollHintHeaders {
            if let value = reply.headerFields[name].flatMap({ Int($0) }), value > 0 { return .milliseconds(value) }
        }
        return FaultReading(descriptor: instance.descriptor).retryAfter(in: reply)
    }

    /// The estimated rest, from how far the progress has moved since the job was first seen running.
    private func remaining(_ snapshot: Snapshot, _ entry: WatchedJob) -> Duration? {
        guard let fraction = snapshot.progress?.fraction, fraction > 0.05, fraction < 1,
            let startedAt = entry.record.startedAt
        else { return nil }
        let elapsed = Double(clock.wall.milliseconds - startedAt.milliseconds)
        guard elapsed > 0 else { return nil }
        return .milliseconds(Int64(elapsed * (1 - fraction) / fraction))
    }
}
