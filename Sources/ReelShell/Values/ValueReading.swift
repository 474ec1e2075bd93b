import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// Reads what people type for a parameter: text by its declared type, `@file`, `data:` URIs, JSON, references.
struct ValueReading: Sendable {
    let session: ShellSession
    private let descriptor: ProviderDescriptor

    /// Reads for the provider in use, or for `target`.
    init(session: ShellSession, target: ProviderDescriptor? = nil) {
        self.session = session
        descriptor = target ?? session.descriptor
    }

    /// The parameter called `name` at the provider in use, by its own or its common name.
    ///
    /// With a `value`, what could be typed for it is said of a name that is not known.
    func parameter(_ name: String, value: String? = nil) throws(ShellFailure) -> Parameter {
        if let parameter = descriptor.parameter(named: name) { return parameter }
        let known = descriptor.parameters.map(\.name.rawValue)
        let alike = alike(name)
        let nearest = alike ?? EditDistance.nearest(to: name, in: Self.names(descriptor))
        throw ShellFailure(
            "\(descriptor.name) has no parameter \(name)",
            why: "parameters are \(known.joined(separator: ", "))",
            tries: value.map { value in
                (nearest.map { ["set \($0) \(Quoting.word(value))"] } ?? [])
                    + (alike == nil ? [Self.raw(name, value, isJSON: false)] : [])
            } ?? [nearest.map { "describe \($0)" } ?? "describe"]
        )
    }

    /// What a parameter of another provider is called here, as it is renamed when a draft is carried over.
    private func alike(_ name: String) -> String? {
        for instance in session.instances.all {
            guard let role = instance.descriptor.parameters.first(where: { $0.name.rawValue == name })?.common,
                let home = descriptor.parameters.first(where: { $0.common == role })
            else { continue }
            return home.name.rawValue
        }
        return nil
    }

    /// The names a parameter may be called by, the provider's and the common ones.
    static func names(_ descriptor: ProviderDescriptor) -> [String] {
        descriptor.parameters.map(\.name.rawValue) + descriptor.parameters.compactMap { $0.common?.rawValue }
    }

    /// The parameter an item names; an undeclared one can still be sent, and the failure says how.
    private func parameter(of item: RequestItem) throws(ShellFailure) -> Parameter {
        if let parameter = descriptor.parameter(named: item.name) { return parameter }
        let known = descriptor.parameters.map(\.name.rawValue)
        let isJSON = item.op == .json || item.op == .jsonFile
        var tries: [String] = []
        if let dot = item.name.firstIndex(of: "."), EditDistance.distance(String(item.name[..<dot]), "raw") <= 2 {
            tries.append(Self.raw(String(item.name[item.name.index(after: dot)...]), item.value, isJSON: isJSON))
        } else if let alike = alike(item.name) {
            tries.append(Quoting.item(alike, item.op, item.value))
        } else {
            if let nearest = EditDistance.nearest(to: item.name, in: Self.names(descriptor)) {
                tries.append(Quoting.item(nearest, item.op, item.value))
            }
            tries.append(Self.raw(item.name, item.value, isJSON: isJSON))
        }
        throw ShellFailure(
            "\(descriptor.name) has no parameter \(item.name)",
            why: "parameters are \(known.joined(separator: ", ")); others are sent only as raw.NAME:=JSON",
            tries: tries
        )
    }

    /// `raw.NAME:=JSON` as it must be typed: JSON stays, other text becomes a JSON string.
    private static func raw(_ name: String, _ value: String, isJSON: Bool) -> String {
        let text =
            isJSON || (try? RawJSON(parsing: value)) != nil
            ? value : String(decoding: JSONText.quoted(value), as: UTF8.self)
        return Quoting.item("raw.\(name)", .json, text)
    }

    /// The value of a word for `parameter`: `@file` is the file itself for media, else its text.
    func value(_ text: String, for parameter: Parameter) async throws(ShellFailure) -> DraftValue {
        if let reference = try await referenced(text) {
            return try read(reference.kind == .string ? reference.string ?? "" : reference.rawText, parameter)
        }
        return try literal(text, for: parameter)
    }

    /// The value of a text in which `$` means nothing.
    func literal(_ text: String, for parameter: Parameter) throws(ShellFailure) -> DraftValue {
        if case .media = parameter.kind, text.hasPrefix("@") { return try media(String(text.dropFirst()), parameter) }
        return try read(text, parameter)
    }

    /// Puts an item into `draft` without following references.
    func applyLiteral(_ item: RequestItem, to draft: inout Draft) throws(ShellFailure) {
        switch item.op {
        case .json, .jsonFile: try apply(json: parsed(item.value, item.name), to: item, &draft)
        case .query, .header: try applyAround(item, to: &draft)
        case .assign, .file: draft[try parameter(of: item).name] = try literal(item.value, for: parameter(of: item))
        }
    }

    /// Puts an item into `draft`: `k=v`, `k:=json`, `k=@file`, `k:=@file`, `q==v`, `Header:value`, `raw.NAME:=json`.
    func apply(_ item: RequestItem, to draft: inout Draft) async throws(ShellFailure) {
        switch item.op {
        case .query, .header: try applyAround(item, to: &draft)
        case .json, .jsonFile:
            let text = item.op == .jsonFile ? try self.text(ofFile: item.value) : item.value
            if item.op == .json, !item.isLiteral, let reference = try await referenced(text) {
                try apply(json: RawJSON(reference), to: item, &draft)
            } else {
                try apply(json: parsed(text, item.name), to: item, &draft)
            }
        case .assign, .file:
            guard !item.name.hasPrefix("raw.") else {
                throw ShellFailure(
                    "\(item.name) takes JSON",
                    why: "undeclared members are sent as they are",
                    tries: [Self.raw(String(item.name.dropFirst(4)), item.value, isJSON: false)]
                )
            }
            let parameter = try parameter(of: item)
            if item.op == .file {
                if case .media = parameter.kind {
                    draft[parameter.name] = try media(item.value, parameter)
                } else {
                    draft[parameter.name] = try read(try text(ofFile: item.value), parameter)
                }
            } else if item.isLiteral {
                draft[parameter.name] = try literal(item.value, for: parameter)
            } else {
                draft[parameter.name] = try await value(item.value, for: parameter)
            }
        }
    }

    /// Query and header fields, which no schema describes.
    private func applyAround(_ item: RequestItem, to draft: inout Draft) throws(ShellFailure) {
        guard item.op == .header else {
            draft.query.append(QueryItem(item.name, item.value))
            return
        }
        guard item.name.lowercased() != "authorization" else {
            throw ShellFailure(
                "Authorization is not set by hand",
                why: "the key is attached by its origin alone",
                // The sandbox has keys of its own, and login nothing to ask for.
                tries: [session.sandbox == nil ? "login" : "help credentials"]
            )
        }
        draft.headerFields.removeAll { $0.name.lowercased() == item.name.lowercased() }
        draft.headerFields.append(QueryItem(item.name, item.value))
    }

    private func parsed(_ text: String, _ name: String) throws(ShellFailure) -> RawJSON {
        do throws(JSONError) { return try RawJSON(parsing: text) } catch {
            // The usual cause: an unquoted word loses the quotes that are part of the JSON.
            let quoted = String(decoding: JSONText.quoted(text), as: UTF8.self)
            let open = OpenBrackets(text)
            throw ShellFailure(
                "the value of \(name) is no JSON",
                why: open.closing.isEmpty ? "\(error)" : "\(open.opening) is not closed",
                tries: [Quoting.item(name, .json, open.closing.isEmpty ? quoted : text + open.closing)]
            )
        }
    }

    private func apply(json: RawJSON, to item: RequestItem, _ draft: inout Draft) throws(ShellFailure) {
        if item.name.hasPrefix("raw.") {
            draft[extra: String(item.name.dropFirst(4))] = json
        } else {
            let parameter = try parameter(of: item)
            if let problem = parameter.problem(with: .json(json)), problem.severity == .error {
                throw ShellFailure(problem, parameter)
            }
            draft[parameter.name] = .json(json)
        }
    }

    private func read(_ text: String, _ parameter: Parameter) throws(ShellFailure) -> DraftValue {
        let text = parameter.name == .model ? ModelsCommand.meant(text, descriptor, session) : text
        let value: DraftValue
        do throws(DraftProblem) { value = try parameter.value(parsing: text) } catch {
            throw ShellFailure(error, parameter)
        }
        if let problem = parameter.problem(with: value), problem.severity == .error {
            throw ShellFailure(problem, parameter)
        }
        return value
    }

    private func media(_ path: String, _ parameter: Parameter) throws(ShellFailure) -> DraftValue {
        guard case .media(let rule) = parameter.kind else {
            return try read(try text(ofFile: path), parameter)
        }
        let bytes = try LocalFiles.read(try readable(path), limit: max(rule.limit.bytes + 1, 1 << 20))
        let name = path.split(separator: "/").last.map(String.init)
        guard let content = MediaContent(bytes: bytes, fileName: name) else {
            let allowed = rule.types.map(\.name).joined(separator: ", ")
            throw ShellFailure(
                "\(path) is no picture or film",
                why: "its first bytes show none of \(allowed)",
                tries: ["describe \(parameter.name)"]
            )
        }
        let value = DraftValue.media([.content(content)])
        if let problem = parameter.problem(with: value) { throw ShellFailure(problem, parameter) }
        return value
    }

    /// The path itself; for `-` standard input, which is not the keyboard of a session.
    private func readable(_ path: String) throws(ShellFailure) -> String {
        guard !path.isEmpty else {
            throw ShellFailure("@ needs the name of a file", why: "a value may be read from one", tries: ["help items"])
        }
        guard path == "-" else { return path }
        guard !session.isInteractive else {
            throw ShellFailure(
                "@- is standard input, where you type",
                why: "in a session a value is typed or read from a file",
                tries: ["help items"]
            )
        }
        return "/dev/stdin"
    }

    /// The text of a file in UTF-8, without one final line end.
    private func text(ofFile path: String) throws(ShellFailure) -> String {
        let text = try LocalFiles.text(try readable(path))
        // One character, also where the line ends with CR LF.
        return text.last == "\n" || text.last == "\r\n" ? String(text.dropLast()) : text
    }

    /// The JSON that `$r31.results.seed` names; nil when the text is no reference.
    private func referenced(_ text: String) async throws(ShellFailure) -> JSONValue? {
        guard text.hasPrefix("$") else { return nil }
        let body = text.dropFirst()
        let end = body.firstIndex { $0 == "." || $0 == "[" } ?? body.endIndex
        let name = String(body[..<end])
        let isJob = name.hasPrefix("j") && Int(name.dropFirst()) != nil
        guard References.isExchange(name) || isJob else { return nil }
        let exchange = try await References(session: session).exchange(name)
        let path = String(body[end...])
        return try ReplyBody(exchange).value(at: path.isEmpty ? "." : path)
    }
}

extension DraftProblem {
    /// What is wrong, with what may be done instead where that is known.
    var said: Message { ShellFailure(self).said }
}

extension ShellFailure {
    /// What failed and why in one line.
    var said: Message { why.map { "\(what): \($0)" } ?? what }

    /// A problem of a draft, with the sentence cut into what and why as errors show it.
    init(_ problem: DraftProblem, _ parameter: Parameter? = nil) {
        let sentence = problem.message.hasSuffix(".") ? String(problem.message.dropLast()) : problem.message
        let parts = sentence.split(separator: ": ", maxSplits: 1).map(String.init)
        self.init(
            Message(recognizing: parts.first ?? sentence),
            why: parts.count > 1 ? Message(recognizing: parts[1]) : nil,
            tries: problem.suggestion.map { [$0] } ?? parameter.map { ["describe \($0.name)"] } ?? []
        )
    }
}

/// The body of a reply as JSON.
struct ReplyBody {
    let exchange: ExchangeRecord
    let bytes: [UInt8]

    init(_ exchange: ExchangeRecord) {
        self.exchange = exchange
        bytes = exchange.replyBody ?? []
    }

    /// The document, or the failure that says why the body is not JSON.
    func document() throws(ShellFailure) -> JSONDocument {
        do throws(JSONError) { return try JSONDocument(parsing: bytes) } catch {
            throw ShellFailure(
                "the body of \(exchange.name) is no JSON",
                why: "\(error)",
                tries: ["body \(exchange.name)", "raw \(exchange.name)"]
            )
        }
    }

    /// The value at a path the user typed; when there is none, the keys that are there instead.
    func value(at text: String) throws(ShellFailure) -> JSONValue {
        let path = try Self.path(text)
        let root = try document().root
        if let value = root[path] { return value }
        let meant = Self.indexed(path, in: root)
        throw ShellFailure(
            "\(exchange.name) has nothing at \(path)",
            why: Self.neighbours(of: path, in: root),
            tries: [meant.map { "get \($0) \(exchange.name)" } ?? "body \(exchange.name)"]
        )
    }

    /// All values at a path with `[]`; none is a failure as it is for one value.
    func values(at text: String) throws(ShellFailure) -> [JSONValue] {
        let path = try Self.path(text)
        let root = try document().root
        let values = root.all(path).map(\.value)
        guard values.isEmpty else { return values }
        // As far as it goes, each list stood for by its first element.
        var (reached, rest) = (JSONPath([]), path.steps[...])
        while let step = rest.first {
            let next = reached.appending(JSONPath([step == .each ? .index(0) : step]))
            guard root[next] != nil else { break }
            (reached, rest) = (next, rest.dropFirst())
        }
        let missing = rest.first.map { reached.appending(JSONPath([$0 == .each ? .index(0) : $0])) } ?? reached
        throw ShellFailure(
            "\(exchange.name) has nothing at \(path)",
            why: Self.neighbours(of: missing, in: root),
            tries: ["body \(exchange.name)"]
        )
    }

    static func path(_ text: String) throws(ShellFailure) -> JSONPath {
        do throws(JSONPathError) { return try JSONPath(parsing: text) } catch {
            let each = text.replacing("[*]", with: "[]")
            let isMeant = each != text && (try? JSONPath(parsing: each)) != nil
            throw ShellFailure(
                "\(text) is no path",
                why: Message(recognizing: error.description),
                tries: [isMeant ? "get \(each) --all" : "get .status"]
            )
        }
    }

    /// `.videos.0.url` as `.videos[0].url`, where that leads somewhere.
    private static func indexed(_ path: JSONPath, in root: JSONValue) -> JSONPath? {
        var meant = JSONPath([])
        for step in path.steps {
            var step = step
            if case .key(let key) = step, root[meant]?.kind == .array, let index = Int(key) { step = .index(index) }
            meant = meant.appending(JSONPath([step]))
        }
        return meant != path && root[meant] != nil ? meant : nil
    }

    private static func neighbours(of path: JSONPath, in root: JSONValue) -> Message {
        var (parent, shown) = (root, JSONPath([]))
        for step in path.steps {
            let next = shown.appending(JSONPath([step]))
            guard let value = root[next] else { break }
            (parent, shown) = (value, next)
        }
        switch parent.kind {
        case .object: return "the keys at \(shown) are \(parent.members.map(\.key).joined(separator: ", "))"
        case .array: return "\(shown) has \(parent.count) elements"
        default: return "\(shown) is \(parent.rawText.prefix(60))"
        }
    }
}
