import Journal
import VideoProviderKit

/// `watch` and `wait`: follow jobs in the foreground.
///
/// Ctrl-C detaches; the jobs go on.
enum WatchCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try await follow(call, runner, shows: call.has("in-place") ? .inPlace : .changes, timeout: nil)
    }

    @Sendable static func wait(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try await follow(call, runner, shows: .ends, timeout: call.duration("timeout"))
    }

    private static func follow(
        _ call: CommandCall,
        _ runner: CommandRunner,
        shows: Watcher.Shows,
        timeout: Duration?
    )
        async throws(ShellFailure) -> EntryResult
    {
        let session = runner.session
        let jobs = try await References(session: session).jobs(call.words)
        guard !jobs.isEmpty else {
            runner.output.tell("no job is under way", json: ["jobs": []])
            return EntryResult(code: .ok)
        }
        let until = call.value("until")
        if let until, !JobState.allCases.contains(where: { $0.shown == until }) {
            throw ShellFailure(
                "there is no state \(until)",
                why: "states are \(StateWords.all)",
                tries: ["watch --until running"]
            )
        }
        let every = try call.duration("every")
        if let every, every < .milliseconds(100) {
            throw ShellFailure("--every cannot be less than 100ms", tries: ["watch --every 5s"])
        }
        return try await Watcher(session: session, output: runner.output, every: every)
            .follow(jobs, shows: shows, until: until, timeout: timeout)
    }
}
