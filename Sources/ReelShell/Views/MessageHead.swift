/// The head of a request or a reply, as it was on the wire, taken apart.
struct MessageHead: Sendable {
    /// The request line or the status line.
    var startLine = ""
    /// The header lines in wire order, with the spelling kept.
    var fields: [(name: String, value: String)] = []

    /// Reads the last head in `bytes`, since interim answers stand before the final one.
    init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for line in lines where !line.isEmpty {
            if line.hasPrefix("HTTP/") || startLine.isEmpty {
                startLine = line
                fields = []
            } else if let colon = line.dropFirst().firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                fields.append((String(line[..<colon]), String(value)))
            }
        }
    }

    /// The first value of a field; names are compared as HTTP does.
    subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What stands behind the version in a status line.
    var reason: String {
        startLine.hasPrefix("HTTP/") ? startLine.split(separator: " ", maxSplits: 2).dropFirst(2).joined() : ""
    }

    /// The target of a request line.
    var target: String? {
        let parts = startLine.split(separator: " ")
        return parts.count >= 2 && !startLine.hasPrefix("HTTP/") ? String(parts[1]) : nil
    }
}
