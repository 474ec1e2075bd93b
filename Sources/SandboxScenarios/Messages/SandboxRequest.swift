/// One HTTP request as a vendor sees it.
package struct SandboxRequest: Sendable {
    /// The method, in capitals.
    package var method: String
    /// Path and query as sent, still percent-encoded.
    package var target: String
    /// Header fields in the order of the wire.
    package var headers: [(name: String, value: String)]
    /// The whole body.
    package var body: [UInt8]

    /// A request with these parts.
    package init(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The path without the query, as sent.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The parts between the slashes of the path, percent-decoded: `/v1/videos/a%3Ab` gives `v1`, `videos`, `a:b`.
    package var segments: [String] {
        path.split(separator: "/").map { Self.percentDecoded($0) }
    }

    /// The first value of a query item, decoded.
    package func query(_ name: String) -> String? {
        guard let mark = target.firstIndex(of: "?") else { return nil }
        for item in target[target.index(after: mark)...].split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if let key = parts.first, Self.percentDecoded(key) == name {
                return parts.count > 1 ? Self.percentDecoded(parts[1]) : ""
            }
        }
        return nil
    }

    /// The first header field of that name, whatever its case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The media type of the body in lower case, without parameters.
    var mediaType: String? {
        header("content-type").map { field in
            String(field.prefix { $0 != ";" && $0 != " " }).lowercased()
        }
    }

    static func percentDecoded(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) || text.utf8.contains(UInt8(ascii: "+")) else {
            return String(text)
        }
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                index += 3
            } else {
                decoded.append(byte)
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
