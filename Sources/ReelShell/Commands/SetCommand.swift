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
                    tries: ["set \(call.items[0].name)=VALUE"]
                )
            }
            return try await apply(call.items, runner)
        }
        guard let name = call.words.first else { return try ShowCommand.show(nil, runner) }
        let reading = ValueReading(session: runner.session)
        let parameter = try reading.parameter(name)
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
    }

    /// Items; all or none.
    static func apply(_ items: [RequestItem], _ runner: CommandRunner) async throws(ShellFailure) {
        let reading = ValueReading(session: runner.session)
        var draft = runner.session.draft
        for item in items { try await reading.apply(item, to: &draft) }
        let before = runner.session.draft
        runner.session.state.withLock { $0.replaceDraft(draft) }
        var shown: [String] = []
        for (name, value) in draft.values
        where before[name] != value || items.contains(where: { $0.name == name.rawValue }) {
            shown.append("\(name) = \(DraftText.value(value))")
        }
        for (name, json) in draft.extras where before[extra: name] != json {
            shown.append("raw.\(name) = \(json.text)")
        }
        for item in draft.query where !before.query.contains(item) { shown.append("\(item.name) == \(item.value)") }
        for item in draft.headerFields where !before.headerFields.contains(item) {
            shown.append("\(item.name): \(item.value)")
        }
        warn(draft, names: items.map(\.name), runner)
        runner.output.show([shown.joined(separator: ", ")], json: DraftText.json(draft))
    }

    static func unset(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        guard !call.words.isEmpty else { throw ShellFailure("unset needs a parameter", tries: ["show", "reset"]) }
        var draft = runner.session.draft
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
        runner.session.state.withLock { $0.replaceDraft(result) }
        runner.output.show(["unset \(call.words.joined(separator: ", "))"], json: DraftText.json(draft))
    }

    static func reset(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let count = runner.session.draft.values.count + runner.session.draft.extras.count
        runner.session.state.withLock { $0.replaceDraft(Draft()) }
        runner.output.show(["the draft is empty; undo brings \(count) values back"], json: DraftText.json(Draft()))
    }

    static func undo(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let restored = runner.session.state.withLock { state -> Draft? in
            guard let earlier = state.history.popLast() else { return nil }
            state.draft = earlier
            return earlier
        }
        guard let restored else { throw ShellFailure("there is nothing to undo", tries: ["show"]) }
        runner.output.show(DraftText.lines(restored), json: DraftText.json(restored))
    }

    private static func store(_ value: DraftValue, _ parameter: Parameter, _ runner: CommandRunner) {
        runner.session.state.withLock { state in
            var draft = state.draft
            draft[parameter.name] = value
            state.replaceDraft(draft)
        }
        warn(runner.session.draft, names: [parameter.name.rawValue], runner)
        let text = "\(parameter.name) = \(DraftText.value(value, parameter, runner.session))"
        runner.output.show(
            text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
            json: DraftText.json(runner.session.draft)
        )
    }

    private static func warn(_ draft: Draft, names: [String], _ runner: CommandRunner) {
        let descriptor = runner.session.descriptor
        let concerned = Set(names.compactMap { descriptor.parameter(named: $0)?.name })
        for problem in draft.problems(for: descriptor) {
            guard let name = problem.parameter, concerned.contains(name), problem.code != .missing else { continue }
            runner.output.note(problem.said)
        }
    }
}
