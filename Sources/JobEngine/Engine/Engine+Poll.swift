import Journal
import Transport
import VideoProviderKit

/// One poll: ask, read, decide, store, tell.
extension Engine {
    /// Asks about a job; `isUsers` when somebody said so, who needs no lease.
    func poll(_ entry: WatchedJob, isUsers: Bool) async -> PollOutcome {
        let (asked, instance, base): (Asked, ProviderInstance, BaseURL)
        let receipt: Receipt
        do throws(Fault) {
            receipt = try await self.receipt(of: entry)
            (instance, base) = try home(of: entry)
            let request = try instance.provider.statusRequest(for: receipt)
            asked = try await ask(request, .status, instance, base, job: entry.id)
        } catch {
            return await unaskable(entry, error)
        }
        note(asked, at: entry.home, instance)
        var outcome = read(asked, instance, receipt)
        if case .snapshot(let snapshot) = outcome, case .succeeded = snapshot.phase {
            outcome = await fetchResult(snapshot, receipt, instance, base)
        }
        return await settle(entry, asked, outcome, instance, isUsers: isUsers)
    }

    /// What an answer, or none, says about the server and the account beside the job.
    private func note(_ asked: Asked, at home: JobHome, _ instance: ProviderInstance) {
        switch asked.result {
        case .failure(let failure):
            // A stop of our own and a gap in a cassette say nothing about the server.
            let isOurs = failure.phase == .cancelled || failure.reason == .notRecorded
            polls.note(failed: isOurs ? nil : true, place: home.place, at: clock.now)
        case .success(let reply):
            polls.note(failed: reply.status >= 500, place: home.place, at: clock.now)
            if reply.status < 500 { unansweredPlaces.remove(home.place) }
            guard reply.status != 200, reply.status == 429 || reply.status == 503 else { return }
            let wait = hint(in: reply, instance)
            if reply.status == 429 || wait != nil {
                polls.slowDown(home, at: clock.now, wait: wait.map(PollRhythm.bounded))
            }
        }
    }

    private func home(of entry: WatchedJob) throws(Fault) -> (ProviderInstance, BaseURL) {
        guard let instance = instances[written: entry.home.instance] else {
            throw Fault(.local, "\(entry.home.instance) is not configured here.")
        }
        return (instance, try base(entry.home.baseURL, of: "the job", for: instance))
    }

    /// Read at the first poll: a start with a thousand unfinished jobs reads none.
    private func receipt(of entry: WatchedJob) async throws(Fault) -> Receipt {
        var current = polls[entry.id] ?? entry
        if let known = current.receipt { return known }
        if !current.readReceipt() {
            // The job's own row has the id, too.
            guard let bare = (try? await journal.job(id: entry.id))?.receipt else {
                throw Fault(.decoding, "The receipt in the journal cannot be read.")
            }
            current = polls[entry.id] ?? entry
            current.take(bare)
        }
        guard let receipt = current.receipt else {
            throw Fault(.decoding, "The receipt in the journal cannot be read.")
        }
        polls[entry.id] = current
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
        try base(job.baseURL, of: job.name, for: instance)
    }

    private func base(_ home: String, of name: String, for instance: ProviderInstance) throws(Fault) -> BaseURL {
        if let current = instance.baseURL, current.description == home { return current }
        guard let base = BaseURL(home) else { throw Fault(.local, "\(home) is no base URL.") }
        guard let current = instance.baseURL, current.url.origin != base.url.origin else { return base }
        if current.url.origin.isLoopback, base.url.origin.isLoopback { return current }
        throw Fault(
            .auth,
            """
            \(name) lives at \(base.url.origin), and \(instance.name) now points to \(current.url.origin), whose key \
            goes nowhere else; configure an instance for the old address.
            """
        )
    }

    /// A job that cannot be asked about from here: it rests when there is no key for it, and is tried again otherwise.
    private func unaskable(_ entry: WatchedJob, _ fault: Fault) async -> PollOutcome {
        guard fault.kind == .auth, !entry.state.isTerminal else {
            return PollOutcome(outcome: .fault(fault), next: .backoff)
        }
        // A probe of a job that rests already has nothing new to tell.
        if unwatchIfWatched(entry.id) {
            var result = PollResult(polling: .paused(.credentials))
            result.lease = entry.epoch
            try? await journal.update(entry.id, result, at: clock.wall)
            // What is missing for this one is missing for all of the account.
            let isTold = refused[entry.home.account] != nil
            let others = await pauseAccount(of: entry.home, but: entry.id)
            if let job = await reload(entry.id) {
                publish(.paused(.credentials, fault), [job] + others, isTold: isTold)
            }
        }
        return PollOutcome(outcome: .fault(fault), next: .never)
    }

    private func unwatchIfWatched(_ id: Int64) -> Bool { polls.unwatch(id) != nil }

    private func read(_ asked: Asked, _ instance: ProviderInstance, _ receipt: Receipt) -> JobMachine.Outcome {
        switch asked.result {
        case .failure(let failure): return .fault(asked.fault ?? failure.fault)
        case .success(let reply):
            if let fault = asked.fault { return .fault(fault) }
            do throws(Fault) {
                return .snapshot(try reading(instance).snapshot(in: reply, for: receipt))
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
            return .snapshot(
                try reading(instance).read(reply) { _ throws(Fault) in
                    try provider.snapshot(inResult: reply, for: receipt, after: snapshot)
                }
            )
        } catch {
            return .fault(error)
        }
    }

    private func settle(
        _ entry: WatchedJob,
        _ asked: Asked,
        _ outcome: JobMachine.Outcome,
        _ instance: ProviderInstance,
        isUsers: Bool
    ) async -> PollOutcome {
        let id = entry.id
        usage.notePoll()
        let earlier = polls[id]?.machine ?? entry.machine
        var machine = earlier
        var decision = machine.take(outcome, age: clock.now - entry.start)
        if isUsers, entry.state == .succeeded { decision.keepSuccess() }
        decision.result.asked = entry.state
        if !isUsers { decision.result.lease = entry.epoch }
        polls[id]?.machine = machine
        if case .snapshot(let snapshot) = outcome {
            polls[id]?.estimate.note(snapshot.progress?.fraction, at: clock.now)
        }
        var record = asked.record
        record.job = id
        if case .fault(let fault) = outcome { record.fault = fault }
        KillPoint.pollRead.reached()
        let exchange: Int?
        do throws(JournalError) {
            exchange = try await store(decision.result, id, record, instance)
            journalFails = false
            if decision.result.state == .succeeded { KillPoint.assetStored.reached() }
        } catch {
            return await unstored(entry, earlier, outcome, error)
        }
        if decision.next == .never { unwatch(id) }
        await tell(decision, outcome, entry, exchange)
        var result = PollOutcome(outcome: outcome, next: decision.next, exchange: exchange)
        if case .success(let reply) = asked.result { result.hint = hint(in: reply, instance) }
        return result
    }

    /// Stores what a poll brought; a film is worth the reserve of a full disk, as a receipt is.
    private func store(
        _ result: PollResult,
        _ id: Int64,
        _ record: ExchangeRecord,
        _ instance: ProviderInstance
    ) async throws(JournalError) -> Int {
        let store = { [journal, wall = clock.wall] () async throws(JournalError) in
            try await journal.record(
                result,
                for: id,
                exchange: record,
                lifetime: instance.descriptor.shortestAssetLifetime,
                at: wall
            )
        }
        return result.state == .succeeded ? try await journal.withReserve(store) : try await store()
    }

    /// The task lives on at the vendor; the next poll meets the same machine and tries to store again.
    ///
    /// A job that another process has taken over is its business from now on.
    private func unstored(
        _ entry: WatchedJob,
        _ earlier: JobMachine,
        _ outcome: JobMachine.Outcome,
        _ error: JournalError
    ) async -> PollOutcome {
        if error.code == .takenOver {
            await leaveToOthers(polls[entry.id] ?? entry)
            return PollOutcome(outcome: outcome, next: .never)
        }
        polls[entry.id]?.machine = earlier
        if !journalFails, let job = try? await journal.job(id: entry.id) {
            journalFails = true
            publish(.unstored(Self.fault(error)), job)
        }
        return PollOutcome(outcome: outcome, next: .backoff)
    }

    private func tell(
        _ decision: JobMachine.Decision,
        _ outcome: JobMachine.Outcome,
        _ before: WatchedJob,
        _ exchange: Int?
    )
        async
    {
        let hasState = decision.result.state != nil || decision.result.polling != nil
        let snapshot = decision.result.snapshot
        let hasProgress =
            snapshot.map { $0.word != before.word || $0.progress?.asWritten != before.progressText } ?? false
        guard hasState || hasProgress || decision.unmappedWord != nil || decision.isUnreadable else { return }
        guard let job = await reload(before.id) else { return }
        // An answer that came too late changed nothing.
        if let state = decision.result.state, state != job.state { return }
        if let word = decision.unmappedWord { publish(.unmapped(word: word), job, exchange: exchange) }
        if let state = decision.result.state, state != before.state {
            publish(.state(from: before.state), job, exchange: exchange)
            // Whoever owns the job saves its film.
            let isOurs = job.owner == nil || job.owner == journal.processID
            if state == .succeeded, settings.fetchesAutomatically, isOurs { fetchQueue.append(job.id) }
        } else if hasProgress {
            publish(.progress, job, exchange: exchange)
        }
        guard case .fault(let fault) = outcome else {
            if case .paused(let reason) = decision.result.polling {
                publish(.paused(reason, nil), job, exchange: exchange)
            }
            return
        }
        if decision.isUnreadable { publish(.unreadable(fault), job, exchange: exchange) }
        guard case .paused(let reason) = decision.result.polling else { return }
        let resting = refused[before.home.account]
        let isNews = resting?.contains(before.id) != true
        var jobs = isNews ? [job] : []
        if decision.pausesAccount { jobs += await pauseAccount(of: before.home, but: job.id) }
        if decision.pausesOrigin { jobs += await pauseOrigin(of: before.home, but: job.id) }
        let isTold = decision.pausesAccount && resting != nil
        publish(.paused(reason, fault), jobs, exchange: isNews ? exchange : nil, isTold: isTold)
    }

    private func hint(in reply: UpstreamReply, _ instance: ProviderInstance) -> Duration? {
        for name in instance.descriptor.pollHintHeaders {
            if let value = reply.headerFields[name].flatMap({ Int($0) }), value > 0 { return .milliseconds(value) }
        }
        return FaultReading(descriptor: instance.descriptor).retryAfter(in: reply)
    }
}
