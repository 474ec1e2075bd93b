import JobEngine
import Synchronization
import VideoProviderKit

/// `compare P1 P2`: the draft as each provider would get it, and what each loses.
///
/// No network.
enum CompareCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let targets = try await DraftTarget.read(call, session)
        var lines: [String] = []
        var list: [RequestJSON] = []
        for target in targets {
            lines +=
                (lines.isEmpty ? [] : [""]) + ["== \(target.name)"] + target.changes.map(runner.output.language.say)
            let problems = target.draft.problems(for: target.instance.descriptor)
            var object: RequestJSON = [
                "target": .string(target.name), "changes": .array(target.changes.map { .string($0.description) }),
                "problems": .array(problems.map { .string($0.message) }),
            ]
            do throws(Fault) {
                let request = try await session.engine.preview(target.draft, to: target.instance)
                let head = session.engine.redactor.scrub(request.head)
                lines += RequestView.head(head, target.instance, runner.output.language)
                lines += RequestView.body(request.body, runner.output.style)
                object.set(.string(head), at: ["head"])
            } catch {
                let none: Message = "no request: \(Message(recognizing: FaultWords.why(error) ?? error.message))"
                lines.append(runner.output.language.say(none))
            }
            for problem in problems {
                let said: Message = problem.severity == .error ? "problem: \(problem.said)" : "note: \(problem.said)"
                lines.append(runner.output.language.say(said))
            }
            list.append(object)
        }
        runner.output.show(lines, json: ["compared": .array(list)])
    }
}
