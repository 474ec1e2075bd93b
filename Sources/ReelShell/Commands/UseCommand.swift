import JobEngine
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
                tries: [
                    session.instances.names.first { $0 != session.instance.name }.map { "use \($0)" } ?? "providers"
                ]
            )
        }
        let name = try target(word, session)
        let current = session.instance
        guard let next = session.instances[name] else { throw unknown(word, session) }
        guard next.name != current.name else { return }
        let arrival = session.state.withLock { $0.use(next, from: current) }
        let messages = summary(arrival.fates, returned: arrival.returned)
        if next.baseURL == nil {
            let variable = next.descriptor.baseURLVariable
            runner.output.note("\(next.descriptor.name) has no default address; set \(variable) before sending")
        }
        // At a prompt the prompt says it.
        let said = messages.isEmpty && !session.isInteractive ? ["provider is \(next.name)"] : messages
        let changes = messages.map { RequestJSON.string($0.description) }
        runner.output.echo(said, json: ["provider": .string(next.name.description), "draft": .array(changes)])
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

    /// What became of a draft, and which values of earlier came back.
    static func summary(_ fates: [CarryOver.Fate], returned: [String]) -> [Message] {
        var kept: [String] = []
        var renamed: [Message] = []
        var converted: [Message] = []
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
        var parts: [Message] = []
        if !kept.isEmpty { parts.append("kept \(kept.joined(separator: ", "))") }
        if !renamed.isEmpty { parts.append("renamed \(Message.list(renamed))") }
        if !converted.isEmpty { parts.append("converted \(Message.list(converted))") }
        if !lost.isEmpty { parts.append("lost \(lost.joined(separator: ", "))") }
        var lines: [Message] = parts.isEmpty ? [] : ["draft: \(Message.joined(parts))"]
        for case .lost(let name, let reason) in fates { lines.append("  \(name): \(Message(recognizing: reason))") }
        if !returned.isEmpty { lines.append("draft: \(returned.joined(separator: ", ")) back from before") }
        return lines
    }

    private static func names(_ session: ShellSession) -> String {
        session.instances.names.map(\.description).joined(separator: ", ")
    }

    static func unknown(_ word: String, _ session: ShellSession, tries verb: String = "use") -> ShellFailure {
        let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
        if parts.count == 2, InstanceName(word) != nil, session.instances[written: parts[0]] != nil {
            return ShellFailure(
                "there is no account \(parts[1]) of \(parts[0])",
                why: "accounts stand in config.yaml under instances; providers are \(names(session))",
                tries: ["help instances"]
            )
        }
        let nearest = EditDistance.nearest(to: word, in: session.instances.names.map(\.description))
        return ShellFailure(
            "there is no provider \(word)",
            why: "providers are \(names(session))",
            tries: nearest.map { ["\(verb) \($0)"] } ?? ["providers"]
        )
    }
}
