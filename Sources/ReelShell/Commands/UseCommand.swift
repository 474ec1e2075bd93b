import JobEngine
import OrderedCollections
import Synchronization
import VideoProviderKit

/// `use NAME`: switch the provider and carry the draft over.
enum UseCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        guard let word = call.words.first else {
            throw ShellFailure(
                "use needs a name",
                why: "providers are \(names(session))",
                tries: ["use \(session.instance.name)"]
            )
        }
        let name = try target(word, session)
        let current = session.instance
        guard let next = session.instances[name] else { throw unknown(word, session) }
        guard next.name != current.name else { return }
        let lines = carry(from: current, to: next, session)
        if next.baseURL == nil {
            let variable = next.descriptor.baseURLVariable
            runner.output.note("\(next.descriptor.name) has no default address; set \(variable) before sending")
        }
        runner.output.show(
            lines,
            json: ["provider": .string(next.name.description), "draft": .array(lines.map(RequestJSON.string))]
        )
    }

    private static func target(_ word: String, _ session: ShellSession) throws(ShellFailure) -> InstanceName {
        if word == "-" {
            guard let previous = session.state.withLock(\.previousInstance) else {
                throw ShellFailure("there is no provider to go back to", tries: ["providers"])
            }
            return previous
        }
        if let name = InstanceName(word), session.instances[name] != nil { return name }
        let matches = session.instances.names.filter { $0.description.hasPrefix(word) }
        guard session.isInteractive, matches.count == 1 else { throw unknown(word, session) }
        return matches[0]
    }

    private static func carry(
        from current: ProviderInstance,
        to next: ProviderInstance,
        _ session: ShellSession
    ) -> [String] {
        session.state.withLock { state in
            let carried = state.draft.carried(from: current.descriptor, to: next.descriptor)
            var draft = carried.draft
            // What was lost on the way out of this provider comes back on return, unless it was set anew.
            let kept = state.lost[next.descriptor.id] ?? Draft()
            let returned =
                kept.values.keys.filter { draft[$0] == nil }.map(\.rawValue)
                + kept.extras.keys.filter { draft[extra: $0] == nil }.map { "raw.\($0)" }
                + (kept.query + kept.headerFields).map(\.name)
            draft = kept.merging(draft)
            state.lost[next.descriptor.id] = nil
            if !carried.lost.isEmpty { state.lost[current.descriptor.id] = carried.lost }
            state.history = []
            state.previousInstance = current.name
            state.instance = next.name
            state.draft = draft
            return summary(carried.fates, returned: returned)
        }
    }

    /// What became of a draft, and which values of earlier came back.
    static func summary(_ fates: [CarryOver.Fate], returned: [String]) -> [String] {
        var kept: [String] = []
        var renamed: [String] = []
        var converted: [String] = []
        var lost: [String] = []
        for fate in fates {
            switch fate {
            case .kept(let name): kept.append(name.rawValue)
            case .renamed(let name, let to): renamed.append("\(name) to \(to)")
            case .converted(let name, let to, let from, let value):
                converted.append(name == to ? "\(name) \(from) to \(value)" : "\(name) \(from) to \(to) \(value)")
            case .lost(let name, _): lost.append(name.rawValue)
            }
        }
        var parts: [String] = []
        if !kept.isEmpty { parts.append("kept \(kept.joined(separator: ", "))") }
        if !renamed.isEmpty { parts.append("renamed \(renamed.joined(separator: ", "))") }
        if !converted.isEmpty { parts.append("converted \(converted.joined(separator: ", "))") }
        if !lost.isEmpty { parts.append("lost \(lost.joined(separator: ", "))") }
        var lines = parts.isEmpty ? [] : ["draft: \(parts.joined(separator: "; "))"]
        for case .lost(let name, let reason) in fates { lines.append("  \(name): \(reason)") }
        if !returned.isEmpty { lines.append("draft: \(returned.joined(separator: ", ")) back from before") }
        return lines
    }

    private static func names(_ session: ShellSession) -> String {
        session.instances.names.map(\.description).joined(separator: ", ")
    }

    static func unknown(_ word: String, _ session: ShellSession) -> ShellFailure {
        let nearest = EditDistance.nearest(to: word, in: session.instances.names.map(\.description))
        return ShellFailure(
            "there is no provider \(word)",
            why: "providers are \(names(session))",
            tries: nearest.map { ["use \($0)"] } ?? ["providers"]
        )
    }
}
