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
        guard let model = ModelsCommand.known(session).first(where: { $0.id == name }) else {
            let parameter = try ValueReading(session: session).parameter(name)
            runner.output.show(lines(parameter, session.draft, descriptor), json: json(parameter))
            return
        }
        let taken = descriptor.parameters.filter { parameter in
            var draft = Draft()
            draft[.model] = .text(model.id)
            return draft.applies(parameter, in: descriptor)
        }
        let lines = [model.id, "  \(model.note)", "  takes \(taken.map(\.name.rawValue).joined(separator: ", "))"]
        runner.output.show(lines, json: ["model": .string(model.id), "note": .string(model.note)])
    }

    private static func overview(_ runner: CommandRunner) {
        let descriptor = runner.session.descriptor
        let draft = runner.session.draft
        var rows: [[String]] = []
        for parameter in descriptor.parameters where draft.applies(parameter, in: descriptor) {
            let need = draft.requires(parameter, in: descriptor) ? "required" : ""
            rows.append([parameter.name.rawValue, need, parameter.kind.summary, parameter.help])
        }
        runner.output.show(
            Columns.aligned(rows, width: runner.output.style.isTerminal ? runner.output.width : nil),
            json: ["parameters": .array(descriptor.parameters.map(json))]
        )
    }

    private static func lines(_ parameter: Parameter, _ draft: Draft, _ descriptor: ProviderDescriptor) -> [String] {
        var rows = [["  type", parameter.kind.summary]]
        if let text = parameter.defaultText { rows.append(["  default", text]) }
        rows.append(["  required", words(parameter.required)])
        if parameter.applies != .always { rows.append(["  taken", words(parameter.applies)]) }
        if !parameter.excludes.isEmpty {
            rows.append(["  not with", parameter.excludes.map(\.rawValue).joined(separator: ", ")])
        }
        if let wire = parameter.wire.name {
            rows.append(["  sent as", wire])
        } else {
            rows.append(["  sent as", "not sent"])
        }
        if let common = parameter.common, common.rawValue != parameter.name.rawValue {
            rows.append(["  also called", common.rawValue])
        }
        if let words = parameter.vendorWords { rows.append(["  vendor", "\"\(words)\""]) }
        if let value = draft[parameter.name] { rows.append(["  now", DraftText.value(value, parameter)]) }
        return ["\(parameter.name): \(parameter.help)"] + Columns.aligned(rows)
    }

    private static func words(_ condition: Condition) -> String {
        switch condition {
        case .always: "always"
        case .never: "no"
        case .models(let patterns): "with models \(patterns.joined(separator: ", "))"
        case .parameter(let name, let values): "with \(name)=\(values.joined(separator: " or "))"
        case .all(let conditions): conditions.map(words).joined(separator: " and ")
        }
    }

    private static func json(_ parameter: Parameter) -> RequestJSON {
        var object: RequestJSON = [
            "name": .string(parameter.name.rawValue), "type": .string(parameter.kind.summary),
            "help": .string(parameter.help),
            "required": .string(words(parameter.required)),
        ]
        if let text = parameter.defaultText { object.set(.string(text), at: ["default"]) }
        if let wire = parameter.wire.name { object.set(.string(wire), at: ["wire"]) }
        if !parameter.kind.choices.isEmpty {
            object.set(.array(parameter.kind.choices.map(RequestJSON.string)), at: ["choices"])
        }
        return object
    }
}
