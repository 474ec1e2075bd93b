public import LosslessJSON

/// A value in a reply, read leniently: numbers as text, text as numbers, and everything that may be missing.
///
/// Reading never fails; what is not there is nil. Every path that was asked for is noted when a ``ReadingRecorder`` is
/// attached, which is how `explain` knows what a provider looked at.
public struct ReplyValue: Sendable {
    private let value: JSONValue?
    /// Where in the reply it stands.
    public let path: JSONPath
    private let recorder: ReadingRecorder?

    init(_ value: JSONValue?, path: JSONPath, recorder: ReadingRecorder?) {
        self.value = value
        self.path = path
        self.recorder = recorder
    }

    /// The value at `path` below this one, `"detail.pending_info"`.
    public subscript(path: JSONPath) -> ReplyValue {
        let found = value?[path]
        let full = self.path.appending(path)
        recorder?.note(full, found: found != nil)
        return ReplyValue(found, path: full, recorder: recorder)
    }

    /// The element at `index`; negative from the end.
    public subscript(index: Int) -> ReplyValue {
        let full = path.appending(index: index)
        let found = value?[index]
        recorder?.note(full, found: found != nil)
        return ReplyValue(found, path: full, recorder: recorder)
    }

    /// The first of `paths` that is there; an absent value when none is.
    public func first(of paths: JSONPath...) -> ReplyValue {
        for path in paths {
            let candidate = self[path]
            guard candidate.isThere else { continue }
            recorder?.choose(candidate.path, among: paths.map { self.path.appending($0) }, by: .firstThere)
            return candidate
        }
        recorder?.choose(nil, among: paths.map { self.path.appending($0) }, by: .firstThere)
        return ReplyValue(nil, path: paths.first ?? path, recorder: recorder)
    }

    /// The first of `paths` that holds an http(s) URL, byte for byte.
    public func firstURL(of paths: JSONPath...) -> String? {
        for path in paths {
            guard let url = self[path].url else { continue }
            recorder?.choose(self.path.appending(path), among: paths.map { self.path.appending($0) }, by: .firstLink)
            return url
        }
        recorder?.choose(nil, among: paths.map { self.path.appending($0) }, by: .firstLink)
        return nil
    }

    /// The first of `paths` where a film is.
    public func firstFilm(of paths: JSONPath...) -> Asset.Source? {
        for path in paths {
            guard let film = self[path].film else { continue }
            recorder?.choose(self.path.appending(path), among: paths.map { self.path.appending($0) }, by: .firstLink)
            return film
        }
        recorder?.choose(nil, among: paths.map { self.path.appending($0) }, by: .firstLink)
        return nil
    }

    /// The JSON itself, when there is any.
    public var json: JSONValue? {
        recorder?.use(path, as: .whole)
        return value
    }

    /// Its kind; nil when absent.
    public var kind: JSONValue.Kind? { value?.kind }

    /// Whether it says something: not missing, null, `""`, `{}` or `[]`.
    public var isThere: Bool {
        guard let value else { return false }
        return switch value.kind {
        case .null: false
        case .string: !(value.string ?? "").allSatisfy(\.isWhitespace)
        case .object, .array: value.count > 0
        case .number, .bool: true
        }
    }

    /// A text without outer white space, or a number or truth value as it is spelled; nil when empty or a container.
    public var text: String? {
        recorder?.use(path, as: .text)
        guard let value else { return nil }
        switch value.kind {
        case .string:
            guard let text = value.string?.trimmed, !text.isEmpty else { return nil }
            return text
        case .number, .bool: return value.rawText
        case .null, .object, .array: return nil
        }
    }

    /// Words for people: a text, or the JSON of an object or a list as it was written; nil when it says nothing.
    public var words: String? { text ?? (isThere ? json?.rawText : nil) }

    /// The words at the first of `paths` that holds a text; else those at the first that holds anything.
    public func firstWords(of paths: JSONPath...) -> String? { firstWords(of: paths) }

    func firstWords(of paths: [JSONPath]) -> String? {
        let candidates = paths.map { self[$0] }
        let best = candidates.first { $0.text != nil } ?? candidates.first(where: \.isThere)
        recorder?.choose(best?.path, among: candidates.map(\.path), by: .firstThere)
        return best?.words
    }

    /// The code of an error at the first of `paths` that holds one; codes that mean "no error" are passed over.
    public func firstCode(of paths: JSONPath...) -> String? { firstCode(of: paths) }

    func firstCode(of paths: [JSONPath]) -> String? {
        paths.lazy.compactMap { self[$0].text }.first { !FaultReading.isNoError($0) }
    }

    /// An id: a text without control characters, or a whole number with every digit; nil for anything else.
    ///
    /// A text of more than 1,024 bytes is none, and neither is one that is no Unicode: what stands for its bad parts
    /// would make an id that is not in the reply.
    public var identifier: String? {
        recorder?.use(path, as: .identifier)
        guard let text, text.utf8.count <= Self.longestIdentifier else { return nil }
        switch kind {
        case .string:
            let isUnusable = text.unicodeScalars.contains {
                $0 == "\u{FFFD}" || $0.properties.generalCategory == .control
            }
            return isUnusable ? nil : text
        case .number: return text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
        default: return nil
        }
    }

    private static let longestIdentifier = 1024

    /// Whether a task's status word or id stands here; a status that is no text, such as `true` or 200, is none.
    var speaksOfTask: Bool {
        let status = first(of: "status", "task_status", "state")
        return status.kind == .string || first(of: "id", "task_id", "requestId").isThere
    }

    /// A text as the server wrote it, white space and all.
    public var string: String? {
        recorder?.use(path, as: .text)
        return value?.string
    }

    /// A whole number, also from `"5"` or `5.0`.
    public var int: Int? {
        recorder?.use(path, as: .number)
        guard let value else { return nil }
        if value.kind == .number { return value.int }
        guard let text, let document = try? JSONDocument(parsing: text), document.root.kind == .number else {
            return nil
        }
        return document.root.int
    }

    /// A number, also from text; a trailing `%` is dropped.
    public var double: Double? {
        recorder?.use(path, as: .number)
        guard let value else { return nil }
        if value.kind == .number { return value.double }
        guard value.kind == .string, var text else { return nil }
        if text.hasSuffix("%") { text = String(text.dropLast()).trimmed }
        // Swift also reads hexadecimal, "inf" and "nan"; no server means those.
        guard text.utf8.allSatisfy("0123456789+-.eE".utf8.contains), let number = Double(text), number.isFinite else {
            return nil
        }
        return number
    }

    /// True or false, also from text.
    public var flag: Bool? {
        recorder?.use(path, as: .flag)
        if let flag = value?.bool { return flag }
        return switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// An http(s) URL, byte for byte but for blanks around it.
    public var url: String? {
        recorder?.use(path, as: .link)
        guard let text = value?.string?.trimmed, WebURL(text) != nil else { return nil }
        return text
    }

    /// Where a film is: a link, or a `data:` URI that holds the film itself in base64.
    public var film: Asset.Source? {
        if let url { return .remote(url) }
        guard let text = value?.string?.trimmed, let content = Self.inlineFilm(text) else { return nil }
        return .inline(String(content))
    }

    /// The base64 of a `data:` URI that may be a film (RFC 2397).
    private static func inlineFilm(_ text: String) -> Substring? {
        let isFilm = ["data:video/", "data:application/octet-stream"].contains {
            text.prefix($0.count).lowercased() == $0
        }
        guard isFilm, let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")),
            text[..<comma].lowercased().hasSuffix(";base64")
        else { return nil }
        let content = text[text.utf8.index(after: comma)...]
        return content.isEmpty ? nil : content
    }

    /// Why what stands in the place of a film's link cannot be used; nil for a link, and where nothing stands.
    public var filmProblem: Fault? {
        guard film == nil, let text else { return nil }
        guard let bare = WebURL.withoutUserInfo(text) else {
            return Fault(.noOutput, "The link \(text.prefix(80)) is no http(s) URL.")
        }
        return Fault(
            .noOutput,
            "The link to \(bare.origin) holds a user name or a password, and reel sends those to nobody."
        )
    }

    /// The elements of a list; empty for anything else.
    public var elements: [ReplyValue] {
        recorder?.use(path, as: .list)
        guard let value, value.kind == .array else { return [] }
        return (0..<value.count).map { self[$0] }
    }

    /// A time: a number of at least 1e11 is milliseconds, below it seconds, 0 is none; else ISO 8601.
    public var time: UpstreamTime? {
        recorder?.use(path, as: .time)
        if let number = double { return number > 0 ? UpstreamTime(upstreamNumber: number) : nil }
        return text.flatMap(UpstreamTime.init(iso8601:))
    }

    /// Progress written in percent: `70`, `"70"`, `"70%"`.
    public var percent: Progress? { progress(dividedBy: 100) }

    /// Progress written as a fraction: `0.93`.
    public var fraction: Progress? { progress(dividedBy: 1) }

    private func progress(dividedBy scale: Double) -> Progress? {
        recorder?.use(path, as: .progress)
        guard let number = double, let asWritten = text else { return nil }
        return Progress(asWritten: asWritten, path: path, fraction: min(max(number / scale, 0), 1))
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
