/// Cuts what signs a link, so that nobody who reads it later can use it.
package enum LinkCutting {
    /// What stands in place of what was cut.
    package static let mark = "cut"

    private static let hints = [
        "sign", "token", "credential", "secret", "expires", "policy", "auth", "key", "x-amz", "x-oss", "x-goog",
        "x-tos",
        "q-ak", "security",
    ]
    private static let exact: Set<String> = ["sig", "se", "sp", "sv", "sr", "st", "skoid", "sktid", "spr"]

    /// `text` with the queries of signed links cut.
    package static func cut(in text: String) -> String {
        guard text.contains("http") else { return text }
        var out = ""
        var rest = text[...]
        while let start = nextLink(in: rest) {
            let end = rest[start...].firstIndex(where: endsLink) ?? rest.endIndex
            out += rest[..<start] + shortened(String(rest[start..<end]))
            rest = rest[end...]
        }
        return out + rest
    }

    /// `url` with the values of its signing query items cut, and the others kept.
    package static func cutValues(of url: String) -> String {
        guard let query = url.firstIndex(of: "?") else { return url }
        let items = url[url.index(after: query)...].split(separator: "&", omittingEmptySubsequences: false)
        return url[...query]
            + items.map { item in
                guard let equals = item.firstIndex(of: "="), isSigning(item[..<equals]) else { return String(item) }
                return "\(item[...equals])\(mark)"
            }.joined(separator: "&")
    }

    private static func nextLink(in text: Substring) -> Substring.Index? {
        var search = text
        while let hit = search.firstRange(of: "http") {
            let tail = search[hit.upperBound...]
            // JSON inside a text writes the slashes with backslashes.
            for scheme in ["://", "s://", ":\\/\\/", "s:\\/\\/"] where tail.hasPrefix(scheme) { return hit.lowerBound }
            search = tail
        }
        return nil
    }

    private static func endsLink(_ character: Character) -> Bool {
        character.isWhitespace || "\"'<>`{}|^".contains(character) || character == ")" || character == "]"
            || character == "," || character == ","
    }

    private static func shortened(_ link: String) -> String {
        guard let start = link.firstIndex(of: "?") else { return link }
        let query = link[link.index(after: start)...].replacing("\\u0026", with: "&")
        let isSigned = query.split(separator: "&").contains { item in
            let parts = item.split(separator: "=", maxSplits: 1)
            // An opaque value of this length is a capability, whatever it is called.
            return parts.first.map(isSigning) == true || (parts.last?.count ?? 0) >= 24
        }
        return isSigned ? "\(link[...start])\(mark)" : link
    }

    private static func isSigning(_ name: some StringProtocol) -> Bool {
        let folded = name.lowercased()
        return exact.contains(folded) || hints.contains { folded.contains($0) }
    }
}
