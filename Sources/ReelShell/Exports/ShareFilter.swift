import JobEngine
import LosslessJSON
import VideoProviderKit

/// Cleans what is about to leave the program: keys by value, signed queries of links, personal fields, and with
/// ``hidden`` the user's own texts.
///
/// Everything else stays byte for byte, so that what is shared is still what was sent.
struct ShareFilter: Sendable {
    /// What stands in place of what was cut.
    static let mark = "(redacted)"

    private let redactor: Redactor
    /// Texts that are not to leave: prompts, where they are not wanted.
    var hidden: [String] = []
    /// Member names whose texts are not to leave, besides the personal ones.
    var hiddenNames: Set<String> = []

    /// Makes a filter that knows the loaded keys.
    init(_ redactor: Redactor) { self.redactor = redactor }

    /// A text of any kind.
    func text(_ text: String) -> String {
        var text = LinkCutting.cut(in: text)
        for secret in hidden where secret.count >= 3 { text = text.replacing(secret, with: Self.mark) }
        return redactor.scrub(text)
    }

    /// A request's own URL: its query means something and stays, but for values that sign or identify.
    func url(_ url: String) -> String { redactor.scrub(LinkCutting.cutValues(of: url)) }

    /// A head as it was on the wire.
    func head(_ bytes: [UInt8]) -> [UInt8] {
        let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        let clean = lines.map { line -> String in
            guard let colon = line.dropFirst().firstIndex(of: ":"), !line.hasPrefix("HTTP/"), !line.contains(" HTTP/")
            else { return text(String(line)) }
            let name = line[..<colon]
            return "\(name): \(header(String(name), line[line.index(after: colon)...].drop { $0 == " " }))"
        }
        return Array(clean.joined(separator: "\r\n").utf8)
    }

    /// The value of a header field.
    func header(_ name: String, _ value: some StringProtocol) -> String {
        switch name.lowercased() {
        case "cookie", "set-cookie", "proxy-authorization": Self.mark
        // The journal keeps the masked form, which says which key it was.
        case "authorization": redactor.scrub(String(value))
        default: text(String(value))
        }
    }

    /// A body: JSON by its tokens, other text as text, and bytes that are no text as they are.
    func body(_ bytes: [UInt8]) -> [UInt8] {
        if let document = try? JSONDocument(parsing: bytes) { return redactor.scrub(clean(document)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return redactor.scrub(bytes) }
        return Array(self.text(text).utf8)
    }

    /// Refuses bytes in which a live key still stands.
    func check(_ bytes: [UInt8], _ what: String) throws(ShellFailure) {
        guard redactor.findsSecret(in: bytes) else { return }
        throw ShellFailure(
            "\(what) would hold a key and was not written",
            why: "a loaded key was found in its bytes",
            tries: ["log"],
            code: .local,
            kind: "local"
        )
    }

    private func clean(_ document: JSONDocument) -> [UInt8] {
        var changes: [(range: Range<Int>, bytes: [UInt8])] = []
        JSONLeaves.visit(document.root) { path, value in
            guard let new = replacement(for: value, at: path) else { return true }
            changes.append((value.rawBytes.indices, JSONText.quoted(new)))
            return true
        }
        guard !changes.isEmpty else { return document.bytes }
        var out: [UInt8] = []
        var position = 0
        for change in changes {
            out += document.bytes[position..<change.range.lowerBound]
            out += change.bytes
            position = change.range.upperBound
        }
        return out + document.bytes[position...]
    }

    /// What a value becomes; nil when it stays.
    private func replacement(for value: JSONValue, at path: JSONPath) -> String? {
        if case .key(let name) = path.steps.last, isPrivate(name) {
            switch value.kind {
            case .string: return value.string?.isEmpty == false ? Self.mark : nil
            case .number: return Self.mark
            default: return nil
            }
        }
        guard value.kind == .string, let text = value.string else { return nil }
        let clean = self.text(text)
        return clean == text ? nil : clean
    }

    private func isPrivate(_ name: String) -> Bool {
        let folded = name.lowercased()
        return Self.personal.contains(folded) || hiddenNames.contains(folded)
    }

    /// Members that name a person, in the answers of the vendors known.
    private static let personal: Set<String> = [
        "user", "user_id", "userid", "uid", "username", "user_name", "nickname", "real_name", "email", "mail", "phone",
        "mobile", "avatar", "image_url_avatar", "organization_id", "org_id", "ip", "client_ip", "introduction",
    ]
}
