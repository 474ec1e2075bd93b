/// The marked pieces of the examples: from `// snippet: NAME` to `// end`, at the left margin.
enum Snippets {
    static let all: [String: String] = {
        var snippets: [String: String] = [:]
        for file in Checkout.files(below: "Tests/DocumentationTests/Examples", suffix: ".swift") {
            var open: (name: String, lines: [Substring])?
            for line in (Checkout.text(file) ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
                let trimmed = line.trimmingBlanks
                if trimmed.hasPrefix("// snippet: ") {
                    open = (String(trimmed.dropFirst(12)), [])
                } else if trimmed == "// end", let snippet = open {
                    snippets[snippet.name] = snippet.lines.joined(separator: "\n").dedented
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            }
        }
        return snippets
    }()

    /// Whether `text` stands word for word in a provider under `Plugins/`.
    static func isQuotedFromPlugin(_ text: String) -> Bool {
        let wanted = text.dedented.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for file in Checkout.files(below: "Plugins", suffix: ".swift") {
            let lines = (Checkout.text(file) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            for start in lines.indices where start + wanted.count <= lines.count {
                let piece = lines[start..<start + wanted.count]
                guard piece.first?.trimmingBlanks == wanted.first?.trimmingBlanks else { continue }
                if piece.joined(separator: "\n").dedented == text.dedented { return true }
            }
        }
        return false
    }
}
