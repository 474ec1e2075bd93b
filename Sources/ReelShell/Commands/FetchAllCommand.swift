import JobEngine
import Journal
import TerminalOutput
import VideoProviderKit

/// `fetch --all`: every film that is not saved yet.
enum FetchAllCommand {
    /// Saves what is not saved yet, each told as it ends; fails with the first job's fault when any failed.
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard call.words.isEmpty, call.value("o") == nil else {
            throw ShellFailure("fetch --all takes neither a job nor -o", tries: ["fetch --all"])
        }
        let engine = runner.session.engine
        try await askResting(runner)
        let (ends, ended) = AsyncStream.makeStream(of: (job: JobRecord, result: Result<SavedFilm, Fault>).self)
        let saving = Task { () -> JournalError? in
            defer { ended.finish() }
            do throws(JournalError) {
                try await engine.fetchAll { job, result in ended.yield((job, result)) }
                return nil
            } catch { return error }
        }
        let (failures, count) = await withTaskCancellationHandler {
            var failures: [(number: Int, failure: ShellFailure)] = []
            var count = 0
            for await end in ends {
                count += 1
                switch end.result {
                case .success(let film): FetchCommand.show(film, of: end.job, runner)
                case .failure(let fault):
                    let failure = await FetchCommand.failure(fault, end.job, runner.session)
                    failures.append((end.job.number ?? 0, failure))
                }
            }
            return (failures, count)
        } onCancel: {
            saving.cancel()
        }
        if let problem = await saving.value { throw ShellFailure(problem) }
        if Task.isCancelled { throw ShellFailure(interrupted: "interrupted; fetch --all goes on where it stopped") }
        if count == 0 { try await showNothing(runner) }
        let sorted = failures.sorted { $0.number < $1.number }.map(\.failure)
        for failure in sorted.dropFirst() { runner.output.show(failure) }
        if let first = sorted.first { throw first }
    }

    /// Asks about jobs that rest, whose films would be missed else, and says what came of it.
    private static func askResting(_ runner: CommandRunner) async throws(ShellFailure) {
        let answers: [(job: JobRecord, fault: Fault?)]
        do throws(JournalError) { answers = try await runner.session.engine.askResting() } catch {
            throw ShellFailure(error)
        }
        for (job, fault) in answers {
            let words = fault.map { FaultWords.why($0) ?? $0.kind.rawValue }
            let answer: Message =
                words.map { Message(verbatim: TerminalText.words($0)) } ?? StateWords.said(job.state)
            runner.output.remark(
                job.state.isTerminal
                    ? "\(job.name) rested and was asked about once: \(answer)"
                    : "\(job.name) rests and was asked about once: \(answer); resume \(job.name) goes on"
            )
        }
    }

    /// Says that there was nothing to do, and what became of the films there are.
    private static func showNothing(_ runner: CommandRunner) async throws(ShellFailure) {
        let (saved, expired, open) = try await runner.session.reading { (journal) throws(JournalError) in
            var filter = JobFilter()
            filter.states = JobState.polled
            let open = try await journal.jobs(filter).count
            filter.states = [.succeeded]
            var (saved, expired) = (0, 0)
            for job in try await journal.jobs(filter) {
                let films = try await journal.assets(job: job.id).filter { $0.asset.kind == .video }
                saved += films.count { $0.state == .saved }
                expired += films.count { $0.state != .saved }
            }
            return (saved, expired, open)
        }
        runner.output.tell(
            "nothing to fetch; films saved: \(saved), links expired: \(expired), jobs not over: \(open)",
            json: ["saved": .int(saved), "expired": .int(expired), "open": .int(open)]
        )
    }
}
