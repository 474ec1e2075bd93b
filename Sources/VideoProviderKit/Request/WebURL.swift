/// An absolute `http` or `https` URL kept byte for byte, with the parts that decide where a credential may go.
public struct WebURL: Sendable, Hashable, CustomStringConvertible {
    /// The URL as it was given.
    public let text: String
    /// Scheme, host and port.
    public let origin: Origin
    /// The rest: path, query and fragment, as given; may be empty.
    public let rest: String

    /// Reads `text`; nil for other schemes, user info, an empty host, a bad port, white space or control characters.
    public init?(_ text: String) {
        // Bytes, not characters: what libcurl sees, and an order of magnitude faster.
        let bytes = text.utf8
        guard bytes.allSatisfy({ $0 > 32 && $0 != 127 }), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https", bytes[colon...].starts(with: "://".utf8) else { return nil }
        let start = bytes.index(colon, offsetBy: 3)
        let end = bytes[start...].firstIndex { byte in "/?#\\".utf8.contains(byte) } ?? bytes.endIndex
        let authority = bytes[start..<end]
        guard !authority.contains(UInt8(ascii: "@")), end == bytes.endIndex || bytes[end] != UInt8(ascii: "\\") else {
            return nil
        }
        var host = authority
        var port = scheme == "https" ? 443 : 80
        let isBracketed = authority.first == UInt8(ascii: "[")
        let hostEnd = isBracketed ? authority.firstIndex(of: UInt8(ascii: "]")) : nil
        let portMark = authority[(hostEnd ?? authority.startIndex)...].lastIndex(of: UInt8(ascii: ":"))
        if let portMark {
            let digits = authority[portMark...].dropFirst()
            host = authority[..<portMark]
            if !digits.isEmpty {
                guard digits.allSatisfy({ (48...57).contains($0) }), let number = Int(Substring(digits)),
                    (1...65535).contains(number)
                else { return nil }
                port = number
            }
        }
        guard !host.isEmpty, !host.contains(UInt8(ascii: "%")) else { return nil }
        if isBracketed {
            let address = host.dropFirst().dropLast()
            guard host.last == UInt8(ascii: "]"), address.contains(UInt8(ascii: ":")),
                address.allSatisfy({ byte in "0123456789abcdefABCDEF:.".utf8.contains(byte) })
            else { return nil }
        } else if host.contains(where: { byte in "[]:".utf8.contains(byte) }) {
            return nil
        }
        self.text = text
        origin = Origin(scheme: scheme, host: Substring(host).lowercased(), port: port)
        rest = String(text[end...])
    }

    /// The URL without the user info that ``init(_:)`` refuses; nil where there is none or more is wrong.
    static func withoutUserInfo(_ text: String) -> WebURL? {
        guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { character in !"/?#\\".contains(character) }
        guard let sign = authority.lastIndex(of: "@") else { return nil }
        return WebURL(String(text[..<start]) + String(text[sign...].dropFirst()))
    }

    /// The URL as it was given.
    public var description: String { text }

    /// Scheme, host and port: the unit a credential belongs to (RFC 6454).
    public struct Origin: Sendable, Hashable, Codable, CustomStringConvertible {
        /// `http` or `https`.
        public var scheme: String
        /// Lower-cased; IPv6 addresses in brackets.
        public var host: String
        /// The port, given or implied.
        public var port: Int

        /// Makes an origin.
        public init(scheme: String, host: String, port: Int) {
            self.scheme = scheme
            self.host = host
            self.port = port
        }

        /// `https://api.example.com` or, with another port than the scheme's, `http://127.0.0.1:8080`.
        public var description: String {
            port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
        }

        /// Whether the host is this machine by name or literal.
        public var isLoopback: Bool {
            host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
                || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
        }
    }
}

/// Where a provider's paths begin.
///
/// A trailing `/` or `/v1` is tolerated, since vendors print it both ways.
public struct BaseURL: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The URL without trailing slashes.
    public let url: WebURL

    /// Reads an http(s) URL without query or fragment.
    public init?(_ text: String) {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        guard let url = WebURL(text), !url.rest.utf8.contains(where: "?#".utf8.contains) else { return nil }
        self.url = url
    }

    /// Takes a literal of a provider's source; a malformed one is a programmer's error and stops the program.
    public init(stringLiteral value: String) {
        guard let base = BaseURL(value) else { preconditionFailure("\(value) is no base URL.") }
        self = base
    }

    /// The URL without trailing slashes.
    public var description: String { url.text }

    /// The URL of `path` below this one; a version segment that both have stands once.
    public func appending(_ path: UpstreamPath) -> String {
        let encoded = path.encoded.drop { $0 == "/" }
        if let version = encoded.split(separator: "/").first, url.rest.hasSuffix("/\(version)"),
            version.first == "v", version.dropFirst().allSatisfy(\.isNumber)
        {
            return url.text.dropLast(version.count + 1) + "/" + encoded
        }
        return url.text + "/" + encoded
    }
}
