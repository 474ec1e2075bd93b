import JobEngine
import Journal
import VideoProviderKit

/// `fetch --all`: every film that is not saved yet.
enum FetchAllCommand {
    /// Saves what is not saved yet, each told as it ends; fails with the first job's fault when any failed.
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard call.words.isEmpty, call.value("o") == nil else {
            throw ShellFailure("fetch --all takes neither a job nor -o", tries: ["fetch --all"])
        }
        let engine = runner.session.engine
        let (ends, ended) = AsyncStream.makeStream(of: (job: JobRecord, result: Result<SavedFilm, Fault>).self)
        let saving = Task { () -> JournalError? in
            defer { ended.finish() }
            do throws(JournalError) {
                try await engine.fetchAll { job, result in ended.yield((job, result)) }
                return nil
            } catch { return error }
        }
        let failures = await withTaskCancellationHandler {
            var failures: [(number: Int, failure: ShellFailure)] = []
            for await end in ends {
                switch end.result {
                case .success(let film):
                    let comparison = FetchCommand.comparison(film, end.job, runner.session)
                    runner.output.show(
                        FetchCommand.lines(film, comparison),
                        json: FetchCommand.json(film, end.job, comparison)
                    )
                case .failure(let fault):
                    let failure = await FetchCommand.failure(fault, end.job, runner.session)
                    failures.append((end.job.number ?? 0, failure))
                }
            }
            return failures
        } onCancel: {
            saving.cancel()
        }
        if let problem = await saving.value { throw ShellFailure(problem) }
        let sorted = failures.sorted { $0.number < $1.number }.map(\.failure)
        for failure in sorted.dropFirst() { runner.output.show(failure) }
        if let first = sorted.first { throw first }
    }
}
