import JobEngine
import Journal
import VideoProviderKit

/// `stop` and `resume`: whether this program asks about a job.
///
/// Nothing is said to the vendor.
enum StopCommand {
    static func stop(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let job = try await References(session: runner.session).openJob(call.words.first)
        guard !job.state.isTerminal else {
            throw ShellFailure("\(job.name) \(StateWords.has(job.state)) already", tries: ["jobs"])
        }
        let stopped: JobRecord
        do throws(JournalError) { stopped = try await runner.session.engine.stop(job) } catch {
            throw ShellFailure(error)
        }
        let line: Message =
            stopped.state == .lost
            ? "\(job.name) is lost now; nothing was sent again"
            : "\(job.name) is not asked about any more here; the vendor works on, resume \(job.name) goes on"
        runner.output.tell(line, json: JobView.json(stopped))
    }

    static func resume(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let job = try await References(session: runner.session).job(call.words.first)
        guard job.receipt != nil else {
            throw ShellFailure("\(job.name) has no task to ask about", tries: JobView.adoptions(job))
        }
        guard !job.state.isTerminal else {
            throw ShellFailure("\(job.name) \(StateWords.has(job.state)) already", tries: ["status \(job.name)"])
        }
        guard !job.state.isPolled || job.polling != .active else {
            return runner.output.tell("\(job.name) is asked about already", json: JobView.json(job))
        }
        let resumed: JobRecord
        do throws(JournalError) { resumed = try await runner.session.engine.resume(job) } catch {
            throw ShellFailure(error)
        }
        runner.output.tell("\(job.name) is asked about again", json: JobView.json(resumed))
    }
}
