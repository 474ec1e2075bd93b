package import Journal
package import Transport
package import VideoProviderKit

/// The life of jobs: submits them once, polls them on one timer heap, saves their films, and tells subscribers.
///
/// Everything is on the disk before it is told. The pure parts decide (``SubmitJudge``, ``JobMachine``, ``PollRhythm``);
/// this actor performs what they decide.
package actor Engine {
    /// Where requests go.
    package private(set) var instances: InstanceDirectory
    /// What happened.
    package nonisolated let journal: JobJournal
    /// Knows the loaded keys, to keep them out of everything.
    package nonisolated let redactor: Redactor
    package private(set) var settings: EngineSettings

    let transport: any HTTPTransport
    nonisolated let clock: any EngineClock
    nonisolated let hub = EventHub()
    private let credentials: CredentialReader
    private var secrets: [String: Secret] = [:]
    private var sources: [String: CredentialSource] = [:]
    /// Used where there is no key: while a recorded run is played, none is needed.
    private var standIn: Secret?

    /// The jobs that are polled here, and when.
    var polls = PollQueue()
    var homes: [String: JobHome] = [:]
    /// The jobs that rest because the key of their account was refused.
    var refused: [String: Set<Int64>] = [:]
    /// Unfinished jobs that another process polls, as last seen.
    var foreign: [Int64: JobRecord] = [:]
    /// What somebody here is watching, with how many of them.
    var attended: [Int64: Int] = [:]
    var silence = SilenceWatch()
    var outsideVersion: Int?
    var houseAt: Duration?
    var submitsUnderWay = 0
    /// The submits that are held, by account: the others of it wait.
    var holds: [String: SubmitHold] = [:]
    var usage = MemoryUsage()
    var journalFails = false
    /// Whether it was told that another process keeps the journal locked.
    var isLockedOut = false
    /// The servers of which it was told that polls stay unanswered.
    var unansweredPlaces: Set<String> = []
    var upkeepAt = Duration.zero
    var fetchQueue = FetchQueue()
    var fetching: Set<Int64> = []
    /// Those of them whose server sends other ranges than it is asked for: it is asked for none any more.
    var withoutRange: Set<Int64> = []
    /// Those whose part belongs to a process that was taken for frozen: it is not gone on with.
    var startedAnew: Set<Int64> = []
    /// The locks on what is being saved.
    var fetchLocks: [Int64: FetchLock] = [:]
    var unaskedFetches = 0
    var isStopping = false
    let wakeups: AsyncStream<Void>
    let wake: AsyncStream<Void>.Continuation
    private var alarm: (deadline: Duration, task: Task<Void, Never>)?

    /// Makes an engine.
    ///
    /// Nothing is read or sent until it is asked to.
    package init(
        instances: InstanceDirectory,
        journal: JobJournal,
        transport: any HTTPTransport,
        credentials: CredentialReader,
        redactor: Redactor,
        settings: EngineSettings = EngineSettings(),
        clock: any EngineClock = SystemClock(),
    ) {
        self.instances = instances
        self.journal = journal
        self.transport = transport
        self.credentials = credentials
        self.redactor = redactor
        self.settings = settings
        self.clock = clock
        (wakeups, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The rows of the jobs that are polled here.
    package var watchedJobs: Set<Int64> { Set(polls.jobs.keys) }

    /// Everything that happens from now on; the sequence ends after `limit` when one is given.
    package nonisolated func events(endingAfter limit: Duration? = nil) -> AsyncStream<JobEvent> {
        hub.subscribe(endingAfter: limit, clock: clock)
    }

    /// Adds or replaces an instance.
    package func add(_ instance: ProviderInstance) { instances.add(instance) }

    /// Changes what can be set.
    package func configure(_ change: @Sendable (inout EngineSettings) -> Void) { change(&settings) }

    /// Takes over what earlier runs left and, if `schedules`, polls and saves it on.
    ///
    /// Call once, before ``run()``.
    package func recover(schedules: Bool) async throws(JournalError) -> Recovery {
        // What can only be read can only be shown.
        guard !journal.isReadOnly else {
            var recovery = Recovery()
            recovery.foreign = try await journal.unfinishedJobs()
            keepInMind(recovery.foreign)
            return recovery
        }
        // Following what is paid for comes before the next receipt.
        let recovery = try await journal.withReserve { () async throws(JournalError) in
            try await journal.recover(at: clock.wall, takesOver: schedules)
        }
        keepInMind(recovery.foreign)
        guard schedules else { return recovery }
        takeOn(recovery)
        if settings.fetchesAutomatically {
            for job in try await journal.unfetchedJobs(at: clock.wall) { fetchQueue.append(job.id) }
        }
        wake.yield()
        return recovery
    }

    /// Takes over what earlier runs left, with the first polls after `delay`: for measuring what waiting costs.
    package func watch(startingAfter delay: Duration) async throws(JournalError) -> Int {
        let recovery = try await journal.recover(at: clock.wall)
        for job in recovery.resumed { watch(job, after: delay) }
        return recovery.resumed.count
    }

    /// What a watched job takes in memory besides its texts: its entry and its timer.
    package var timerBytes: Int { MemoryLayout<WatchedJob>.stride + MemoryLayout<Timer>.stride + 8 }

    /// Polls and saves until ``stop()``.
    ///
    /// The caller awaits it for as long as the program runs.
    package func run() async {
        houseAt = settings.houseInterval.map { clock.now + $0 }
        await withDiscardingTaskGroup { group in
            for await _ in wakeups {
                if isStopping { break }
                await admitFetches()
                await keepHouseIfDue()
                let due = polls.takeDue(at: clock.now, terms: terms(of:))
                for job in due.polls { group.addTask { await self.pollDue(job) } }
                for errand in due.errands { group.addTask { await self.run(errand) } }
                while let job = takeFetch() { group.addTask { await self.fetchUnasked(job) } }
                setAlarm()
            }
            group.cancelAll()
        }
    }

    /// Ends ``run()``: no more polls, downloads stop and keep their parts.
    package func stop() {
        isStopping = true
        alarm?.task.cancel()
        wake.yield()
        wake.finish()
    }

    /// The key of an instance, read once; nil when there is none.
    package func secret(for instance: ProviderInstance) async throws(Fault) -> Secret? {
        let name = instance.name.description
        if let known = secrets[name] { return known }
        for source in instance.credentials {
            let found: Secret?
            do throws(Fault) { found = try await credentials.secret(from: source) } catch {
                var fault = error
                fault.message = "The key of \(name) cannot be used: \(fault.message)"
                fault.accepted = .no
                throw fault
            }
            if let secret = found {
                redactor.add(secret)
                secrets[name] = secret
                sources[name] = source
                return secret
            }
        }
        return standIn
    }

    /// Learns every key that can be had at once, so that none is shown or kept before a request first needed it.
    package func learnSecrets() {
        for instance in instances.all {
            for source in instance.credentials {
                if let secret = credentials.secretAtHand(from: source) { redactor.add(secret) }
            }
        }
    }

    /// Where the key of an instance came from; nil when there is none.
    package func credentialSource(of instance: ProviderInstance) async throws(Fault) -> CredentialSource? {
        try await secret(for: instance) == nil ? nil : sources[instance.name.description]
    }

    /// Takes a value for instances without a key, or none.
    package func setStandIn(_ secret: Secret?) { standIn = secret }

    /// Forgets a key, so that it is read again when next needed.
    package func forgetSecret(of instance: InstanceName) { secrets[instance.description] = nil }

    /// Takes a new key of an instance: forgets the old one and asks again about the jobs it was refused for.
    package func renewSecret(of instance: InstanceName) async {
        forgetSecret(of: instance)
        for key in Array(refused.keys) where key.hasPrefix("\(instance) ") { await welcomeBack(key) }
    }

    func publish(_ kind: JobEvent.Kind, _ job: JobRecord, exchange: Int? = nil) {
        hub.publish(JobEvent(time: clock.wall, job: job, exchange: exchange, kind: kind))
    }

    /// Publishes what happened to all of `jobs` at once; with `isTold` an earlier event speaks for them.
    func publish(_ kind: JobEvent.Kind, _ jobs: [JobRecord], exchange: Int? = nil, isTold: Bool = false) {
        for (index, job) in jobs.enumerated() {
            var event = JobEvent(time: clock.wall, job: job, exchange: index == 0 ? exchange : nil, kind: kind)
            if isTold || index > 0 {
                event.crowd = .further
            } else if jobs.count > 1 {
                event.crowd = .first(of: jobs.count)
            }
            hub.publish(event)
        }
    }

    func jitter() -> Double { Double.random(in: 0..<1) }

    /// The addresses a request may go to: any for the configured base, elsewhere public ones and those of the base's
    /// own kind.
    ///
    /// Judged when connecting, so a name that changes its address gains nothing.
    func addressCheck(_ url: String, base: BaseURL) -> (@Sendable (SocketAddress) -> Bool)? {
        guard let target = WebURL(url), target.origin.host != base.url.origin.host else { return nil }
        guard !settings.plainHTTPHosts.contains(target.origin.host) else { return nil }
        let home = SocketAddress(literal: base.url.origin.host)
        let isLocal = base.url.origin.isLoopback || home?.isLoopback == true
        let isPrivate = home?.isPrivate == true
        return { address in
            address.isPublic || (isLocal && address.isLoopback)
                || (isPrivate && address.isPrivate && !address.isMetadata)
        }
    }

    /// Makes requests for `instance` ready for the wire.
    func assembler(_ instance: ProviderInstance, _ base: BaseURL, _ secret: Secret?) -> RequestAssembler {
        RequestAssembler(instance: instance, baseURL: base, secret: secret, plainHTTPHosts: settings.plainHTTPHosts)
    }

    /// The provider's reading of replies.
    func reading(_ instance: ProviderInstance) -> ProviderReading {
        ProviderReading(provider: instance.provider, redactor: redactor)
    }

    /// The record of an exchange that begins now.
    func making(_ request: AssembledRequest, _ instance: ProviderInstance) -> ExchangeMaking {
        ExchangeMaking(request, instance: instance.name, startedAt: clock.wall, redactor: redactor)
    }

    private func setAlarm() {
        let now = clock.now
        let dues = [polls.nextDue(at: now, terms: terms(of:)), houseAt, fetchQueue.nextDue(after: now)]
        guard let due = dues.compactMap(\.self).min(), !isStopping else { return }
        // What is due by now needs no timer, and one that rings too early does no harm: it is set anew then. Where
        // thousands of polls are made each second, every one of them would otherwise make a timer for the next.
        guard due > now else {
            wake.yield()
            return
        }
        if let alarm, alarm.deadline > now, alarm.deadline <= due, !alarm.task.isCancelled { return }
        alarm?.task.cancel()
        let (clock, wake) = (clock, wake)
        let task = Task {
            do { try await clock.sleep(until: due) } catch { return }
            wake.yield()
        }
        alarm = (due, task)
    }
}
