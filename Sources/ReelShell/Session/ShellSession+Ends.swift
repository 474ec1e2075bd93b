import Journal
import Synchronization
import VideoProviderKit

extension ShellSession {
    /// How a job ended without a film, as an error; nil for one that goes on or succeeded.
    func failure(endOf job: JobRecord) async -> ShellFailure? {
        guard job.state.endedInVain else { return nil }
        var fault = job.fault ?? Fault(.taskFailed, "")
        // A cancelled task is not the end of a command by Ctrl-C.
        if job.state != .failed { fault.kind = .taskFailed }
        var failure = await failure(of: job, fault)
        if job.state != .failed { failure.what = "\(job.name) \(StateWords.has(job.state))" }
        return failure
    }

    /// The failure that tells of a job that failed, with the answer that said so.
    func failure(of job: JobRecord, _ fault: Fault) async -> ShellFailure {
        let exchange = await lastAnswer(about: job)
        state.withLock { $0.printed(exchange?.number) }
        var failure = FaultWords.failure(fault, instance: job.instance, exchange: exchange)
        failure.what = "\(job.name) failed: \(failure.what)"
        guard job.state == .failed else { return failure }
        failure.tries = [exchange.map { "body \($0.name)" }, "trace \(job.name)"].compactMap(\.self)
        return failure
    }

    /// The newest exchange that told of a job's task: a poll, or the submit where none followed.
    func lastAnswer(about job: JobRecord) async -> ExchangeRecord? {
        var filter = ExchangeFilter()
        filter.job = job.id
        filter.calls = [.status, .submit]
        filter.limit = 1
        return try? await journal.exchanges(filter).last
    }
}

extension JobState {
    /// Whether the vendor ended the task without a film.
    var endedInVain: Bool { [.failed, .cancelled, .expired].contains(self) }
}
