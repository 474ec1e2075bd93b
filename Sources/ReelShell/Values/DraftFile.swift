import JobEngine
import LosslessJSON
import OrderedCollections
import VideoProviderKit

/// Drafts as YAML: each key is a parameter, or a name with the operator of an item, `raw.NAME:=`, `NAME==`, `NAME:`.
struct DraftFile {
    let reading: ValueReading

    /// A value that cannot be taken, with its line.
    struct Problem: Error {
        var line: Int
        var failure: ShellFailure
    }

    /// The members of `draft`, a parameter after the other; `media` gives the text that stands for bytes.
    static func lines(
        _ draft: Draft,
        media: (ParameterName, Int, MediaContent) throws(ShellFailure) -> String,
    ) throws(ShellFailure) -> [String] {
        var lines: [String] = []
        for (name, value) in draft.values { lines += try self.lines(name, value, media) }
        for (name, json) in draft.extras { lines += YAMLText.member("raw.\(name):=", json.text) }
        for item in draft.query { lines += YAMLText.member("\(item.name)==", item.value) }
        for item in draft.headerFields { lines += YAMLText.member("\(item.name):", item.value) }
        return lines
    }

    /// The lines of one value.
    static func lines(
        _ name: ParameterName,
        _ value: DraftValue,
        _ media: (ParameterName, Int, MediaContent) throws(ShellFailure) -> String,
    ) throws(ShellFailure) -> [String] {
        switch value {
        case .text(let text): return YAMLText.member(name.rawValue, text)
        case .number(let spelling): return ["\(name): \(spelling)"]
        case .flag(let flag): return ["\(name): \(flag)"]
        case .json(let json): return YAMLText.member("\(name):=", json.text)
        case .media(let list):
            var texts: [String] = []
            for (index, medium) in list.enumerated() {
                switch medium {
                case .link(let url): texts.append(url)
                case .content(let content): texts.append(try media(name, index, content))
                }
            }
            guard texts.count != 1 else { return YAMLText.member(name.rawValue, texts[0]) }
            return ["\(name):"] + texts.map { "  - \(YAMLText.scalar($0))" }
        }
    }

    /// Reads the members of a mapping into a draft; `media` turns a text into the media it stands for, if it does.
    ///
    /// - Throws: the first ``Problem``.
    func draft(
        _ members: [YAMLNode.Member],
        media: (ParameterName, String) throws(ShellFailure) -> Media?,
    ) throws(Problem) -> Draft {
        var draft = Draft()
        for member in members where !member.value.isEmpty {
            do throws(ShellFailure) { try read(member, into: &draft, media) } catch {
                throw Problem(line: member.value.line, failure: error)
            }
        }
        return draft
    }

    private func read(
        _ member: YAMLNode.Member,
        into draft: inout Draft,
        _ media: (ParameterName, String) throws(ShellFailure) -> Media?,
    ) throws(ShellFailure) {
        if let item = Self.item(member) { return try reading.applyLiteral(item, to: &draft) }
        let parameter = try reading.parameter(member.key)
        switch (parameter.kind, member.value.content) {
        case (.media, .scalar(let text, _)):
            draft[parameter.name] = try mediaValue([text], parameter, media)
        case (.media, .sequence(let nodes)):
            draft[parameter.name] = try mediaValue(nodes.map { $0.text ?? "" }, parameter, media)
        case (.json, .scalar(let text, isPlain: false)), (_, .scalar(let text, _)):
            draft[parameter.name] = try reading.literal(text, for: parameter)
        case (_, _):
            draft[parameter.name] = .json(try Self.json(member.value))
        }
    }

    private func mediaValue(
        _ texts: [String],
        _ parameter: Parameter,
        _ media: (ParameterName, String) throws(ShellFailure) -> Media?,
    ) throws(ShellFailure) -> DraftValue {
        var list: [Media] = []
        for text in texts {
            if let medium = try media(parameter.name, text) {
                list.append(medium)
            } else if case .media(let more) = try reading.literal(text, for: parameter) {
                list += more
            }
        }
        let value = DraftValue.media(list)
        if let problem = parameter.problem(with: value), problem.severity == .error {
            throw ShellFailure(problem, parameter)
        }
        return value
    }

    /// The item that a key with an operator at its end is.
    private static func item(_ member: YAMLNode.Member) -> RequestItem? {
        for op in [RequestItem.Operator.json, .query, .header] where member.key.hasSuffix(op.rawValue) {
            let name = String(member.key.dropLast(op.rawValue.count))
            let value = member.value.text ?? (try? json(member.value).text) ?? ""
            return name.isEmpty ? nil : RequestItem(name: name, op: op, value: value, isLiteral: true)
        }
        return nil
    }

    /// A node as JSON: plain numbers keep their spelling, and true, false and null are themselves.
    static func json(_ node: YAMLNode) throws(ShellFailure) -> RawJSON {
        let text = jsonText(node)
        do throws(JSONError) { return try RawJSON(parsing: text) } catch {
            throw ShellFailure("line \(node.line) is no JSON", why: "\(error)", tries: ["help items"])
        }
    }

    private static func jsonText(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain, ["", "~"].contains(text) { return "null" }
            if isPlain, let document = try? JSONDocument(parsing: text), document.root.kind != .string { return text }
            return String(decoding: JSONText.quoted(text), as: UTF8.self)
        case .sequence(let nodes):
            return "[" + nodes.map(jsonText).joined(separator: ",") + "]"
        case .mapping(let members):
            let parts = members.map {
                String(decoding: JSONText.quoted($0.key), as: UTF8.self) + ":" + jsonText($0.value)
            }
            return "{" + parts.joined(separator: ",") + "}"
        }
    }
}
