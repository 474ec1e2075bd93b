import JobEngine
import VideoProviderKit

/// Where the draft is to go besides where it is: another provider, another model, or both as `PROVIDER:MODEL`.
struct DraftTarget: Sendable {
    /// As it was typed, in full.
    var name: String
    var instance: ProviderInstance
    /// The draft as that provider takes it.
    var draft: Draft
    /// What became of the draft on the way.
    var changes: [Message]

    /// The targets that the words of a call name, two at least, with its items over the draft.
    static func read(_ call: CommandCall, _ session: ShellSession) async throws(ShellFailure) -> [DraftTarget] {
        var words: [String] = []
        var items: [RequestItem] = []
        for argument in call.arguments {
            switch argument {
            case .word(let word): words.append(word)
            case .item(let item): items.append(item)
            case .flag: continue
            }
        }
        var draft = session.draft
        let reading = ValueReading(session: session)
        for item in items { try await reading.apply(item, to: &draft) }
        var targets: [DraftTarget] = []
        for word in words { targets.append(try target(word, draft, call, session)) }
        guard targets.count >= 2 else {
            let name = call.spec.name
            let other = session.instances.all.first { $0.name != (targets.first?.instance ?? session.instance).name }
            let words =
                [targets.first?.name ?? session.instance.name.description] + [other.map(whole)].compactMap(\.self)
            throw ShellFailure(
                "\(name) needs two providers or models",
                why: call.spec.synopsis,
                tries: [words.count > 1 ? "\(name) \(words.joined(separator: " "))" : "providers"]
            )
        }
        return targets
    }

    /// A provider with a model of its own, where it needs one to be chosen.
    private static func whole(_ instance: ProviderInstance) -> String {
        let models = instance.descriptor.models
        return models.count == 1
            ? "\(instance.name)" : models.first.map { "\(instance.name):\($0.id)" } ?? "\(instance.name)"
    }

    private static func target(
        _ word: String,
        _ draft: Draft,
        _ call: CommandCall,
        _ session: ShellSession
    ) throws(ShellFailure) -> DraftTarget {
        if let target = found(word, draft, session) { return target }
        let names = session.instances.names.map(\.description)
        let known = ModelsCommand.known(session).map(\.id)
        // Words that mean nothing here may be models that are in no list: one for each provider.
        var strangers = 0
        let words = call.words.map { typed -> String in
            guard found(typed, draft, session) == nil else { return typed }
            defer { strangers += 1 }
            return EditDistance.nearest(to: typed, in: names + known) ?? "\(names[strangers % names.count]):\(typed)"
        }
        throw ShellFailure(
            "\(word) is neither a provider nor a known model of \(session.instance.name)",
            why: "providers are \(names.joined(separator: ", ")); a model that is not listed is PROVIDER:MODEL",
            tries: ["\(call.spec.name) \(words.map(Quoting.word).joined(separator: " "))"]
        )
    }

    private static func found(_ word: String, _ draft: Draft, _ session: ShellSession) -> DraftTarget? {
        if let instance = session.instances[written: word] { return carried(draft, to: instance, session) }
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2, let instance = session.instances[written: parts[0]] {
            var target = carried(draft, to: instance, session, namesModel: true)
            target.draft[.model] = .text(model(parts[1], instance) ?? parts[1])
            target.name = "\(instance.name):\(target.draft.model ?? "")"
            return target
        }
        let current = session.instance
        let known = ModelsCommand.known(session).map(\.id)
        guard let id = known.first(where: { $0 == word }) ?? unique(word, known) else { return nil }
        var own = draft
        own[.model] = .text(id)
        return DraftTarget(name: id, instance: current, draft: own, changes: [])
    }

    private static func carried(
        _ draft: Draft,
        to instance: ProviderInstance,
        _ session: ShellSession,
        namesModel: Bool = false
    ) -> DraftTarget {
        let carried = draft.carried(from: session.descriptor, to: instance.descriptor)
        var result = carried.draft
        // A provider that lists one model leaves nothing to choose.
        if result.model == nil, instance.descriptor.models.count == 1 {
            result[.model] = .text(instance.descriptor.models[0].id)
        }
        // A model given for this target leaves nothing of the draft's to lose.
        let fates = namesModel ? carried.fates.filter { $0.name != .model } : carried.fates
        let isSame = instance.descriptor.id == session.descriptor.id
        return DraftTarget(
            name: instance.name.description,
            instance: instance,
            draft: result,
            changes: isSame ? [] : UseCommand.summary(fates, returned: [])
        )
    }

    private static func model(_ word: String, _ instance: ProviderInstance) -> String? {
        let ids = instance.descriptor.models.map(\.id)
        return ids.first { $0 == word } ?? unique(word, ids)
    }

    private static func unique(_ word: String, _ ids: [String]) -> String? {
        let matches = ids.filter { $0.lowercased().contains(word.lowercased()) }
        return matches.count == 1 ? matches[0] : nil
    }
}
