import Crypto
import Journal
import LosslessJSON
import OrderedCollections
package import VideoProviderKit

/// Drafts as JSON for the journal, and the hash by which equal ones are known.
///
/// Media stand as their SHA-256.
package enum DraftCoding {
    /// The draft as one line of JSON.
    package static func text(_ draft: Draft) -> String {
        var object = RequestJSON.object([])
        for (name, value) in draft.values { object.set(json(value), at: ["values", name.rawValue]) }
        for (name, value) in draft.extras { object.set(.raw(value), at: ["extras", name]) }
        if !draft.query.isEmpty { object.set(pairs(draft.query), at: ["query"]) }
        if !draft.headerFields.isEmpty { object.set(pairs(draft.headerFields), at: ["headers"]) }
        return object.text
    }

    /// The draft that `text` describes; media are read by their hash through `media`.
    package static func draft(_ text: String, media: (String) -> MediaContent? = { _ in nil }) -> Draft {
        var draft = Draft()
        guard let root = try? JSONDocument(parsing: text).root else { return draft }
        for member in root["values"].map({ Array($0.members) }) ?? [] {
            draft[ParameterName(rawValue: member.key)] = value(member.value, media)
        }
        for member in root["extras"].map({ Array($0.members) }) ?? [] {
            draft[extra: member.key] = RawJSON(member.value)
        }
        draft.query = items(root["query"])
        draft.headerFields = items(root["headers"])
        return draft
    }

    /// SHA-256 over account, model and values; the same for drafts that would make the same film.
    package static func hash(_ draft: Draft, account: String, instance: String) -> [UInt8] {
        var sorted = Draft()
        for (name, value) in draft.values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { sorted[name] = value }
        for (name, value) in draft.extras.sorted(by: { $0.key < $1.key }) { sorted[extra: name] = value }
        sorted.query = draft.query
        return Array(SHA256.hash(data: Array("\(instance)\n\(account)\n\(text(sorted))".utf8)))
    }

    private static func json(_ value: DraftValue) -> RequestJSON {
        switch value {
        case .text(let text): ["text": .string(text)]
        case .number(let spelling): ["number": .string(spelling)]
        case .flag(let flag): ["flag": .bool(flag)]
        case .json(let json): ["json": .raw(json)]
        case .media(let list): ["media": .array(list.map(json))]
        }
    }

    private static func json(_ media: Media) -> RequestJSON {
        switch media {
        case .link(let url): ["url": .string(url)]
        case .content(let content):
            [
                "sha256": .string(Hex.encode(SHA256.hash(data: content.bytes))),
                "type": .string(content.type.rawValue),
                "name": .string(content.fileName),
            ]
        }
    }

    private static func pairs(_ items: [QueryItem]) -> RequestJSON {
        .array(items.map { .array([.string($0.name), .string($0.value)]) })
    }

    private static func items(_ value: JSONValue?) -> [QueryItem] {
        guard let value else { return [] }
        return value.elements.map { QueryItem($0[0]?.string ?? "", $0[1]?.string ?? "") }
    }

    private static func value(_ value: JSONValue, _ media: (String) -> MediaContent?) -> DraftValue? {
        if let text = value["text"]?.string { return .text(text) }
        if let spelling = value["number"]?.string { return .number(spelling) }
        if let flag = value["flag"]?.bool { return .flag(flag) }
        if let json = value["json"] { return .json(RawJSON(json)) }
        guard let list = value["media"] else { return nil }
        return .media(
            list.elements.compactMap { item in
                if let url = item["url"]?.string { return .link(url) }
                return item["sha256"]?.string.flatMap(media).map(Media.content)
            }
        )
    }
}
