import JobEngine
import Journal
import TerminalOutput
import VideoProviderKit

/// A request, of an exchange or about to be sent, as a command line of curl that sends the same bytes.
struct CurlText: Sendable {
    /// Bodies longer than this stand in a file of their own.
    private static let inlineLimit = 2048

    private let method: String
    private let address: String
    private let head: MessageHead
    /// The request's body.
    let body: [UInt8]
    private let authentication: Authentication
    /// What stands for the key: `$SILICONFLOW_API_KEY`, or the key itself where it is revealed.
    private let key: String
    /// Where the body's file is, as the command names it.
    private let bodyFile: String
    /// Whether the command is to be copied from a terminal, which shows no control characters.
    private let isForTerminal: Bool

    init(
        _ exchange: ExchangeRecord,
        instance: ProviderInstance?,
        key: String?,
        bodyFile: String,
        isForTerminal: Bool
    ) {
        self.init(
            exchange.method,
            exchange.url,
            exchange.requestHead,
            BodyBytes.request(exchange),
            instance: instance,
            key: key,
            bodyFile: bodyFile,
            isForTerminal: isForTerminal
        )
    }

    /// The command for a request that is not sent yet; the key is its variable.
    init(_ request: AssembledRequest, instance: ProviderInstance, bodyFile: String, isForTerminal: Bool) {
        let head = Array(request.head.utf8)
        self.init(
            request.method,
            request.url,
            head,
            request.body.bytes,
            instance: instance,
            key: nil,
            bodyFile: bodyFile,
            isForTerminal: isForTerminal
        )
    }

    private init(
        _ method: String,
        _ address: String,
        _ head: [UInt8],
        _ body: [UInt8],
        instance: ProviderInstance?,
        key: String?,
        bodyFile: String,
        isForTerminal: Bool
    ) {
        self.method = method
        self.address = address
        self.head = MessageHead(head)
        self.body = body
        self.bodyFile = bodyFile
        self.isForTerminal = isForTerminal
        authentication = instance?.descriptor.authentication ?? .bearer
        self.key = key ?? "$\(Self.variable(of: instance))"
    }

    /// The variable that holds an instance's key.
    static func variable(of instance: ProviderInstance?) -> String {
        for case .environment(let name) in instance?.credentials ?? [] { return name }
        return instance?.descriptor.keyVariable ?? "API_KEY"
    }

    /// Whether the body is too long, or no text that a shell's argument can hold.
    var needsFile: Bool {
        body.count > Self.inlineLimit || body.first == UInt8(ascii: "@") || body.contains(0)
            || String(validating: body, as: UTF8.self) == nil
    }

    /// The command, on several lines.
    var command: String {
        var pieces = ["curl -sS"]
        switch method {
        case "GET" where body.isEmpty: break
        case "HEAD": pieces[0] += " -I"
        default: pieces[0] += " -X \(Self.quoted(method))"
        }
        pieces[0] += " \(url)"
        var headers: [String] = []
        var isSigned = false
        for field in head.fields {
            switch field.name.lowercased() {
            // curl writes these itself, from the URL and the body.
            case "host", "content-length": continue
            case "accept-encoding": headers.append("--compressed -H \(Self.quoted("\(field.name): \(field.value)"))")
            default:
                if let secret = secret(of: field) {
                    headers.append("-H \(Self.doubleQuoted("\(field.name): \(secret)", key))")
                } else {
                    isSigned = isSigned || (authentication == .signed && field.name.lowercased() == "authorization")
                    headers.append("-H \(Self.quoted("\(field.name): \(field.value)"))")
                }
            }
        }
        let names = head.fields.map { $0.name.lowercased() }
        // What curl would add by itself and the request did not have.
        if !names.contains("accept") { headers.append("-H 'Accept:'") }
        if !names.contains("user-agent") { headers.append("-H 'User-Agent:'") }
        if !body.isEmpty {
            if !names.contains("content-type") { headers.append("-H 'Content-Type:'") }
            headers.append("-H 'Expect:'")
        }
        pieces += headers
        if needsFile {
            pieces.append("--data-binary \(Self.quoted("@\(bodyFile)"))")
        } else if !body.isEmpty {
            let text = String(decoding: body, as: UTF8.self)
            let isHarmless = !isForTerminal || TerminalText.safe(body) == body
            pieces.append("--data-binary \(isHarmless ? Self.quoted(text) : Self.escaped(text))")
        }
        let text = pieces.joined(separator: " \\\n  ")
        return isSigned ? "# the request was signed for its moment; this signature is no longer valid\n\(text)" : text
    }

    /// The header value with the key's place in it, when this is the field that carries the key.
    private func secret(of field: (name: String, value: String)) -> String? {
        switch authentication {
        case .bearer:
            guard field.name.lowercased() == "authorization", field.value.lowercased().hasPrefix("bearer ") else {
                return nil
            }
            return "\(field.value.prefix(7))\u{0}"
        case .header(let name, let prefix):
            return field.name.lowercased() == name.rawName.lowercased() ? "\(prefix)\u{0}" : nil
        case .query, .signed, .none: return nil
        }
    }

    private var url: String {
        guard case .query(let name) = authentication, let mark = address.firstRange(of: "\(name)=") else {
            return Self.quoted(address)
        }
        let rest = address[mark.upperBound...]
        let tail = rest.firstIndex(of: "&").map { String(rest[$0...]) } ?? ""
        return Self.doubleQuoted("\(address[..<mark.upperBound])\u{0}\(tail)", key)
    }

    /// `text` as one word of a POSIX shell.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "-_./:@%+=,".utf8.contains(byte)
            }
        return isPlain && !text.contains(":") ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }

    /// `text` as one word of bash or zsh that a terminal shows as it is: `$'one\r\n'`.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'", "\\": out += "\\\(scalar)"
            case "\r": out += "\\r"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                let bytes = Array(String(scalar).utf8)
                out +=
                    TerminalText.safe(bytes) == bytes ? String(scalar) : bytes.map { "\\x\(Hex.encode([$0]))" }.joined()
            }
        }
        return "$'\(out)'"
    }

    /// `text` in double quotes, with `key`, which may be a variable, in place of the NUL.
    private static func doubleQuoted(_ text: String, _ key: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\u{0}" {
                out += key
            } else {
                if "\"\\$`".unicodeScalars.contains(scalar) { out += "\\" }
                out.unicodeScalars.append(scalar)
            }
        }
        return "\"\(out)\""
    }
}
