import VideoProviderKit

/// A body taken apart again, as the server would see it.
struct SentValues {
    /// The body as JSON, when it is.
    let json: JSONTree?
    /// The body as JSON that describes a form, when it is one: `{"fields": {…}, "file": {name, filename, contentType}}`.
    let form: JSONTree?
    private let names: Set<String>

    init(_ body: RequestBody) {
        var json: JSONTree?
        var form: JSONTree?
        var names: Set<String> = []
        switch body {
        case .none, .media, .bytes: break
        case .json:
            json = JSONTree(parsing: body.rendered().bytes)
            names = Set((json?.paths() ?? []).map(Self.dotted))
        case .form(let parts):
            names = Set(parts.map(\.name))
            form = Self.description(of: parts)
        }
        self.json = json
        self.form = form
        self.names = names
    }

    func contains(_ place: String) -> Bool { names.contains(place) }

    private static func dotted(_ path: [JSONPath.Step]) -> String {
        path.compactMap { if case .key(let key) = $0 { key } else { nil } }.joined(separator: ".")
    }

    private static func description(of parts: [FormPart]) -> JSONTree {
        var fields: [(key: String, value: JSONTree)] = []
        var members: [(key: String, value: JSONTree)] = []
        for part in parts {
            switch part.content {
            case .text(let text): fields.append((part.name, .string(text)))
            case .file(let content):
                let file: [(key: String, value: JSONTree)] = [
                    ("name", .string(part.name)), ("filename", .string(content.fileName)),
                    ("contentType", .string(content.type.rawValue)),
                ]
                members.append(("file", .object(file)))
            }
        }
        return .object([("fields", .object(fields))] + members)
    }
}
