/// Where in a request the credential stands.
///
/// It is masked by its place, whatever it looks like: a key too short to be searched for, or a signature made of one,
/// is known by nothing else.
package struct CredentialPlaces: Sendable, Hashable {
    /// What is shown for each header line that carries it, by the line's name in lower case.
    private var headers: [String: String] = [:]
    /// The query item that carries it, as it stands in the URL, and what is shown for it.
    private var query: Item?

    private struct Item: Hashable {
        var written: String
        var shown: String
    }

    mutating func addHeader(_ name: String, shown: String) { headers[name.lowercased()] = shown }

    mutating func addQuery(_ item: String, shown: String) { query = Item(written: item, shown: shown) }

    /// A URL as it may be shown and kept.
    func masked(url: String) -> String {
        guard let query else { return url }
        return url.replacing(query.written, with: query.shown)
    }

    /// Header lines as they may be shown and kept.
    func masked(_ name: String, _ value: String) -> String { headers[name.lowercased()] ?? value }

    /// A head as it left, made fit to be kept: its lines stay as they are but for the values that are masked.
    func masked(head: [UInt8]) -> [UInt8] {
        guard !headers.isEmpty || query != nil else { return head }
        var result: [UInt8] = []
        result.reserveCapacity(head.count)
        var isFirst = true
        var start = head.startIndex
        while start < head.endIndex {
            let end = head[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? head.endIndex
            result += masked(line: head[start..<end], isRequestLine: isFirst)
            isFirst = false
            start = end
        }
        return result
    }

    private func masked(line: ArraySlice<UInt8>, isRequestLine: Bool) -> [UInt8] {
        if isRequestLine { return Array(masked(url: String(decoding: line, as: UTF8.self)).utf8) }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let shown = headers[String(decoding: line[..<colon], as: UTF8.self).lowercased()]
        else { return Array(line) }
        return Array(line[...colon]) + Array(" \(shown)\r\n".utf8)
    }
}
