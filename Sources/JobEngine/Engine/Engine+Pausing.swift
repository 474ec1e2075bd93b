package import Journal
package import VideoProviderKit

/// Pauses that many jobs share: one refused key or one wrong certificate is enough to know about all of them.
extension Engine {
    private static let probeInterval = Duration.seconds(300)

    /// Rests all jobs of the account of `home`, but for one that is asked about now and then.
    ///
    /// - Returns: those that rest since now, for the caller to tell of.
    func pauseAccount(of home: JobHome, but id: Int64) async -> [JobRecord] {
        let isNew = refused[home.account] == nil
        refused[home.account, default: []].insert(id)
        let jobs = polls.jobs.values.filter { $0.home.account == home.account }.map(\.id)
        refused[home.account]?.formUnion(jobs)
        let paused = await pause(jobs.filter { $0 != id }, .credentials)
        if isNew { polls.remind(of: .probe, job: id, step: 0, at: clock.now + Self.probeInterval) }
        wake.yield()
        return paused
    }

    /// Rests all jobs at the server of `home` until the user resumes them, and returns them.
    func pauseOrigin(of home: JobHome, but id: Int64) async -> [JobRecord] {
        let jobs = polls.jobs.values.filter { $0.home.place == home.place && $0.id != id }.map(\.id)
        return await pause(jobs, .certificate)
    }

    private func pause(_ jobs: [Int64], _ reason: Polling.Reason) async -> [JobRecord] {
        for id in jobs { unwatch(id) }
        return (try? await journal.setPolling(.paused(reason), of: jobs)) ?? []
    }

    /// Asks about one job of an account whose key was refused.
    func probe(_ id: Int64) async {
        guard let job = try? await journal.job(id: id), job.hasReceipt else { return }
        let entry = watched(job)
        let key = entry.home.account
        guard let resting = refused[key] else { return }
        guard job.polling == .paused(.credentials), job.owner == journal.processID else {
            refused[key]?.remove(id)
            guard let other = refused[key]?.first else {
                refused[key] = nil
                return
            }
            polls.remind(of: .probe, job: other, step: 0, at: clock.now)
            wake.yield()
            return
        }
        // The key may have been changed where it is kept.
        if let name = InstanceName(job.instance) { forgetSecret(of: name) }
        let outcome = await poll(entry, isUsers: false)
        if case .snapshot = outcome.outcome, resting.contains(id) {
            await welcomeBack(key)
        } else {
            polls.remind(of: .probe, job: id, step: 0, at: clock.now + Self.probeInterval)
            wake.yield()
        }
    }

    /// Asks about a job whose key was refused or missing, for somebody who waits for it: by now there may be one.
    ///
    /// - Returns: why it still rests; nil when it is asked about again, with all that rest for the same reason.
    package func askAgain(about job: JobRecord) async -> Fault? {
        let job = await reload(job)
        guard job.polling == .paused(.credentials), job.hasReceipt, !journal.isReadOnly else { return nil }
        let entry = watched(job)
        refused[entry.home.account, default: []].insert(job.id)
        do throws(Fault) { try await pollNow(job) } catch { return error }
        await welcomeBack(entry.home.account)
        return nil
    }

    /// Asks again about the jobs of an account whose key is good now.
    func welcomeBack(_ account: String) async {
        guard let jobs = refused.removeValue(forKey: account) else { return }
        await goOn(jobs, from: .credentials)
    }

    /// Asks again about the jobs of a server the user trusts again.
    func trustAgain(_ place: String) async {
        var filter = JobFilter()
        filter.states = JobState.polled
        let jobs = (try? await journal.jobs(filter)) ?? []
        let resting = jobs.filter { $0.polling == .paused(.certificate) && JobHome($0).place == place }
        await goOn(Set(resting.map(\.id)), from: .certificate)
    }

    /// Asks again about the jobs that a cassette had no answer for: another is played now, or none.
    package func cassetteChanged() async {
        var filter = JobFilter()
        filter.states = JobState.polled
        let jobs = (try? await journal.jobs(filter)) ?? []
        await goOn(Set(jobs.filter { $0.polling == .paused(.notRecorded) }.map(\.id)), from: .notRecorded)
    }

    private func goOn(_ jobs: Set<Int64>, from reason: Polling.Reason) async {
        let changed = try? await journal.setPolling(.active, of: jobs, from: .paused(reason))
        let polled = (changed ?? []).filter(\.state.isPolled)
        for job in polled { watch(job, after: .zero) }
        publish(.resumed, polled)
        wake.yield()
    }
}
