/// One header line of a message, with its spelling kept.
package struct HeaderLine: Sendable, Hashable, Codable {
    /// The name as spelled on the wire.
    package var name: String

    /// The value without the blanks around it; bytes that are not UTF-8 are replaced.
    package var value: String

    /// Makes a header line.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this line has the given name, compared as HTTP does (RFC 9110 section 5.1).
    package func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { pair in
                ASCII.lowercased(pair.0) == ASCII.lowercased(pair.1)
            }
    }
}

extension Sequence where Element == HeaderLine {
    /// The values of all lines with the given name, in order.
    package func values(named name: String) -> [String] {
        filter { line in line.isNamed(name) }.map(\.value)
    }
}
