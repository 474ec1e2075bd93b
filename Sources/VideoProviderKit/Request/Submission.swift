import OrderedCollections

/// A checked draft on its way into a request.
public struct Submission: Sendable {
    /// The provider's descriptor.
    public let descriptor: ProviderDescriptor
    /// The draft; ``Draft/problems(for:)`` found no error in it.
    public let draft: Draft
    /// A client tag for vendors that take an idempotency key or echo a tag; equal for all attempts of one submit.
    public let tag: String

    /// Makes a submission.
    public init(_ draft: Draft, for descriptor: ProviderDescriptor, tag: String = "") {
        self.draft = draft
        self.descriptor = descriptor
        self.tag = tag
    }

    /// The model chosen, or the default.
    public var model: String? { text(.model) }

    /// The value given for `name`, or its default when that is to be sent.
    public func value(_ name: ParameterName) -> DraftValue? {
        if let value = draft[name] { return value }
        guard let parameter = descriptor.parameters.first(where: { $0.name == name }), parameter.sendsDefault,
            draft.applies(parameter, in: descriptor), let text = parameter.defaultText
        else { return nil }
        return try? parameter.value(parsing: text)
    }

    /// The value as text, with the default even when that is not sent.
    public func text(_ name: ParameterName) -> String? {
        draft[name]?.text ?? descriptor.parameters.first { $0.name == name }?.defaultText
    }

    /// The JSON body that the schema describes: each value at its wire place, in the schema's order, then the extras.
    public func json() -> RequestJSON {
        var body = RequestJSON.object([])
        for (parameter, place, value) in placed() {
            body.set(json(value, parameter), at: place.split(separator: ".").map(String.init))
        }
        for (name, json) in draft.extras { body.set(.raw(json), at: name.split(separator: ".").map(String.init)) }
        return body
    }

    /// The form that the schema describes: every field is text, media with a file encoding are file parts.
    public func form() -> [FormPart] {
        var parts: [FormPart] = []
        for (_, place, value) in placed() {
            guard case .media(let list) = value else {
                parts.append(FormPart(place, value.text))
                continue
            }
            for medium in list {
                switch medium {
                case .link(let url): parts.append(FormPart(place, url))
                case .content(let content): parts.append(FormPart(place, file: content))
                }
            }
        }
        for (name, json) in draft.extras { parts.append(FormPart(name, json.text)) }
        return parts
    }

    private func placed() -> [(Parameter, String, DraftValue)] {
        descriptor.parameters.compactMap { parameter in
            guard let place = parameter.wire.name, let value = value(parameter.name) else { return nil }
            return (parameter, place, value)
        }
    }

    private func json(_ value: DraftValue, _ parameter: Parameter) -> RequestJSON {
        switch value {
        case .text(let text): return .string(text)
        case .number(let spelling): return .number(spelling)
        case .flag(let flag): return .bool(flag)
        case .json(let json): return .raw(json)
        case .media(let list):
            guard case .media(let rule) = parameter.kind else { return .array([]) }
            let items = list.map { RequestJSON($0, as: rule.encoding(for: $0) ?? .url) }
            return rule.maximumCount == 1 && !rule.sendsList ? items.first ?? .array([]) : .array(items)
        }
    }
}
