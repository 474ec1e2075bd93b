import JobEngine
import LosslessJSON
import OrderedCollections
import Synchronization
import VideoProviderKit

/// `set`, `unset`, `reset`, `undo`: compose the draft.
enum SetCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        if !call.items.isEmpty {
            guard call.words.isEmpty else {
                throw ShellFailure(
                    "set takes PARAM VALUE or items, not both",
                    why: call.spec.synopsis,
                    tries: ["set \(call.items.map { Quoting.item($0.name, $0.op, $0.value) }.joined(separator: " "))"]
                )
            }
            return try await apply(call.items, runner)
        }
        guard let name = call.words.first else { return try ShowCommand.show(nil, runner) }
        let reading = ValueReading(session: runner.session)
        let parameter = try reading.parameter(name, value: call.words.count > 1 ? call.words[1] : nil)
        guard call.words.count > 1 else {
            throw ShellFailure(
                "set \(name) needs a value",
                why: "it takes \(parameter.kind.summary)",
                tries: ["describe \(name)"]
            )
        }
        let value = try await reading.value(call.words.dropFirst().joined(separator: " "), for: parameter)
        store(value, parameter, runner)
    }

    /// Free text to the end of the line.
    static func apply(text: String, to name: String, _ runner: CommandRunner) async throws(ShellFailure) {
        let reading = ValueReading(session: runner.session)
        let parameter = try reading.parameter(name)
        let value: DraftValue
        do throws(DraftProblem) { value = try parameter.value(parsing: text) } catch {
            throw ShellFailure(error, parameter)
        }
        if let problem = parameter.problem(with: value), problem.severity == .error {
            throw ShellFailure(problem, parameter)
        }
        store(value, parameter, runner)
        // Pasted commands below `set prompt` are text as well, which nobody may have meant.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        if runner.session.isInteractive, lines > 1 {
            runner.output.note("\(parameter.name) has \(lines) lines; undo takes it back")
        }
    }

    /// Items; all or none.
    static func apply(_ items: [RequestItem], _ runner: CommandRunner) async throws(ShellFailure) {
        let reading = ValueReading(session: runner.session)
        var draft = runner.session.draft
        for item in items { try await reading.apply(item, to: &draft) }
        let before = runner.session.draft
        runner.session.state.withLock { $0.replaceDraft(draft) }
        var shown: [String] = []
        var blocks: [String] = []
        for (name, value) in draft.values
        where before[name] != value || items.contains(where: { $0.name == name.rawValue }) {
            let text = runner.output.style.elided(DraftText.value(value))
            // What has lines of its own has them to itself.
            if text.contains("\n") {
                blocks += DraftText.assignment(name.rawValue, text)
            } else {
                shown.append("\(name) = \(text)")
            }
        }
        for (name, json) in draft.extras where before[extra: name] != json {
            shown.append("raw.\(name) = \(json.text)")
        }
        for item in draft.query where !before.query.contains(item) { shown.append("\(item.name) == \(item.value)") }
        for item in draft.headerFields where !before.headerFields.contains(item) {
            shown.append("\(item.name): \(item.value)")
        }
        warn(draft, names: items.map(\.name), runner)
        for item in items where item.op == .query && runner.session.descriptor.parameter(named: item.name) != nil {
            runner.output.note("\(item.name)== is a query item; \(item.name)=\(item.value) sets the parameter")
        }
        runner.output.echo(
            (shown.isEmpty && !blocks.isEmpty ? [] : [shown.joined(separator: ", ")]) + blocks,
            json: DraftText.json(draft)
        )
    }

    static func unset(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard !call.words.isEmpty else { throw ShellFailure("unset needs a parameter", tries: ["show", "reset"]) }
        var draft = runner.session.draft
        let before = draft
        for word in call.words {
            if word.hasPrefix("raw.") {
                draft[extra: String(word.dropFirst(4))] = nil
            } else if draft[ParameterName(rawValue: word)] != nil {
                draft[ParameterName(rawValue: word)] = nil
            } else if draft.query.contains(where: { $0.name == word }) {
                draft.query.removeAll { $0.name == word }
            } else if draft.headerFields.contains(where: { $0.name.lowercased() == word.lowercased() }) {
                draft.headerFields.removeAll { $0.name.lowercased() == word.lowercased() }
            } else {
                let parameter = try ValueReading(session: runner.session).parameter(word)
                draft[parameter.name] = nil
            }
        }
        let result = draft
        // Whoever reads "unset" tries to undo it, and would lose the change before.
        guard result != before else {
            let names = call.words.joined(separator: ", ")
            return runner.output.echo(["\(names) was not set" as Message], json: DraftText.json(draft))
        }
        runner.session.state.withLock { $0.replaceDraft(result) }
        runner.output.echo(["unset \(call.words.joined(separator: ", "))" as Message], json: DraftText.json(draft))
    }

    static func reset(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let count = runner.session.draft.values.count + runner.session.draft.extras.count
        runner.session.state.withLock { $0.replaceDraft(Draft()) }
        let back: Message =
            count == 1
            ? "the draft is empty; undo brings the value back" : "the draft is empty; undo brings \(count) values back"
        runner.output.echo([count == 0 ? "the draft is empty" : back], json: DraftText.json(Draft()))
    }

    static func undo(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        guard let undone = runner.session.state.withLock({ $0.undo() }) else {
            throw ShellFailure("there is nothing to undo", tries: ["show"])
        }
        let (draft, name) = runner.session.state.withLock { ($0.draft, $0.instance) }
        var json = DraftText.json(draft)
        json.set(.string(name.description), at: ["provider"])
        let changes = DraftChange.messages(from: undone.draft, to: draft)
        guard name != undone.instance else { return runner.output.echo(changes, json: json) }
        // The names are another provider's: what differs from them says less than what is there now.
        let back: Message = "back at \(name) with the draft of before"
        let values = draft.isEmpty ? ["the draft is empty"] : DraftChange.messages(from: Draft(), to: draft)
        runner.output.echo([back] + values, json: json)
    }

    private static func store(_ value: DraftValue, _ parameter: Parameter, _ runner: CommandRunner) {
        runner.session.state.withLock { state in
            var draft = state.draft
            draft[parameter.name] = value
            state.replaceDraft(draft)
        }
        warn(runner.session.draft, names: [parameter.name.rawValue], runner)
        let text = runner.output.style.elided(DraftText.value(value, parameter, runner.session))
        runner.output.echo(
            DraftText.assignment(parameter.name.rawValue, text),
            json: DraftText.json(runner.session.draft)
        )
    }

    private static func warn(_ draft: Draft, names: [String], _ runner: CommandRunner) {
        let descriptor = runner.session.descriptor
        let concerned = Set(names.compactMap { descriptor.parameter(named: $0)?.name })
        for problem in draft.problems(for: descriptor) {
            guard let name = problem.parameter, concerned.contains(name) else { continue }
            // What was taken away is known to be missing; what was set and is empty may not be.
            if problem.code == .missing, draft[name] == nil { continue }
            runner.output.note(problem.said)
        }
    }
}
