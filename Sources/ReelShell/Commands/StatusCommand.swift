import JobEngine
import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// `status`: one poll, now.
enum StatusCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let job = try await References(session: session).job(call.words.first)
        if job.receipt == nil {
            runner.output.tell(JobView.line(job), json: JobView.json(job))
            return
        }
        do throws(Fault) {
            let polled = try await session.engine.pollNow(job)
            session.state.withLock { $0.printed(polled.exchange) }
            let exchange: Message = polled.exchange.map { "  (r\($0))" } ?? ""
            runner.output.tell(JobView.line(polled.job) + exchange, json: JobView.json(polled.job))
        } catch {
            var failure = await session.failure(error, instance: job.instance)
            failure.what = "\(job.name) is unchanged: \(failure.what)"
            throw failure
        }
    }
}
