import LosslessJSON
import VideoProviderKit

/// A request body turned back into a draft: declared members become parameters, the others `raw.` members.
struct DraftFromRequest {
    let descriptor: ProviderDescriptor
    private(set) var draft = Draft()
    /// What could not be taken over, one sentence each.
    private(set) var notes: [Message] = []

    init(_ descriptor: ProviderDescriptor) { self.descriptor = descriptor }

    /// Takes over a JSON body.
    mutating func take(json root: JSONValue) {
        var taken: Set<String> = []
        for parameter in descriptor.parameters {
            guard let place = parameter.wire.name,
                let value = root[JSONPath(place.split(separator: ".").map { .key(String($0)) })]
            else { continue }
            guard !taken.contains(place), set(value, parameter) else { continue }
            taken.insert(place)
        }
        for member in root.members where !taken.contains(member.key) {
            let below = taken.filter { $0.hasPrefix(member.key + ".") }
            guard !below.isEmpty else {
                draft[extra: member.key] = RawJSON(member.value)
                continue
            }
            for inner in member.value.members where !below.contains("\(member.key).\(inner.key)") {
                draft[extra: "\(member.key).\(inner.key)"] = RawJSON(inner.value)
            }
        }
    }

    /// Takes over the fields of a form; a value that begins with `@` is a file.
    mutating func take(form: [(name: String, value: String)]) throws(ShellFailure) {
        for field in form {
            guard let parameter = descriptor.parameters.first(where: { $0.wire.name == field.name }) else {
                notes.append("\(field.name) is no parameter of \(descriptor.name) and was left out")
                continue
            }
            if field.value.hasPrefix("@"), case .media = parameter.kind {
                let path = String(field.value.dropFirst())
                let name = path.split(separator: "/").last.map(String.init)
                guard let content = MediaContent(bytes: try LocalFiles.read(path), fileName: name) else {
                    throw ShellFailure("\(path) is no picture or film", tries: ["set \(parameter.name) @FILE"])
                }
                draft[parameter.name] = .media([.content(content)])
            } else {
                set(text: field.value, parameter)
            }
        }
    }

    /// Takes over the parts of a form as it was sent.
    mutating func take(parts: [MultipartReading.Part]) {
        for part in parts {
            guard let parameter = descriptor.parameters.first(where: { $0.wire.name == part.name }) else {
                notes.append("\(part.name) is no parameter of \(descriptor.name) and was left out")
                continue
            }
            if part.fileName != nil, case .media = parameter.kind {
                guard let content = MediaContent(bytes: part.bytes, fileName: part.fileName) else {
                    notes.append("\(parameter.name) is neither a link nor a picture")
                    continue
                }
                draft[parameter.name] = .media([.content(content)])
            } else {
                set(text: String(decoding: part.bytes, as: UTF8.self), parameter)
            }
        }
    }

    private mutating func set(_ value: JSONValue, _ parameter: Parameter) -> Bool {
        switch parameter.kind {
        case .media:
            let items = value.kind == .array ? Array(value.elements) : [value]
            let media = items.compactMap { item in item.string.flatMap { Self.medium($0) } }
            guard !media.isEmpty, media.count == items.count else {
                if let text = value.string, !text.isEmpty {
                    notes.append("\(parameter.name) is neither a link nor a picture")
                }
                return false
            }
            draft[parameter.name] = .media(media)
            return true
        case .json:
            draft[parameter.name] = .json(RawJSON(value))
            return true
        default:
            guard value.kind != .object, value.kind != .array, value.kind != .null else { return false }
            return set(text: value.string ?? value.rawText, parameter)
        }
    }

    /// A link, a data URI, or plain base64 of a picture.
    private static func medium(_ text: String) -> Media? {
        if let medium = try? Media(parsing: text) { return medium }
        return (try? MediaContent(dataURI: "data:image/png;base64,\(text)")).map(Media.content)
    }

    @discardableResult
    private mutating func set(text: String, _ parameter: Parameter) -> Bool {
        do throws(DraftProblem) {
            draft[parameter.name] = try parameter.value(parsing: text)
            return true
        } catch {
            notes.append("\(parameter.name) cannot be \"\(text.prefix(60))\": \(error.message)")
            return false
        }
    }
}
