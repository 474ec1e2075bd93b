import TerminalOutput
import VideoProviderKit

/// `describe`: what parameters there are and what each takes.
enum DescribeCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        guard let name = call.words.first else { return overview(runner) }
        try show(name, runner)
    }

    /// Whether `name` is a parameter or a known model.
    static func knows(_ name: String, _ runner: CommandRunner) -> Bool {
        runner.session.descriptor.parameter(named: name) != nil
            || ModelsCommand.known(runner.session).contains { $0.id == name }
    }

    static func show(_ name: String, _ runner: CommandRunner) throws(ShellFailure) {
        let session = runner.session
        let descriptor = session.descriptor
        let output = runner.output
        guard let model = ModelsCommand.known(session).first(where: { $0.id == name }) else {
            if descriptor.parameter(named: name) == nil, let failure = ModelsCommand.elsewhere(name, session) {
                throw failure
            }
            let parameter = try ValueReading(session: session).parameter(name)
            output.show(lines(of: parameter, session, output), json: json(parameter))
            return
        }
        let taken = descriptor.parameters.filter { parameter in
            var draft = Draft()
            draft[.model] = .text(model.id)
            return draft.applies(parameter, in: descriptor)
        }
        let takes: Message = "  takes \(taken.map(\.name.rawValue).joined(separator: ", "))"
        output.show(
            [model.id, "  \(output.language.say(model.note))"]
                + output.wrapped(output.language.say(takes), indent: "    "),
            json: ["model": .string(model.id), "note": .string(model.note)]
        )
    }

    /// What a parameter is for, and what it takes.
    static func lines(of parameter: Parameter, _ session: ShellSession, _ output: ShellOutput) -> [String] {
        let title = "\(parameter.name): \(output.language.say(parameter.help))"
        let rows = facts(parameter, session.draft, session.descriptor).map {
            ["  \(output.language.say($0))", output.language.say($1)]
        }
        return output.wrapped(title, indent: "  ") + rowsFitted(rows, output)
    }

    private static func rowsFitted(_ rows: [[String]], _ output: ShellOutput) -> [String] {
        Columns.described(rows, width: output.style.isTerminal ? output.width : nil)
    }

    private static func overview(_ runner: CommandRunner) {
        let descriptor = runner.session.descriptor
        let draft = runner.session.draft
        let output = runner.output
        // A list of sizes leaves no room for what they are; `describe NAME` has it whole.
        let room = output.style.isTerminal ? max(16, min(40, output.width / 3)) : Int.max
        var rows: [[String]] = []
        for parameter in descriptor.parameters where draft.applies(parameter, in: descriptor) {
            let need = draft.requires(parameter, in: descriptor) ? output.language.say("required") : ""
            rows.append([
                parameter.name.rawValue, need, elide(type(parameter, output.language), maxColumns: room),
                output.language.say(parameter.help),
            ])
        }
        output.show(
            rowsFitted(rows, output),
            json: ["parameters": .array(descriptor.parameters.map(json))]
        )
    }

    private static func type(_ parameter: Parameter, _ language: Language) -> String {
        language.say(Message(recognizing: parameter.kind.summary))
    }

    /// What is known of a parameter: a label and what stands behind it.
    private static func facts(
        _ parameter: Parameter,
        _ draft: Draft,
        _ descriptor: ProviderDescriptor
    ) -> [(label: String, text: Message)] {
        var facts: [(label: String, text: Message)] = [("type", Message(recognizing: parameter.kind.summary))]
        if let text = parameter.defaultText { facts.append(("default", Message(verbatim: text))) }
        facts.append(("required", words(parameter.required)))
        if parameter.applies != .always { facts.append(("taken", words(parameter.applies))) }
        if !parameter.excludes.isEmpty {
            let names = parameter.excludes.map(\.rawValue).joined(separator: ", ")
            facts.append(("not with", Message(verbatim: names)))
        }
        facts.append(("sent as", parameter.wire.name.map(Message.init(verbatim:)) ?? "not sent"))
        if let common = parameter.common, common.rawValue != parameter.name.rawValue {
            facts.append(("also called", Message(verbatim: common.rawValue)))
        }
        if let words = parameter.vendorWords { facts.append(("vendor", Message(verbatim: "\"\(words)\""))) }
        if let value = draft[parameter.name] {
            facts.append(("now", Message(verbatim: DraftText.value(value, parameter))))
        }
        return facts
    }

    private static func words(_ condition: Condition) -> Message {
        switch condition {
        case .always: "always"
        case .never: "no"
        case .models(let patterns): "with models \(patterns.joined(separator: ", "))"
        case .parameter(let name, let values):
            "with \(name)=\(Self.list(values.map(Message.init(verbatim:))) { "\($0) or \($1)" })"
        case .all(let conditions): list(conditions.map(words)) { "\($0) and \($1)" }
        }
    }

    private static func list(_ messages: [Message], _ join: (Message, Message) -> Message) -> Message {
        messages.dropFirst().reduce(messages.first ?? "", join)
    }

    private static func json(_ parameter: Parameter) -> RequestJSON {
        var object: RequestJSON = [
            "name": .string(parameter.name.rawValue), "type": .string(parameter.kind.summary),
            "help": .string(parameter.help),
            "required": .string(words(parameter.required).description),
        ]
        if let text = parameter.defaultText { object.set(.string(text), at: ["default"]) }
        if let wire = parameter.wire.name { object.set(.string(wire), at: ["wire"]) }
        if !parameter.kind.choices.isEmpty {
            object.set(.array(parameter.kind.choices.map(RequestJSON.string)), at: ["choices"])
        }
        return object
    }
}
