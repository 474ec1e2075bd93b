/// The jobs of one vendor, in the order of their submits, and the ids it has yet to give.
package struct JobBook: Sendable, Hashable {
    /// In the order of their submits.
    package private(set) var jobs: [SandboxJob] = []
    // Gives ids to jobs; saved, so that none comes twice.
    var ids: IdentifierSource
    // Gives ids to requests. Not saved with each of them, so a restored book starts them elsewhere.
    var traces: IdentifierSource
    /// Jobs ever made, deleted ones included: what the vendor would bill.
    package private(set) var made = 0
    private var positions: [String: Int] = [:]

    init(seed: UInt64) {
        ids = IdentifierSource(state: seed)
        traces = IdentifierSource(state: seed ^ 0x7ace)
    }

    init(ids: IdentifierSource, traces: IdentifierSource, made: Int, jobs: [SandboxJob]) {
        self.ids = ids
        self.traces = traces
        self.made = made
        self.jobs = jobs
        index()
    }

    subscript(id: String) -> SandboxJob? {
        get { positions[id].map { jobs[$0] } }
        set {
            guard let position = positions[id] else { return }
            if let newValue {
                jobs[position] = newValue
            } else {
                jobs.remove(at: position)
                index()
            }
        }
    }

    /// Adds a job that was ordered at `time`.
    mutating func add(
        id: String,
        model: String,
        prompt: String,
        film: FilmSpec,
        at time: SandboxTime,
        details: [String: String] = [:]
    ) -> SandboxJob {
        made += 1
        let job = SandboxJob(
            id: id,
            model: model,
            prompt: prompt,
            film: film,
            submittedWall: time.wall,
            submittedWork: time.work,
            row: 1_023 + made,
            details: details
        )
        enter(job)
        return job
    }

    /// Knows a job that nobody ordered here.
    mutating func enter(_ job: SandboxJob) {
        positions[job.id] = jobs.count
        jobs.append(job)
    }

    private mutating func index() {
        positions = Dictionary(jobs.enumerated().map { ($0.element.id, $0.offset) }) { _, last in last }
    }
}
