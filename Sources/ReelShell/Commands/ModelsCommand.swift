import JobEngine
import Synchronization
import VideoProviderKit

/// `models`: known ids; `model NAME`: choose one.
enum ModelsCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        if call.has("refresh") { try await refresh(runner) }
        let pattern = call.words.first ?? "*"
        let current = session.draft.model
        let models = known(session).filter { Glob.matches(pattern.contains("*") ? pattern : "*\(pattern)*", $0.id) }
        guard !models.isEmpty else {
            if let other = session.instances[written: pattern] {
                throw ShellFailure(
                    "\(pattern) is a provider, not a model",
                    why: "models lists those of \(session.instance.name), which is in use",
                    tries: ["use \(other.name)"]
                )
            }
            if let failure = elsewhere(pattern, session) { throw failure }
            throw ShellFailure(
                "no known model fits \(pattern)",
                why: "the list is advice; any id can be sent",
                tries: [pattern.contains("*") ? "models" : "model \(pattern)"]
            )
        }
        let rows = models.map { [$0.id == current ? "*" : " ", $0.id, runner.output.language.say($0.note)] }
        let list = models.map { ["id": .string($0.id), "note": .string($0.note)] as RequestJSON }
        let width = runner.output.style.isTerminal ? runner.output.width : nil
        runner.output.show(Columns.described(rows, width: width), json: ["models": .array(list)])
    }

    static func choose(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        guard let word = call.words.first else {
            runner.output.tell(session.draft.model.map(Message.init(verbatim:)) ?? "no model chosen")
            return
        }
        guard !word.allSatisfy(\.isWhitespace) else {
            throw ShellFailure("a model needs a name", tries: ["models", "unset model"])
        }
        let ids = known(session).map(\.id)
        let id = ids.first { $0 == word } ?? unique(word, ids) ?? word
        session.state.withLock { state in
            var draft = state.draft
            draft[.model] = .text(id)
            state.replaceDraft(draft)
        }
        if !ids.isEmpty, !ids.contains(id) {
            let alike = ids.filter { $0.lowercased().contains(id.lowercased()) }
            let meant = alike.isEmpty ? EditDistance.nearest(to: id, in: ids).map { [$0] } ?? [] : alike
            let unknown: Message = "\(id) is not among the models known here; it is sent all the same"
            let names = meant.joined(separator: ", ")
            runner.output.note(meant.isEmpty ? unknown : "\(unknown); did you mean \(names)?")
        }
        runner.output.echo(["model = \(id)"], json: ["model": .string(id)])
    }

    /// The ids known from the descriptor and from the last refresh.
    static func known(_ session: ShellSession) -> [ModelAdvice] { known(session.descriptor, session) }

    /// The failure that says which providers have a model that the one in use has not; nil where none has it.
    static func elsewhere(_ id: String, _ session: ShellSession) -> ShellFailure? {
        let owners = session.instances.all.filter { instance in
            instance.name.profile == nil && known(instance.descriptor, session).contains { $0.id == id }
        }
        guard !owners.isEmpty, !owners.contains(where: { $0.descriptor.id == session.descriptor.id }) else {
            return nil
        }
        let names = owners.map(\.name.description).joined(separator: ", ")
        return ShellFailure(
            "\(id) is no model of \(session.descriptor.name)",
            why: owners.count == 1 ? "\(names) has it" : "\(names) have it",
            tries: owners.map { "use \($0.name)" }
        )
    }

    private static func known(_ descriptor: ProviderDescriptor, _ session: ShellSession) -> [ModelAdvice] {
        let learned = session.state.withLock { $0.models[descriptor.id] } ?? []
        return descriptor.models + learned.filter { new in !descriptor.models.contains { $0.id == new.id } }
    }

    /// The id that a part of it means, which is told; else the text itself.
    static func meant(_ text: String, _ descriptor: ProviderDescriptor, _ session: ShellSession) -> String {
        let ids = known(descriptor, session).map(\.id)
        guard !text.isEmpty, !ids.contains(text), let id = unique(text, ids) else { return text }
        session.output.note("\(text) is taken as \(id)")
        return id
    }

    private static func unique(_ word: String, _ ids: [String]) -> String? {
        let matches = ids.filter { $0.lowercased().contains(word.lowercased()) }
        return matches.count == 1 ? matches[0] : nil
    }

    private static func refresh(_ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let instance = session.instance
        guard let provider = instance.provider as? any ListsModels else {
            throw ShellFailure("\(instance.descriptor.name) has no call that lists models", tries: ["models"])
        }
        do throws(Fault) {
            let answer = try await session.engine.callFree(provider.modelsRequest(), .models, instance)
            session.state.withLock { $0.printed(answer.exchange) }
            let models = try provider.models(in: answer.reply)
            session.state.withLock { $0.models[instance.descriptor.id] = models }
        } catch {
            throw FaultWords.failure(error, instance: instance.name.description)
        }
    }
}
