package import Journal
import Transport
package import VideoProviderKit

/// Saving films without being asked, and all at once.
extension Engine {
    /// Looks up when the links of newly finished jobs die, and lets them wait as ``EngineSettings/fetchMode`` says.
    func admitFetches() async {
        for id in fetchQueue.takeArrived() {
            guard settings.fetchMode != .off, let film = await videoAsset(id) else { continue }
            let now = clock.now
            let rest = film.expiresAt.map { Duration.milliseconds($0.milliseconds - clock.wall.milliseconds) }
            var due = now
            // Late means at half the shortest life documented; without one nobody knows how long there is.
            if settings.fetchMode == .late, let end = film.expiresAt, let rest {
                let half = Duration.milliseconds(max(0, end.milliseconds - film.seenAt.milliseconds) / 2)
                due = now + max(.zero, rest - half)
            }
            fetchQueue.add(FetchQueue.Entry(job: id, expires: rest.map { now + $0 }, due: due))
        }
    }

    func takeFetch() -> Int64? {
        guard unaskedFetches < settings.parallelDownloads, let job = fetchQueue.take(at: clock.now) else { return nil }
        unaskedFetches += 1
        return job
    }

    func fetchUnasked(_ id: Int64) async {
        defer {
            unaskedFetches -= 1
            wake.yield()
        }
        guard let job = try? await journal.job(id: id) else { return }
        var options = FetchOptions()
        options.takesFreeName = true
        await fetchFilms(of: job, options) { [self] _, result in
            switch result {
            case .success(let film): await publish(.saved(film), job)
            case .failure(let fault): await publish(.fetchFailed(fault), job, exchange: fault.exchange)
            }
        }
    }

    /// Saves every film of a job, the first under the job's name and the others under names made from it; of one that is given
    /// a path the first alone.
    ///
    /// Tells each as it ends by its place, nil for the first, with how many are still to come; a failure last, since no film
    /// is a reason to leave another.
    package func fetchFilms(
        of job: JobRecord,
        _ options: FetchOptions,
        _ tell: @Sendable (Int?, Result<SavedFilm, Fault>) async -> Void
    ) async {
        let others = options.path == nil ? await otherFilms(of: job) : []
        var options = options
        var waiting = [nil] + others.map(Optional.some)
        var failure: (place: Int?, fault: Fault)?
        // While a dead link is asked again and again the living ones would die: they come first.
        for isBrief in others.isEmpty ? [false] : [true, false] {
            options.isBrief = isBrief
            let turn = waiting
            waiting = []
            for (position, place) in turn.enumerated() {
                options.index = place
                do throws(Fault) {
                    var film = try await fetch(job, options)
                    film.others = turn.count - 1 - position + waiting.count + (failure == nil ? 0 : 1)
                    await tell(place, .success(film))
                } catch {
                    if isBrief, error.kind == .expired {
                        waiting.append(place)
                        continue
                    }
                    failure = failure ?? (place, error)
                    if error.kind == .cancelled || isStopping { return await tell(place, .failure(error)) }
                }
            }
        }
        if let failure { await tell(failure.place, .failure(failure.fault)) }
    }

    /// The films of a job besides the first, by their places among its results.
    package func otherFilms(of job: JobRecord) async -> [Int] {
        let films = ((try? await journal.assets(job: job.id)) ?? []).filter { $0.asset.kind == .video }
        return films.dropFirst().map(\.index)
    }

    /// Asks once about each job that is not asked about any more, but for those that the user stopped: their films may be
    /// there by now.
    package func askResting() async throws(JournalError) -> [(job: JobRecord, fault: Fault?)] {
        var filter = JobFilter()
        filter.states = JobState.polled
        var answers: [(job: JobRecord, fault: Fault?)] = []
        for job in try await journal.jobs(filter) where job.polling != .active && job.polling != .paused(.user) {
            if Task.isCancelled { break }
            do throws(Fault) { answers.append((try await pollNow(job).job, nil)) } catch {
                answers.append((job, error))
            }
        }
        return answers
    }

    /// Saves every film that is not saved yet, some at a time, nearest expiry first; tells each as it ends.
    ///
    /// A link that is over is asked about once more, as in ``fetch(_:_:)``.
    package func fetchAll(
        _ tell: @escaping @Sendable (JobRecord, Result<SavedFilm, Fault>) async -> Void
    ) async throws(JournalError) {
        let jobs = try await journal.unfetchedJobs(at: UpstreamTime(milliseconds: 0))
        var queue = FetchQueue()
        for job in jobs where !fetching.contains(job.id) {
            let end = await videoAsset(job.id)?.expiresAt.map { Duration.milliseconds($0.milliseconds) }
            queue.add(FetchQueue.Entry(job: job.id, expires: end, due: .zero))
        }
        let byID = Dictionary(uniqueKeysWithValues: jobs.map { ($0.id, $0) })
        let gate = FetchGate(places: settings.parallelDownloads)
        await withDiscardingTaskGroup { group in
            while let id = queue.take(at: .zero), let job = byID[id] {
                await gate.enter()
                if Task.isCancelled { break }
                group.addTask { await self.fetchAsked(job, gate, tell) }
            }
        }
    }

    private func fetchAsked(
        _ job: JobRecord,
        _ gate: FetchGate,
        _ tell: @escaping @Sendable (JobRecord, Result<SavedFilm, Fault>) async -> Void
    ) async {
        var options = FetchOptions()
        options.takesFreeName = true
        await fetchFilms(of: job, options) { await tell(job, $1) }
        await gate.leave()
    }

    private func videoAsset(_ job: Int64) async -> AssetRecord? {
        guard let assets = try? await journal.assets(job: job) else { return nil }
        return assets.first { $0.asset.kind == .video } ?? assets.first
    }
}

/// Lets so many through at a time.
private actor FetchGate {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    func enter() async {
        if places > 0 {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
    }
}
