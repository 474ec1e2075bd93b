package import Journal
import VideoProviderKit

/// Several processes on one journal: each job has one owner, and an owner that dies or falls silent is replaced.
extension Engine {
    private static let followInterval = Duration.seconds(1)

    /// The interval for which somebody who watches a job of another process waits for news.
    private var pace: Duration? {
        let isFollowing = attended.keys.contains { foreign[$0] != nil }
        return isFollowing ? settings.houseInterval.map { min($0, Self.followInterval) } : settings.houseInterval
    }

    func keepHouseIfDue() async {
        guard let due = houseAt, clock.now >= due else { return }
        // Frozen or asleep for long enough to have been replaced: nothing is asked before that is known.
        let isLate = clock.now - due > .seconds(10)
        await keepHouse(checksLeases: isLate)
    }

    /// Renews the heartbeat, takes over what others have left, and follows what they do.
    package func keepHouse(checksLeases: Bool = false) async {
        houseAt = pace.map { clock.now + $0 }
        usage.lookAround()
        guard !journal.isReadOnly else {
            try? await followOthers()
            return
        }
        do throws(JournalError) {
            if checksLeases { try await dropLostLeases() }
            if polls.jobs.isEmpty == false || submitsUnderWay > 0 || !refused.isEmpty { try await journal.beat() }
            let neighbourhood = try await journal.neighbourhood()
            let silent = silence.look(neighbourhood.processes, at: clock.now)
            let dead = Set(neighbourhood.processes.filter { !$0.isAlive }.map(\.id))
            if !dead.isEmpty || !silent.isEmpty || neighbourhood.hasOrphans {
                let recovery = try await journal.takeOver(dead: dead, silent: silent, at: clock.wall)
                takeOn(recovery)
                for job in recovery.unconfirmed {
                    publish(.unconfirmed(job.fault ?? Fault(.unconfirmed, "")), job)
                }
            }
            try await followOthers()
            try await keepJournal()
            isLockedOut = false
        } catch {
            // The next round tries again; what cannot be stored is told where it matters.
            await tellOfLock(error)
        }
    }

    /// Tells once of a journal that another process keeps locked: who follows a job would wait for nothing.
    private func tellOfLock(_ error: JournalError) async {
        guard error.code == .busy, !isLockedOut, let id = attended.keys.min(),
            let job = try? await journal.job(id: id)
        else { return }
        isLockedOut = true
        publish(.unstored(Self.fault(error)), job)
    }

    /// Polls on what was taken over.
    func takeOn(_ recovery: Recovery) {
        var probed: Set<String> = []
        for job in recovery.resumed {
            if job.polling == .active {
                watch(job, after: .zero)
            } else if job.polling == .paused(.credentials) {
                // The key may be another one by now: one of the account's jobs is asked about.
                let key = JobHome(job).account
                refused[key, default: []].insert(job.id)
                if probed.insert(key).inserted { polls.remind(of: .probe, job: job.id, step: 0, at: clock.now) }
            }
        }
        for job in recovery.resumed + recovery.unconfirmed + recovery.unsent { foreign[job.id] = nil }
        for job in recovery.unconfirmed { lookForLater(job) }
    }

    /// Lets another process have the jobs of this one: before a suspension, and at the end.
    package func giveBack() async {
        for id in polls.jobs.keys { unwatch(id) }
        refused = [:]
        _ = try? await journal.giveBack()
    }

    /// Takes the jobs that nobody has meanwhile, after a suspension.
    package func takeBack() async {
        await keepHouse()
        wake.yield()
    }

    /// Once a minute: the journal is kept to its size, its reserve is there, and no newer reel has changed it.
    private func keepJournal() async throws(JournalError) {
        guard clock.now >= upkeepAt else { return }
        upkeepAt = clock.now + .seconds(60)
        if try await journal.noticeNewerSchema() {
            let fault = Self.fault(JournalError(code: .newerSchema, path: journal.path, underlying: ""))
            for id in polls.jobs.keys {
                if let job = try await journal.job(id: id) { publish(.unstored(fault), job) }
                unwatch(id)
            }
            return
        }
        journal.restoreReserve()
        _ = try await journal.sweep(limit: settings.journalLimit, at: clock.wall)
    }

    private func dropLostLeases() async throws(JournalError) {
        let owned = try await journal.ownedJobs()
        for (id, job) in polls.jobs where !owned.contains(id) { await leaveToOthers(job) }
    }

    /// Leaves a job to the process that has taken it over, and follows it from where it was last seen here.
    ///
    /// By now it may be over, and somebody here may wait for just that.
    func leaveToOthers(_ last: WatchedJob) async {
        unwatch(last.id)
        guard var job = try? await journal.job(id: last.id) else { return }
        (job.state, job.word, job.progressText) = (last.state, last.word, last.progressText)
        keepInMind([job])
        outsideVersion = nil
    }
}

/// What another process does with a job, read from the journal.
extension Engine {
    /// Follows a job closely from now on, until ``leave(_:)``; what has changed since `job` was read is told.
    package func attend(_ job: JobRecord) {
        attended[job.id, default: 0] += 1
        if job.owner != nil, job.owner != journal.processID { keepInMind([job]) }
        // What the owner wrote before this look may be newer than `job`.
        outsideVersion = nil
        houseAt = pace.map { min(houseAt ?? .seconds(1 << 40), clock.now + $0) }
        wake.yield()
    }

    /// Ends ``attend(_:)``.
    package func leave(_ jobs: Set<Int64>) {
        for id in jobs {
            attended[id, default: 1] -= 1
            if attended[id] == 0 { attended[id] = nil }
        }
    }

    func keepInMind(_ jobs: [JobRecord]) {
        for job in jobs where foreign[job.id] == nil && polls[job.id] == nil { foreign[job.id] = job }
    }

    private func followOthers() async throws(JournalError) {
        guard !foreign.isEmpty else { return }
        let version = try await journal.outsideVersion()
        guard version != outsideVersion else { return }
        outsideVersion = version
        for job in try await journal.jobs(ids: Set(foreign.keys)) {
            guard let before = foreign[job.id] else { continue }
            foreign[job.id] = job
            tell(before, job)
            if job.state == .succeeded { try await tellOfFilm(job) }
            let isOver = job.state.isTerminal && job.state != .succeeded
            if isOver || job.owner == journal.processID { foreign[job.id] = nil }
        }
    }

    private func tell(_ before: JobRecord, _ job: JobRecord) {
        var job = job
        // A submit that was refused has lost its number, and is told by the one it was known by.
        job.number = job.number ?? before.number
        if job.state != before.state {
            let isNew = before.state == .sending || before.state == .intended || before.state == .held
            publish(isNew && job.state == .submitted ? .submitted : .state(from: before.state), job)
        } else if job.word != before.word || job.progressText != before.progressText {
            publish(.progress, job)
        }
        guard job.polling != before.polling, !job.state.isTerminal else { return }
        if case .paused(let reason) = job.polling {
            publish(.paused(reason, job.fault), job)
        } else {
            publish(.resumed, job)
        }
    }

    private func tellOfFilm(_ job: JobRecord) async throws(JournalError) {
        let assets = try await journal.assets(job: job.id)
        guard let film = assets.first(where: { $0.asset.kind == .video }) ?? assets.first else {
            foreign[job.id] = nil
            return
        }
        if film.state == .saved, let path = film.path, let size = film.size {
            foreign[job.id] = nil
            let saved = SavedFilm(
                path: path,
                size: size,
                sha256: film.sha256 ?? [],
                film: nil,
                linkExpiresAt: film.expiresAt
            )
            publish(.saved(saved), job)
        } else if film.state == .expired {
            foreign[job.id] = nil
            publish(.fetchFailed(Fault(.expired, "The link of \(job.name) has expired.")), job)
        }
    }
}
