import OrderedCollections
import VideoProviderKit

/// What differs between two drafts, a sentence a value.
enum DraftChange {
    static func messages(from old: Draft, to new: Draft) -> [Message] {
        var lines: [String] = []
        for (name, value) in new.values where old[name] != value {
            lines += DraftText.assignment(name.rawValue, DraftText.value(value))
        }
        for (name, json) in new.extras where old[extra: name] != json { lines.append("raw.\(name) := \(json.text)") }
        lines += new.query.filter { !old.query.contains($0) }.map { "\($0.name) == \($0.value)" }
        lines += new.headerFields.filter { !old.headerFields.contains($0) }.map { "\($0.name): \($0.value)" }
        var gone = old.values.keys.filter { new[$0] == nil }.map(\.rawValue)
        gone += old.extras.keys.filter { new[extra: $0] == nil }.map { "raw.\($0)" }
        gone += (old.query.filter { item in !new.query.contains { $0.name == item.name } }).map(\.name)
        gone += (old.headerFields.filter { item in !new.headerFields.contains { $0.name == item.name } }).map(\.name)
        let unset: Message = "unset \(gone.joined(separator: ", "))"
        let changes = lines.map(Message.init(verbatim:)) + (gone.isEmpty ? [] : [unset])
        return changes.isEmpty ? ["the draft is unchanged"] : changes
    }
}
