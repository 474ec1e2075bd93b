import JobEngine
import Journal
import Synchronization
import VideoProviderKit

/// `cancel J`: asks the vendor to stop a task; the job is what the vendor says afterwards.
enum CancelCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let job = try await References(session: session).openJob(call.words.first)
        guard !job.state.isTerminal else {
            throw ShellFailure("\(job.name) \(StateWords.has(job.state)) already", tries: ["status \(job.name)"])
        }
        guard job.receipt != nil else {
            throw ShellFailure(
                "\(job.name) has no task that could be cancelled",
                why: "the submit got no clear answer",
                tries: JobView.adoptions(job) + ["stop \(job.name)"]
            )
        }
        guard let instance = session.instances[written: job.instance], instance.provider is any Cancels else {
            throw ShellFailure(
                "\(job.instance) has no call that cancels a task",
                why: "it would go on and may be billed; stop only ends the asking here",
                tries: ["stop \(job.name)"]
            )
        }
        let cancelled: (job: JobRecord, exchange: Int?)
        do throws(Fault) { cancelled = try await session.engine.cancel(job) } catch {
            var failure = FaultWords.failure(error, instance: job.instance)
            failure.what = "\(job.name) was not cancelled: \(failure.what)"
            failure.tries = ["status \(job.name)", "stop \(job.name)"]
            throw failure
        }
        session.state.withLock { $0.printed(cancelled.exchange) }
        let exchange = cancelled.exchange.map { " (r\($0))" } ?? ""
        let line: Message =
            cancelled.job.state == .cancelled
            ? "\(job.name) is cancelled\(exchange)"
            : "\(job.name) was asked to stop\(exchange); it \(StateWords.has(cancelled.job.state)) until the vendor says cancelled"
        runner.output.tell(line, json: JobView.json(cancelled.job))
    }
}
