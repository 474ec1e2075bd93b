import TerminalOutput
import VideoProviderKit

/// `sandbox`: the knobs of the emulations.
enum SandboxCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard let sandbox = runner.session.sandbox else {
            throw ShellFailure(
                "there is no sandbox in this session",
                why: "requests go to the real vendors",
                tries: ["reel --sandbox"]
            )
        }
        var flags: [String: String] = [:]
        for case .flag(let name, let value) in call.arguments { flags[name] = value ?? "" }
        let answer = try await sandbox.perform(call.words, flags: flags)
        let output = runner.output
        let rows = answer.rows.map { $0.map(output.language.say) }
        let lines = Columns.aligned(rows) + answer.lines.map(output.language.say)
        output.show(lines, json: ["sandbox": answer.json])
    }
}
