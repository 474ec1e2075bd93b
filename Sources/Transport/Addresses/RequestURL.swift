/// The parts of an absolute http or https URL that decide about connections.
///
/// The grammar is narrower than any parser's, so that this reading and libcurl's cannot differ: a host is an IPv6
/// literal in brackets or made of letters, digits, `-`, `.`, `_`; there is no user info.
struct RequestURL: Sendable, Hashable {
    enum Scheme: String, Sendable, Hashable {
        case http
        case https

        var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    let scheme: Scheme
    /// In lower case; an IPv6 literal without its brackets.
    let host: String
    let port: Int

    /// What is wrong with a URL, as the end of a sentence.
    struct Malformed: Error, Equatable {
        let message: String
    }

    init(_ text: String) throws(Malformed) {
        guard let separator = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            let scheme = Scheme(rawValue: ASCII.lowercased(text[..<separator])),
            text.utf8[separator...].starts(with: "://".utf8)
        else {
            throw Malformed(message: "is not an absolute http or https URL")
        }
        guard text.utf8.allSatisfy({ byte in byte > 0x20 && byte != 0x7F }) else {
            throw Malformed(message: "holds a blank or a control character")
        }
        // Bytes, not characters: finding the borders of characters costs more than the rest of this.
        let authority = text.utf8[separator...].dropFirst(3).prefix { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        guard !authority.contains(UInt8(ascii: "@")) else {
            throw Malformed(message: "holds a user name or password")
        }
        let (hostText, portText) = try Self.split(Substring(authority))
        self.scheme = scheme
        host = ASCII.lowercased(hostText)
        port = try Self.port(portText, of: scheme)
    }

    /// Whether two URLs share scheme, host and port.
    func hasSameOrigin(as other: Self) -> Bool {
        self == other
    }

    /// The address, when the host is a literal in any notation a resolver accepts.
    var literalAddress: SocketAddress? {
        SocketAddress(literal: host)
    }

    /// Whether the host is this machine by name or by literal.
    var isLoopback: Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        return name == "localhost" || name.hasSuffix(".localhost") || literalAddress?.isLoopback == true
    }

    private static func split(_ authority: Substring) throws(Malformed) -> (Substring, Substring?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else {
                throw Malformed(message: "has an IPv6 address without its closing bracket")
            }
            let inner = authority[..<end].dropFirst()
            let after = authority[end...].dropFirst()
            guard inner.utf8.contains(UInt8(ascii: ":")), SocketAddress(literal: String(inner)) != nil,
                inner.utf8.allSatisfy({ byte in ASCII.isHexDigit(byte) || byte == 0x3A || byte == 0x2E }),
                after.isEmpty || after.hasPrefix(":")
            else {
                throw Malformed(message: "has a malformed IPv6 address")
            }
            return (inner, after.isEmpty ? nil : after.dropFirst())
        }
        let host = Substring(authority.utf8.prefix { byte in byte != UInt8(ascii: ":") })
        guard !host.isEmpty, host.utf8.allSatisfy({ byte in isHostByte(byte) }) else {
            throw Malformed(message: "has no host, or one with characters that do not belong there")
        }
        let after = authority[host.endIndex...]
        return (host, after.isEmpty ? nil : after.dropFirst())
    }

    private static func port(_ text: Substring?, of scheme: Scheme) throws(Malformed) -> Int {
        guard let text else {
            return scheme.defaultPort
        }
        guard text.utf8.allSatisfy({ byte in ASCII.isDigit(byte) }), let port = UInt16(text), port > 0 else {
            throw Malformed(message: "has a port that is not between 1 and 65535")
        }
        return Int(port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_")
    }
}
