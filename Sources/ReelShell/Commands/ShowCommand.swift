import OrderedCollections
import VideoProviderKit

/// `show`: the draft with defaults and what is missing.
enum ShowCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        try show(call.words.first, runner)
    }

    static func show(_ name: String?, _ runner: CommandRunner) throws(ShellFailure) {
        let session = runner.session
        let draft = session.draft
        let descriptor = session.descriptor
        if let name {
            let parameter = try ValueReading(session: session).parameter(name)
            let text =
                draft[parameter.name].map { runner.output.style.elided(DraftText.value($0, parameter, session)) }
                ?? runner.output.language.say(state(parameter, draft, descriptor))
            runner.output.show(DraftText.assignment(parameter.name.rawValue, text), json: DraftText.json(draft))
            return
        }
        var rows: [[String]] = []
        for parameter in descriptor.parameters {
            if let value = draft[parameter.name] {
                rows.append([
                    parameter.name.rawValue, runner.output.style.elided(DraftText.value(value, parameter, session)),
                ])
            } else if draft.requires(parameter, in: descriptor) || parameter.defaultText != nil,
                draft.applies(parameter, in: descriptor)
            {
                rows.append([parameter.name.rawValue, runner.output.language.say(state(parameter, draft, descriptor))])
            }
        }
        for (name, value) in draft.values where !descriptor.parameters.contains(where: { $0.name == name }) {
            let text: Message = "\(DraftText.value(value))  (unknown here)"
            rows.append([name.rawValue, runner.output.language.say(text)])
        }
        rows += draft.extras.map { ["raw.\($0.key)", $0.value.text] }
        rows += draft.query.map { ["\($0.name)==", $0.value] }
        rows += draft.headerFields.map { ["\($0.name):", $0.value] }
        runner.output.show(Columns.aligned(rows), json: DraftText.json(draft))
    }

    private static func state(_ parameter: Parameter, _ draft: Draft, _ descriptor: ProviderDescriptor) -> Message {
        if let text = parameter.defaultText { return "\(text)  (default)" }
        return draft.requires(parameter, in: descriptor) ? "(missing)" : "(not set)"
    }
}
