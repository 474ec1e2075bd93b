import JobEngine
import VideoProviderKit

/// `race A B...`: the draft to several providers or models at once, confirmed as one, watched side by side.
enum RaceCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        let session = runner.session
        let targets = try await DraftTarget.read(call, session)
        let remarks = targets.flatMap { target in target.changes.map { "\(target.name): \($0)" as Message } }
        var set = SubmitSet(
            members: targets.map {
                SubmitSet.Member(label: label($0), instance: $0.instance, draft: $0.draft, target: $0.name)
            },
            runner: runner
        )
        set.items = call.items.map { Quoting.item($0.name, $0.op, $0.value) }
        // The others do not lose because one cannot start.
        set.stopsAtFailure = false
        set.note = call.value("note")
        // Provider and model are the job's own.
        set.notesLabels = false
        set.showsLog = call.has("log")
        try await set.ask(remarks)
        let (accepted, failure) = try await set.send()
        let result = try await set.follow(accepted)
        guard accepted.count < targets.count, result.code == .ok else { return result }
        return EntryResult(code: failure?.code ?? .other)
    }

    private static func label(_ target: DraftTarget) -> [String] {
        let model = target.draft.model.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        return [target.instance.name.description, model ?? ""]
    }
}
