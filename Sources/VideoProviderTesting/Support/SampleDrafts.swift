import VideoProviderKit

/// Drafts that a schema allows: for every listed model, and every value of the parameters that others depend on, one
/// with all that applies and one with only what is required.
struct SampleDrafts {
    let descriptor: ProviderDescriptor

    /// A text that occurs nowhere by itself, as the prompt.
    static let canary = "canary 7f3a/..%2e?#月"

    /// An undeclared member, which the user may always add.
    static let extraName = "zz_extra"

    var all: [Draft] {
        let models = descriptor.models.isEmpty ? ["sample-model"] : descriptor.models.map(\.id)
        return models.flatMap { model in
            steered.flatMap { start in
                [true, false].map { isFull in
                    draft(from: start, model: model, isFull: isFull)
                }
            }
        }
    }

    /// One draft for each choice of the parameters that conditions look at.
    private var steered: [Draft] {
        let names = Set(descriptor.parameters.flatMap { $0.applies.parameterNames + $0.required.parameterNames })
        var drafts = [Draft()]
        for parameter in descriptor.parameters where names.contains(parameter.name) {
            drafts = drafts.flatMap { draft in
                parameter.kind.choices.map { word in
                    var draft = draft
                    draft[parameter.name] = try? parameter.value(parsing: word)
                    return draft
                }
            }
        }
        return drafts
    }

    private func draft(from start: Draft, model: String, isFull: Bool) -> Draft {
        var draft = start
        draft[.model] = .text(model)
        for parameter in descriptor.parameters where draft[parameter.name] == nil {
            guard draft.applies(parameter, in: descriptor), isFull || draft.requires(parameter, in: descriptor),
                !isExcluded(parameter, in: draft)
            else { continue }
            draft[parameter.name] = Self.value(for: parameter)
        }
        if isFull { draft[extra: Self.extraName] = try? RawJSON(parsing: #"{"canary":1.0}"#) }
        return draft
    }

    private func isExcluded(_ parameter: Parameter, in draft: Draft) -> Bool {
        parameter.excludes.contains { draft[$0] != nil }
            || descriptor.parameters.contains { $0.excludes.contains(parameter.name) && draft[$0.name] != nil }
    }

    static func value(for parameter: Parameter) -> DraftValue {
        if parameter.common == .prompt { return .text(canary) }
        switch parameter.kind {
        case .text: return .text("sample")
        case .choice(let words, _): return .text(words.first ?? "sample")
        case .integer(let range): return .number(String(range.lowerBound))
        case .number(let range): return .number(String(range.lowerBound))
        case .flag: return .flag(true)
        case .seed(let range): return .number(String(min(max(42, range.lowerBound), range.upperBound)))
        case .size(let sizes, _): return .text(sizes.first ?? "1280x720")
        case .media(let rule):
            if rule.encodings.contains(.url) { return .media([.link("https://example.com/sample.png?a=1&b=2")]) }
            return .media([.content(.onePixel(named: "sample.png"))])
        case .json:
            guard let json = try? RawJSON(parsing: #"{"sample":1.0}"#) else { return .text("{}") }
            return .json(json)
        }
    }
}

extension MediaContent {
    /// A PNG of one pixel.
    static func onePixel(named fileName: String) -> MediaContent {
        var content = pixel
        content.fileName = fileName
        return content
    }

    private static let pixel: MediaContent = {
        let uri =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
            + "RU5ErkJggg=="
        guard let content = try? MediaContent(dataURI: uri) else { preconditionFailure("The sample is a PNG.") }
        return content
    }()
}
