public import HTTPTypes
public import LosslessJSON

/// What came back, as a provider sees it.
public struct UpstreamReply: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The header fields.
    ///
    /// Names are case-insensitive.
    public let headerFields: HTTPFields
    /// The body after content decoding.
    public let body: [UInt8]
    /// The body as JSON, when it is.
    public let document: JSONDocument?
    /// Why the body could not be read as JSON; nil when it could, or does not look like JSON.
    public let jsonError: JSONError?
    private let recorder: ReadingRecorder?

    /// Reads `body` as JSON if it looks like it, whatever the declared type says.
    public init(
        status: Int,
        headerFields: HTTPFields = [:],
        body: [UInt8],
        recorder: ReadingRecorder? = nil,
    ) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        self.recorder = recorder
        var document: JSONDocument?
        var jsonError: JSONError?
        if Self.looksLikeJSON(body) {
            do { document = try JSONDocument(parsing: body) } catch { jsonError = error }
        }
        self.document = document
        self.jsonError = jsonError
    }

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The whole JSON; an absent value when the body is not JSON.
    public var root: ReplyValue { ReplyValue(document?.root, path: ".", recorder: recorder) }

    /// The record of the task: the root, or what stands in `data` when the root has neither status nor id.
    public var record: ReplyValue { unwrapped(from: "data") }

    /// The record of the task, unwrapped from `envelope` (an object, or a list whose first element is one).
    public func unwrapped(from envelope: JSONPath) -> ReplyValue {
        let root = root
        if root.speaksOfTask {
            recorder?.note(record: root.path, because: "it has a status or an id")
            return root
        }
        let inner = root[envelope]
        if inner.kind == .object {
            recorder?.note(record: inner.path, because: "the root has neither status nor id")
            return inner
        }
        let first = inner[0]
        guard first.kind == .object else { return root }
        recorder?.note(record: first.path, because: "the root has neither status nor id")
        return first
    }

    /// The body as text with bad bytes replaced, cut after `limit` characters.
    public func text(limit: Int = 300) -> String {
        let text = String(decoding: body.prefix(limit * 4), as: UTF8.self)
        return String(text.prefix(limit))
    }

    private static func looksLikeJSON(_ body: [UInt8]) -> Bool {
        var rest = body[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        guard let first = rest.first(where: { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }) else { return false }
        return "{[\"-0123456789tfn".utf8.contains(first)
    }
}
