import VideoProviderKit

/// The draft that a request fixture describes.
struct RecordedDraft {
    let descriptor: ProviderDescriptor

    func draft(_ description: JSONValue?) throws(DraftProblem) -> Draft {
        guard let description else { throw DraftProblem(.missing, "The fixture describes no draft.") }
        var draft = Draft()
        for member in description.members {
            if member.key == "raw" {
                for extra in member.value.members { draft[extra: extra.key] = RawJSON(extra.value) }
                continue
            }
            guard let parameter = descriptor.parameters.first(where: { $0.name.rawValue == member.key }) else {
                throw DraftProblem(.unknown, "There is no parameter \(member.key).")
            }
            draft[parameter.name] = try value(member.value, parameter)
        }
        return draft
    }

    private func value(_ json: JSONValue, _ parameter: Parameter) throws(DraftProblem) -> DraftValue {
        guard case .media = parameter.kind else {
            return try parameter.value(parsing: json.string ?? json.rawText)
        }
        var media: [Media] = []
        for item in json.kind == .array ? Array(json.elements) : [json] {
            if let name = item["file"]?.string {
                media.append(.content(.onePixel(named: name)))
            } else {
                media.append(try Media(parsing: item.string ?? ""))
            }
        }
        return .media(media)
    }
}
