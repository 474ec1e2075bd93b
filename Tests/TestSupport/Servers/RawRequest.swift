/// A request as a scripted server read it.
package struct RawRequest: Sendable {
    /// Head and body as they came.
    package let bytes: [UInt8]
    /// The method.
    package let method: String
    /// Path and query.
    package let target: String
    /// The lines of the head after the first.
    package let headerLines: [String]
    /// What follows the head.
    package let body: [UInt8]

    /// Reads a request that came whole.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var end = bytes.count
        for index in bytes.indices where bytes[index...].starts(with: [13, 10, 13, 10]) {
            end = index
            break
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = (lines.first ?? "").split(separator: " ")
        method = words.first.map(String.init) ?? ""
        target = words.count > 1 ? String(words[1]) : ""
        headerLines = Array(lines.dropFirst())
        body = Array(bytes.dropFirst(end + 4))
    }

    /// The value of the first header line of that name.
    package func header(_ name: String) -> String? {
        let start = name.lowercased() + ":"
        return headerLines.first { line in line.lowercased().hasPrefix(start) }
            .map { line in String(line.dropFirst(start.count).drop { character in character == " " }) }
    }
}
