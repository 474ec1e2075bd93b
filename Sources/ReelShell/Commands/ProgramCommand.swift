import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// `version` and `exit`.
enum ProgramCommand {
    static func version(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        runner.output.show(["reel \(Reel.version)"], json: ["version": .string(Reel.version)])
    }

    @Sendable static func exit(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        EntryResult(code: .ok, leaves: true)
    }
}
