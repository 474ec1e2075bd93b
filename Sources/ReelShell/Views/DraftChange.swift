import OrderedCollections
import VideoProviderKit

/// What differs between two drafts, a line a value.
enum DraftChange {
    static func lines(from old: Draft, to new: Draft) -> [String] {
        var lines: [String] = []
        for (name, value) in new.values where old[name] != value {
            lines += entry("\(name) = \(DraftText.value(value))")
        }
        for (name, json) in new.extras where old[extra: name] != json { lines.append("raw.\(name) := \(json.text)") }
        lines += new.query.filter { !old.query.contains($0) }.map { "\($0.name) == \($0.value)" }
        lines += new.headerFields.filter { !old.headerFields.contains($0) }.map { "\($0.name): \($0.value)" }
        var gone = old.values.keys.filter { new[$0] == nil }.map(\.rawValue)
        gone += old.extras.keys.filter { new[extra: $0] == nil }.map { "raw.\($0)" }
        gone += (old.query.filter { item in !new.query.contains { $0.name == item.name } }).map(\.name)
        gone += (old.headerFields.filter { item in !new.headerFields.contains { $0.name == item.name } }).map(\.name)
        if !gone.isEmpty { lines.append("unset \(gone.joined(separator: ", "))") }
        return lines.isEmpty ? ["the draft is unchanged"] : lines
    }

    private static func entry(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
