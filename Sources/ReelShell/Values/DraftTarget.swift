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
        for word in words { targets.append(try target(word, draft, session)) }
        guard targets.count >= 2 else {
            let names = session.instances.names.map(\.description)
            let name = call.spec.name
            throw ShellFailure(
                "\(name) needs two providers or models",
                why: call.spec.synopsis,
                tries: [names.count > 1 ? "\(name) \(names[0]) \(names[1])" : "providers"]
            )
        }
        return targets
    }

    private static func target(
        _ word: String,
        _ draft: Draft,
        _ session: ShellSession
    ) throws(ShellFailure) -> DraftTarget {
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
        guard let id = known.first(where: { $0 == word }) ?? unique(word, known) else {
            let names = session.instances.names.map(\.description)
            let nearest = EditDistance.nearest(to: word, in: names + known)
            throw ShellFailure(
                "\(word) is neither a provider nor a known model of \(current.name)",
                why: "providers are \(names.joined(separator: ", ")); a model that is not listed is PROVIDER:MODEL",
                tries: [nearest.map { "\($0)" } ?? "\(current.name):\(word)"]
            )
        }
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
