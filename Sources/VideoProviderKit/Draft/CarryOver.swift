import OrderedCollections

/// What became of a draft when it was carried to another provider.
public struct CarryOver: Sendable, Hashable {
    /// What became of one value.
    public enum Fate: Sendable, Hashable {
        /// Same name, same value.
        case kept(ParameterName)
        /// Another name for the same role.
        case renamed(ParameterName, to: ParameterName)
        /// The value was written anew for the other type.
        case converted(ParameterName, to: ParameterName, from: String, value: String)
        /// The other provider has nothing for it, or does not take its value.
        case lost(ParameterName, reason: String)
    }

    /// The draft for the new provider.
    public var draft: Draft
    /// What became of each value, in the draft's order.
    public var fates: [Fate]
    /// The values that found no place, to be given back on return.
    public var lost: Draft
}

extension Draft {
    /// Carries the draft from one provider's schema to another's by the common roles.
    ///
    /// Undeclared extras belong to one vendor's body and are lost; so is the model unless the target lists it.
    /// Between two instances of one provider nothing changes.
    public func carried(from source: ProviderDescriptor, to target: ProviderDescriptor) -> CarryOver {
        guard source.id != target.id else {
            return CarryOver(draft: self, fates: values.keys.map { .kept($0) }, lost: Draft())
        }
        var result = CarryOver(draft: Draft(), fates: [], lost: Draft())
        for (name, value) in values {
            let origin = source.parameters.first { $0.name == name }
            let fate = place(value, of: name, origin: origin, in: target, &result.draft)
            if case .lost = fate { result.lost[name] = value }
            result.fates.append(fate)
        }
        for (name, value) in extras {
            result.lost[extra: name] = value
            result.fates.append(.lost(ParameterName(rawValue: "raw.\(name)"), reason: "it belongs to \(source.name)"))
        }
        result.lost.query = query
        result.lost.headerFields = headerFields
        for item in query + headerFields {
            result.fates.append(.lost(ParameterName(rawValue: item.name), reason: "it belongs to \(source.name)"))
        }
        return result
    }

    private func place(
        _ value: DraftValue,
        of name: ParameterName,
        origin: Parameter?,
        in target: ProviderDescriptor,
        _ draft: inout Draft,
    ) -> CarryOver.Fate {
        guard let home = home(for: name, role: origin?.common, in: target, draft) else {
            return .lost(name, reason: "\(target.name) has nothing like it")
        }
        if home.name == .model, !target.models.contains(where: { $0.id == value.text }) {
            return .lost(name, reason: "\(target.name) does not list \(value.text)")
        }
        let converted: DraftValue
        do { converted = try convert(value, to: home) } catch { return .lost(name, reason: error.message) }
        if let problem = home.problem(with: converted), problem.severity == .error {
            return .lost(name, reason: problem.message)
        }
        draft[home.name] = converted
        if converted.text != value.text {
            return .converted(name, to: home.name, from: value.text, value: converted.text)
        }
        return home.name == name ? .kept(name) : .renamed(name, to: home.name)
    }

    /// The target's parameter of the same role: one that applies to the draft so far, of the same name if it can be.
    private func home(
        for name: ParameterName,
        role: CommonName?,
        in target: ProviderDescriptor,
        _ draft: Draft,
    ) -> Parameter? {
        let candidates = target.parameters.filter { role == nil ? $0.name == name : $0.common == role }
        let applying = candidates.filter { draft.applies($0, in: target) }
        return applying.first { $0.name == name } ?? applying.first ?? candidates.first { $0.name == name }
            ?? candidates.first
    }

    private func convert(_ value: DraftValue, to home: Parameter) throws(DraftProblem) -> DraftValue {
        switch (value, home.kind) {
        case (.media(let media), .media(let rule)):
            return .media(Array(media.prefix(rule.maximumCount)))
        case (.media, _), (.json, _):
            throw DraftProblem(.wrongType, "it does not take this kind of value")
        case (.text(let text), .choice(let words, _)) where !words.contains(text):
            // 16:9, 16x9 and 1280x720 are one shape in three spellings.
            guard let shape = Shape(text), let word = words.first(where: { Shape($0) == shape }) else {
                return .text(text)
            }
            return .text(word)
        case (.text(let text), .size(let sizes, _)) where !sizes.contains(text):
            guard let shape = Shape(text) else { return .text(text) }
            let alike = sizes.filter { Shape($0) == shape }
            let area = PixelSize(text).map { $0.width * $0.height } ?? 0
            func distance(_ size: String) -> Int { abs((PixelSize(size).map { $0.width * $0.height } ?? 0) - area) }
            return .text(alike.min { distance($0) < distance($1) } ?? text)
        default:
            return try home.value(parsing: value.text)
        }
    }
}

/// Width to height in lowest terms, from `1280x720`, `16:9` or `16x9`.
private struct Shape: Hashable {
    var width: Int
    var height: Int

    init?(_ text: String) {
        guard let size = PixelSize(text.replacing(":", with: "x")) else { return nil }
        var (a, b) = (size.width, size.height)
        while b != 0 { (a, b) = (b, a % b) }
        width = size.width / a
        height = size.height / a
    }
}
