import OrderedCollections

extension Draft {
    /// What keeps the draft from being sent to the provider of `descriptor`, and what deserves a warning, in the
    /// order of the schema.
    public func problems(for descriptor: ProviderDescriptor) -> [DraftProblem] {
        unknownNames(descriptor) + descriptor.parameters.flatMap { problems(with: $0, descriptor) }
    }

    /// Whether `parameter` may be given with the rest of this draft.
    public func applies(_ parameter: Parameter, in descriptor: ProviderDescriptor) -> Bool {
        // An id that is in no list says nothing about what it takes, so nothing is refused for it.
        if case .models = parameter.applies, !isListed(model, descriptor) { return true }
        return parameter.applies.holds(model: model) { effectiveText($0, descriptor) }
    }

    /// Whether `parameter` must be given with the rest of this draft.
    public func requires(_ parameter: Parameter, in descriptor: ProviderDescriptor) -> Bool {
        applies(parameter, in: descriptor)
            && parameter.required.holds(model: model) { effectiveText($0, descriptor) }
    }

    private func isListed(_ model: String?, _ descriptor: ProviderDescriptor) -> Bool {
        descriptor.models.contains { $0.id == model }
    }

    private func effectiveText(_ name: ParameterName, _ descriptor: ProviderDescriptor) -> String? {
        values[name]?.text ?? descriptor.parameters.first { $0.name == name }?.defaultText
    }

    private func unknownNames(_ descriptor: ProviderDescriptor) -> [DraftProblem] {
        let known = descriptor.parameters.map(\.name)
        return values.keys.filter { !known.contains($0) }.map { name in
            let nearest = EditDistance.nearest(to: name.rawValue, in: known.map(\.rawValue))
            return DraftProblem(
                .unknown,
                "\(descriptor.name) has no parameter \(name).",
                parameter: name,
                suggestion: nearest.map { "describe \($0)" } ?? "unset \(name)"
            )
        }
    }

    private func problems(with parameter: Parameter, _ descriptor: ProviderDescriptor) -> [DraftProblem] {
        guard let value = values[parameter.name] else {
            guard requires(parameter, in: descriptor), parameter.defaultText == nil else { return [] }
            return [missing(parameter, descriptor)]
        }
        if value.isBlank, requires(parameter, in: descriptor) {
            var problem = missing(parameter, descriptor)
            problem.message = "\(parameter.name) is empty, and it is required."
            return [problem]
        }
        var problems: [DraftProblem] = []
        if !applies(parameter, in: descriptor) {
            problems.append(
                DraftProblem(
                    .notApplicable,
                    "\(parameter.name) is not taken \(reason(parameter.applies, descriptor)).",
                    parameter: parameter.name,
                    suggestion: substitute(for: parameter, value, descriptor)
                )
            )
        }
        if let problem = parameter.problem(with: value) { problems.append(problem) }
        for other in parameter.excludes where values[other] != nil {
            problems.append(
                DraftProblem(
                    .excluded,
                    "\(parameter.name) cannot be given together with \(other).",
                    parameter: parameter.name,
                    suggestion: "unset \(other)"
                )
            )
        }
        if parameter.name == .model, !descriptor.models.isEmpty, !isListed(model, descriptor) {
            problems.append(
                DraftProblem(
                    .unlisted,
                    "\(value.text) is not among the models known here; it is sent all the same.",
                    parameter: .model,
                    severity: .warning
                )
            )
        }
        return problems
    }

    /// The same value for the parameter of the same role that does apply; else to take the value away.
    private func substitute(for parameter: Parameter, _ value: DraftValue, _ descriptor: ProviderDescriptor) -> String {
        let other = descriptor.parameters.first {
            $0.common != nil && $0.common == parameter.common && $0.name != parameter.name
                && applies($0, in: descriptor)
        }
        if case .media = value {
            return other.map { "unset \(parameter.name), set \($0.name)" } ?? "unset \(parameter.name)"
        }
        return other.map { "set \($0.name) \(value.text)" } ?? "unset \(parameter.name)"
    }

    private func missing(_ parameter: Parameter, _ descriptor: ProviderDescriptor) -> DraftProblem {
        let why: String
        switch parameter.required {
        case .models, .parameter, .all: why = " \(reason(parameter.required, descriptor))"
        case .always, .never: why = ""
        }
        let example =
            parameter.name == .model
            ? descriptor.models.last.map { "model \($0.id)" }
            : "set \(parameter.name) \(parameter.kind.choices.first ?? placeholder(parameter.kind))"
        return DraftProblem(
            .missing,
            "\(parameter.name) is required\(why).",
            parameter: parameter.name,
            suggestion: example ?? "set \(parameter.name) VALUE"
        )
    }

    private func placeholder(_ kind: ParameterKind) -> String {
        switch kind {
        case .media: "@FILE"
        case .text: "TEXT"
        default: "VALUE"
        }
    }

    private func reason(_ condition: Condition, _ descriptor: ProviderDescriptor) -> String {
        switch condition {
        case .models: "with model \(model ?? "(none)")"
        case .parameter(let name, _): "with \(name)=\(effectiveText(name, descriptor) ?? "(none)")"
        case .all(let conditions): conditions.map { reason($0, descriptor) }.joined(separator: " and ")
        case .always, .never: "here"
        }
    }
}
