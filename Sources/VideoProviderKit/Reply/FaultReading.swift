import Foundation
import HTTPTypes
import LosslessJSON

/// A vendor's error code or wording and what it means, as data.
public struct FaultRule: Sendable, Hashable {
    /// The HTTP status it comes with; nil for any.
    public var status: Int?
    /// The vendor's code, or the type of its error, as text; nil for any.
    public var code: String?
    /// Words of the message, in any case; nil for any.
    public var message: String?
    /// The calls it applies to; nil for all.
    public var calls: Set<UpstreamCall>?
    /// What it means.
    public var kind: FaultKind
    /// Whether the vendor documents that nothing was accepted.
    ///
    /// Only ``Acceptance/no`` needs to be stated.
    public var accepted: Acceptance
    /// Whether sending again is useless until something else changes.
    public var isPermanent: Bool
    /// The parameter it blames, where the code says so and the body does not.
    public var parameter: String?
    /// Where the vendor says so.
    public var source: String

    /// Makes a rule; at least one of status, code and message should be given.
    public init(
        status: Int? = nil,
        code: String? = nil,
        message: String? = nil,
        during calls: Set<UpstreamCall>? = nil,
        _ kind: FaultKind,
        accepted: Acceptance = .unknown,
        isPermanent: Bool = false,
        parameter: String? = nil,
        source: String,
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.calls = calls
        self.kind = kind
        self.accepted = accepted
        self.isPermanent = isPermanent
        self.parameter = parameter
        self.source = source
    }

    func matches(
        status: Int,
        code: String?,
        type: String? = nil,
        message: String,
        call: UpstreamCall,
    ) -> Bool {
        if let wanted = self.status, wanted != status { return false }
        if let wanted = self.code?.lowercased(), wanted != code?.lowercased(), wanted != type?.lowercased() {
            return false
        }
        if let words = self.message, !message.lowercased().contains(words.lowercased()) { return false }
        return calls?.contains(call) ?? true
    }
}

/// The shared rules for reading what went wrong, in one place for all providers.
public struct FaultReading: Sendable {
    private let descriptor: ProviderDescriptor

    /// Reads with the rules of `descriptor` before the shared ones.
    public init(descriptor: ProviderDescriptor) { self.descriptor = descriptor }

    /// What went wrong with the call, or nil when the reply is an answer.
    ///
    /// A status outside 2xx is a fault of the call, whatever the body. A 2xx is one only if it has an error code or
    /// object and neither a task's status nor an id; next to a status word an error belongs to the task.
    public func fault(in reply: UpstreamReply, during call: UpstreamCall) -> Fault? {
        // First what is cheap and nearly always the case: polls are made thousands of times, and most of them say this.
        if reply.isSuccess, reply.record.speaksOfTask || (call == .content && reply.document == nil) { return nil }
        let words = words(in: reply)
        if reply.isSuccess, !words.isError { return nil }
        var fault = Fault(kind(of: reply, words, call), words.message, code: words.code)
        if (300..<400).contains(reply.status) {
            let target = reply.headerFields[.location]
            fault.speaker = .reel
            fault.message = target.map { "It points to \($0)." } ?? "It answers \(reply.status) and names no address."
        }
        fault.httpStatus = reply.status
        fault.parameter = words.parameter
        fault.retryAfter = retryAfter(in: reply)
        fault.traceIDs = traceIDs(in: reply, during: call)
        if let rule = rule(words, reply.status, call) {
            fault.kind = rule.kind
            fault.accepted = rule.accepted
            fault.isPermanent = rule.isPermanent
            fault.parameter = fault.parameter ?? rule.parameter
        } else if fault.kind == .invalidRequest, Self.isRefusal(code: words.code, message: words.message) {
            fault.kind = .contentRejected
        }
        return fault
    }

    /// The rule of the descriptor that decides what is wrong with a reply; nil when its status alone does.
    public func rule(in reply: UpstreamReply, during call: UpstreamCall) -> FaultRule? {
        rule(words(in: reply), reply.status, call)
    }

    /// Whether the body is an object with an error's code or an error in it.
    public func isError(_ reply: UpstreamReply) -> Bool { reply.root.kind == .object && words(in: reply).isError }

    /// Whether the body is an error in the usual form of vendors: an object with an error's code or words and no id.
    ///
    /// What a gateway on the way says in its own name, such as a page, is none.
    public func isVendorError(_ reply: UpstreamReply) -> Bool {
        let root = reply.root
        guard root.kind == .object, !root.first(of: "id", "task_id", "requestId").isThere else { return false }
        return isError(reply) || root.first(of: "message", "msg", "detail", "reason").isThere
    }

    private func rule(_ words: Words, _ status: Int, _ call: UpstreamCall) -> FaultRule? {
        descriptor.faults.first {
            $0.matches(status: status, code: words.code, type: words.type, message: words.message, call: call)
        }
    }

    /// The ids by which the vendor's support finds an exchange: header fields first, then the body.
    ///
    /// A film comes from an object store, whose own ids count there, too.
    public func traceIDs(in reply: UpstreamReply, during call: UpstreamCall? = nil) -> [TraceID] {
        var found: [TraceID] = []
        for name in descriptor.traceHeaders + (call == .content ? Self.storageTraceHeaders : []) {
            if let value = reply.headerFields[name], !value.isEmpty {
                found.append(TraceID(name: name.rawName, value: value))
            }
        }
        for name in Self.traceMembers {
            if let value = reply.root[name].text {
                found.append(TraceID(name: name.description.dropFirst().description, value: value))
            }
        }
        if Self.mentionsRequestID(reply.body), let inner = Self.requestID(inMessage: words(in: reply).message) {
            found.append(TraceID(name: "request id", value: inner))
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.value).inserted }
    }

    /// The wait a server asks for (RFC 9110 §10.2.3); dates are read against the reply's own `Date` and, without one, against
    /// this machine's clock.
    public func retryAfter(in reply: UpstreamReply) -> Duration? {
        guard let text = reply.headerFields[.retryAfter]?.trimmed else { return nil }
        if let seconds = Int(text) { return seconds > 0 ? min(.seconds(seconds), Self.longestWait) : nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) { return Self.longestWait }
        guard let date = UpstreamTime(httpDate: text) else { return nil }
        let now = reply.headerFields[.date].flatMap(UpstreamTime.init(httpDate:))?.milliseconds
        let wait = date.milliseconds - (now ?? Int64(Date().timeIntervalSince1970 * 1000))
        return wait > 0 ? min(.milliseconds(wait), Self.longestWait) : nil
    }

    /// Who names a longer wait has said that it is long, and no more.
    private static let longestWait = Duration.seconds(365 * 86400)

    /// The reason a task failed, as a fault of kind `taskFailed` or, by its code and words, `contentRejected`.
    public func taskFault(code: String?, message: String?) -> Fault {
        let code = Self.isNoError(code) ? nil : code
        var fault = Fault(.taskFailed, message ?? "", code: code)
        let rule = descriptor.faults.first {
            $0.status == nil && $0.matches(status: 200, code: code, message: fault.message, call: .status)
        }
        if let rule {
            fault.kind = rule.kind
        } else if Self.isRefusal(code: code, message: fault.message) {
            fault.kind = .contentRejected
        }
        return fault
    }

    /// Whether a code or message means a refusal of the content.
    ///
    /// Vendors have no common code for it.
    public static func isRefusal(code: String?, message: String) -> Bool {
        let code = code?.lowercased() ?? ""
        let message = message.lowercased()
        return ["moderation", "content_policy", "content_filter", "sensitive"].contains { code.contains($0) }
            || ["moderation", "content policy", "content rejected", "sensitive word", "审核", "敏感"].contains {
                message.contains($0)
            }
    }

    /// Whether a code says that nothing is wrong.
    public static func isNoError(_ code: String?) -> Bool {
        ["", "0", "200", "20000", "success", "ok", "null"].contains(code?.lowercased() ?? "")
    }

    private struct Words {
        var code: String?
        var type: String?
        var message: String
        var parameter: String?
        var isError: Bool
    }

    private func words(in reply: UpstreamReply) -> Words {
        let root = reply.root
        guard root.kind == .object else {
            // A bare JSON string, plain text or a page from a gateway: the status gives the kind, the text the words.
            let page = reply.root.text ?? reply.text(limit: 1000).trimmed
            guard page.hasPrefix("<"), let code = Self.element("Code", in: page) else {
                return Words(message: Self.words(of: reply), isError: !reply.isSuccess)
            }
            let message = Self.element("Message", in: page)?.split(whereSeparator: \.isNewline).joined(separator: " ")
            return Words(code: code, message: message ?? "", isError: !reply.isSuccess)
        }
        let error = root["error"]
        let code = root.first(of: "error.code", "code", "error_code", "base_resp.status_code").text
        let type = root.first(of: "error.type", "type").text
        let said =
            root.first(
                of: "error.message",
                "message",
                "msg",
                "detail",
                "error",
                "reason",
                "base_resp.status_msg"
            )
        let hasCode = !Self.isNoError(code)
        return Words(
            code: hasCode ? code : nil,
            type: type,
            message: Self.innerWords(said.text ?? error.text ?? (hasCode ? said.words ?? "" : reply.text())),
            parameter: root.first(of: "error.param", "param").text,
            isError: hasCode || error.isThere
        )
    }

    private func kind(of reply: UpstreamReply, _ words: Words, _ call: UpstreamCall) -> FaultKind {
        let isObject = reply.root.kind == .object
        switch reply.status {
        case 200..<300: return words.type == "invalid_request_error" ? .invalidRequest : .server
        case 300..<400: return .redirected
        case 401: return .auth
        case 402: return .balance
        case 403: return .permission
        case 404, 410:
            guard isObject else { return .endpointNotFound }
            switch call {
            case .submit: return .modelNotFound
            case .status, .result, .cancel, .delete, .content: return .taskNotFound
            default: return .endpointNotFound
            }
        case 408, 504, 522, 524: return .timeout
        case 429: return .rateLimited
        case 501: return .unsupported
        case 503, 529: return .overloaded
        case 400..<500: return .invalidRequest
        default: return .server
        }
    }

    /// The words inside when a relay passes on its own upstream's JSON as text.
    private static func innerWords(_ message: String) -> String {
        guard let open = message.firstIndex(of: "{"),
            let document = try? JSONDocument(parsing: String(message[open...])),
            let inner = document.root.first(of: "error.message", "message", "msg")?.value.string, !inner.isEmpty
        else { return message }
        return "\(inner) (\(message))"
    }

    /// What object stores call the id of an exchange: Alibaba Cloud, Tencent Cloud, Volcengine, Amazon S3 and those who
    /// speak like it, Azure.
    private static let storageTraceHeaders: [HTTPField.Name] = [
        "x-oss-request-id", "x-cos-request-id", "x-tos-request-id", "x-amz-request-id", "x-ms-request-id",
    ].compactMap { HTTPField.Name($0) }

    /// Members of a body that name the exchange; `request_id` first, as it is the usual one.
    private static let traceMembers: [JSONPath] = ["request_id", "trace_id", "traceId", "log_id"]

    /// Whether it is worth to look for the words in the message.
    private static func mentionsRequestID(_ body: [UInt8]) -> Bool {
        let words = Array("request id: ".utf8)
        return body.indices.dropLast(words.count).contains { start in
            body[start] == words[0] && body[start + 8] == words[8] && body[start...].starts(with: words)
        }
    }

    private static func requestID(inMessage message: String) -> String? {
        guard let start = message.firstRange(of: "request id: ") else { return nil }
        let id = message[start.upperBound...].prefix { !" )".contains($0) }
        return id.isEmpty ? nil : String(id)
    }

    /// What a reply that is no JSON object says, on one line: a bare text, a page's title, or the code and message of
    /// an object store's XML error.
    public static func words(of reply: UpstreamReply) -> String {
        let text = reply.root.text ?? reply.text(limit: 1000).trimmed
        guard text.hasPrefix("<") else { return String(text.prefix(300)) }
        let parts = [element("title", in: text), element("Code", in: text), element("Message", in: text)]
        let said = parts.compactMap(\.self).joined(separator: " ")
        let shown = said.isEmpty ? String(text.prefix(300)) : said
        return shown.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func element(_ name: String, in text: String) -> String? {
        guard let open = text.firstRange(of: "<\(name)>"), let close = text.firstRange(of: "</\(name)>"),
            open.upperBound <= close.lowerBound
        else { return nil }
        return String(text[open.upperBound..<close.lowerBound]).trimmed
    }
}
