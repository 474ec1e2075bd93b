import OrderedCollections
import VideoProviderKit

/// How the values of a draft were spelled at each provider it was carried through.
///
/// A value that was converted on the way out comes back as it was typed unless what it became was changed meanwhile;
/// a value that found no place comes back, too. Going there and back changes nothing.
struct DraftTrail: Sendable, Hashable {
    /// What a carrying came to.
    struct Arrival: Sendable, Hashable {
        /// The draft for the provider it was carried to.
        var draft: Draft
        /// What became of the values that are not as they were typed there.
        var fates: [CarryOver.Fate] = []
        /// The values that are there again as they were typed, and those that had found no place.
        var returned: [String] = []
    }

    private struct Spelling: Sendable, Hashable {
        var name: ParameterName
        var value: DraftValue
    }

    /// Each value as each provider had it; a provider that could not take it is missing.
    private var values: [[ProviderID: Spelling]] = []
    /// The draft as each provider was left: its order, and what is its own.
    private var left: [ProviderID: Draft] = [:]

    /// Carries `draft` from one provider's schema to another's.
    ///
    /// - Parameters:
    ///   - draft: the values at the provider that is left.
    ///   - source: the provider that is left.
    ///   - target: the provider that is gone to.
    /// - Returns: the draft there, and what became of each value.
    mutating func carry(_ draft: Draft, from source: ProviderDescriptor, to target: ProviderDescriptor) -> Arrival {
        let carried = draft.carried(from: source, to: target)
        guard source.id != target.id else { return Arrival(draft: draft, fates: carried.fates) }
        follow(draft, at: source.id)
        var arrival = Arrival(draft: Draft())
        var placed: [Spelling] = []
        for (fate, (name, value)) in zip(carried.fates, draft.values) {
            let origin = Spelling(name: name, value: value)
            guard let index = values.firstIndex(where: { $0[source.id] == origin }) else { continue }
            if let typed = values[index][target.id] {
                placed.append(typed)
                if typed.value.text != value.text {
                    arrival.returned.append("\(typed.name) \(DraftText.value(typed.value))")
                } else {
                    arrival.fates.append(typed.name == name ? .kept(name) : .renamed(name, to: typed.name))
                }
                continue
            }
            arrival.fates.append(fate)
            guard let home = fate.home, let there = carried.draft[home] else { continue }
            values[index][target.id] = Spelling(name: home, value: there)
            placed.append(Spelling(name: home, value: there))
        }
        // What is no value belongs to the one provider.
        arrival.fates += carried.fates.dropFirst(draft.values.count)
        comeBack(to: target.id, from: source.id, &placed, &arrival)
        arrival.draft = assembled(placed, at: target.id, &arrival)
        left[source.id] = draft
        return arrival
    }

    /// What had found no place where the draft was comes back, unless something newer has its name.
    private mutating func comeBack(
        to target: ProviderID,
        from source: ProviderID,
        _ placed: inout [Spelling],
        _ arrival: inout Arrival
    ) {
        values.removeAll { value in
            guard value[source] == nil, let typed = value[target] else { return false }
            if placed.contains(where: { $0.name == typed.name }) { return true }
            placed.append(typed)
            arrival.returned.append(typed.name.rawValue)
            return false
        }
    }

    /// Takes up what was set and unset at `provider`.
    private mutating func follow(_ draft: Draft, at provider: ProviderID) {
        values.removeAll { value in
            guard let spelling = value[provider] else { return false }
            return draft[spelling.name] != spelling.value
        }
        for (name, value) in draft.values {
            let spelling = Spelling(name: name, value: value)
            if !values.contains(where: { $0[provider] == spelling }) { values.append([provider: spelling]) }
        }
    }

    /// The values in the order they had there before, new ones last, and what belongs to that provider alone.
    private func assembled(_ placed: [Spelling], at target: ProviderID, _ arrival: inout Arrival) -> Draft {
        let before = left[target] ?? Draft()
        var result = Draft()
        for name in before.values.keys {
            if let spelling = placed.first(where: { $0.name == name }) { result[name] = spelling.value }
        }
        for spelling in placed where result[spelling.name] == nil { result[spelling.name] = spelling.value }
        for (name, json) in before.extras {
            result[extra: name] = json
            arrival.returned.append("raw.\(name)")
        }
        result.query = before.query
        result.headerFields = before.headerFields
        arrival.returned += (before.query + before.headerFields).map(\.name)
        return result
    }
}

extension CarryOver.Fate {
    /// The name of the value where it was.
    var name: ParameterName {
        switch self {
        case .kept(let name), .renamed(let name, _), .converted(let name, _, _, _), .lost(let name, _): name
        }
    }

    /// The name of the value where it came to; nil when it found no place.
    fileprivate var home: ParameterName? {
        switch self {
        case .kept(let name): name
        case .renamed(_, let home), .converted(_, let home, _, _): home
        case .lost: nil
        }
    }
}
