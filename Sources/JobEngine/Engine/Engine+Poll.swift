import Journal
import Transport
import VideoProviderKit

/// One poll: ask, read, decide, store, tell.
extension Engine {
    func poll(_ entry: WatchedJob) async -> PollOutcome {
        guard let instance = instance(of: entry.record), let base = BaseURL(entry.record.baseURL) else {
            let fault = Fault(.local, "\(entry.record.instance) is not configured here.")
            return PollOutcome(outcome: .fault(fault), next: .backoff)
        }
        let asked: Asked
        do throws(Fault) {
            asked = try await ask(instance.provider.statusRequest(for: entry.receipt), .status, instance, base)
        } catch {
            return PollOutcome(outcome: .fault(error), next: .backoff)
        }
        var outcome = read(asked, instance, entry.receipt)
        if case .snapshot(let snapshot) = outcome, case .succeeded = snapshot.phase {
            outcome = await fetchResult(snapshot, entry.receipt, instance, base)
        }
        return await settle(entry, asked, outcome)
    }

    private func read(_ asked: Asked, _ instance: ProviderInstance, _ receipt: Receipt) -> JobMachine.Outcome {
        switch asked.result {
        case .failure(let failure): return .fault(failure.fault)
        case .success(let reply):
            if let fault = asked.fault { return .fault(fault) }
            do throws(Fault) {
                return .snapshot(try instance.provider.snapshot(in: reply.upstream, for: receipt))
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
            return .snapshot(try provider.snapshot(inResult: reply.upstream, for: receipt, after: snapshot))
        } catch {
            return .fault(error)
        }
    }

    private func settle(_ entry: WatchedJob, _ asked: Asked, _ outcome: JobMachine.Outcome) async -> PollOutcome {
        let id = entry.record.id
        var machine = watched[id]?.machine ?? entry.machine
        let before = entry.record
        let decision = machine.take(outcome, age: clock.now - entry.start)
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
            // The task lives on at the vendor; the next poll tries to store again.
            exchange = nil
        }
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
        if decision.pausesAccount { await pauseAccount(of: job) }
    }

    // One refused key is enough to know about all jobs of that account.
    private func pauseAccount(of job: JobRecord) async {
        for (id, entry) in watched
        where id != job.id && entry.record.account == job.account && entry.record.instance == job.instance {
            unwatch(id)
            try? await journal.update(id, PollResult(polling: .paused(.credentials)), at: clock.wall)
        }
    }

    private func hint(in reply: WireReply, _ job: JobRecord) -> Duration? {
        guard let instance = instance(of: job) else { return nil }
        let upstream = reply.upstream
        for name in instance.descriptor.pollHintHeaders {
            if let value = upstream.headerFields[name].flatMap({ Int($0) }), value > 0 { return .milliseconds(value) }
        }
        return FaultReading(descriptor: instance.descriptor).retryAfter(in: upstream)
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
