import JobEngine
import Journal
import Synchronization
import Testing
import VideoProviderKit

/// An engine with everything around it: a scripted network, a clock, a journal and a folder for films.
struct Workshop {
    let clock: TestClock
    let network: ScriptedTransport
    let folder: TemporaryFolder
    let journal: JobJournal
    let redactor: Redactor
    let engine: Engine
    let instance: ProviderInstance

    /// A workshop with one instance, by default SiliconFlow's, and no film saved unasked.
    init(
        _ mode: TestClock.Mode = .jumping,
        _ instance: ProviderInstance? = nil,
        folder: TemporaryFolder? = nil,
        clock: TestClock? = nil,
        reader: CredentialReader = CredentialReader(environment: [:]),
        space: DiskSpace = .system,
        settings change: (inout EngineSettings) -> Void = { _ in }
    ) throws {
        self.clock = clock ?? TestClock(mode)
        network = ScriptedTransport(self.clock)
        self.folder = try folder ?? TemporaryFolder()
        redactor = Redactor()
        journal = try JobJournal(
            directory: self.folder.file("state"),
            scrubber: redactor,
            now: self.clock.wall.milliseconds,
            space: space
        )
        self.instance = try instance ?? Sample.siliconFlow()
        var settings = EngineSettings()
        settings.fetchesAutomatically = false
        settings.fetchFolder = self.folder.path
        // A clock that jumps to whatever is waited for would do nothing but look at the others.
        settings.houseInterval = nil
        change(&settings)
        engine = Engine(
            instances: InstanceDirectory([self.instance]),
            journal: journal,
            transport: network,
            credentials: reader,
            redactor: redactor,
            settings: settings,
            clock: self.clock
        )
    }

    /// The name of the part of a job's film.
    func part(of job: JobRecord) async throws -> String { Engine.partName(try await asset(job), job) }

    /// Runs `body` beside the running engine.
    func running<Value>(_ body: (EventList) async throws -> Value) async throws -> Value {
        let events = EventList(engine.events())
        let engine = engine
        let run = Task { await engine.run() }
        let result: Result<Value, any Error>
        do { result = .success(try await body(events)) } catch { result = .failure(error) }
        await engine.stop()
        await run.value
        return try result.get()
    }

    /// Submits a draft, which the network must accept, by default by what is scripted.
    @discardableResult
    func submitted(_ draft: Draft = Sample.draft, answer id: String? = nil) async throws -> JobRecord {
        if let id { network.script("/submit", Sample.submitted(id)) }
        let report = await engine.submit(draft, to: instance)
        guard case .submitted(let job, _) = report.end else {
            Issue.record("The submit ended as \(report.end).")
            throw Unexpected()
        }
        return job
    }

    func job(_ id: Int64) async throws -> JobRecord { try #require(try await journal.job(id: id)) }

    struct Unexpected: Error {}
}

/// The events of an engine in the order they came.
final class EventList {
    private var iterator: AsyncStream<JobEvent>.Iterator
    private(set) var seen: [JobEvent] = []

    init(_ events: AsyncStream<JobEvent>) { iterator = events.makeAsyncIterator() }

    /// The next event that fits; those before it are skipped but kept in ``seen``.
    @discardableResult
    func next(where fits: (JobEvent) -> Bool) async throws -> JobEvent {
        while let event = await iterator.next(isolation: #isolation) {
            seen.append(event)
            if fits(event) { return event }
        }
        throw Ended()
    }

    /// The next change of a job's state to `state`.
    @discardableResult
    func state(_ state: JobState) async throws -> JobEvent {
        try await next { event in
            if case .state = event.kind { event.job.state == state } else { false }
        }
    }

    struct Ended: Error {}
}

extension SubmitReport.End {
    /// The name of the case, for comparing.
    var name: String {
        switch self {
        case .invalid: "invalid"
        case .equal: "equal"
        case .doubtful: "doubtful"
        case .submitted: "submitted"
        case .rejected: "rejected"
        case .unsent: "unsent"
        case .unconfirmed: "unconfirmed"
        case .receiptNotStored: "receiptNotStored"
        }
    }

    var fault: Fault? {
        switch self {
        case .rejected(let fault), .unsent(let fault), .unconfirmed(_, let fault): fault
        default: nil
        }
    }

    var job: JobRecord? {
        switch self {
        case .equal(let job), .submitted(let job, _), .unconfirmed(let job, _): job
        default: nil
        }
    }
}
