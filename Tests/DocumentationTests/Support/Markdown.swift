/// A page in the parts the tests look at.
struct Markdown {
    /// A fenced block.
    struct Block {
        var language: String
        var text: String
        /// The line of the opening fence, from 1.
        var line: Int
    }

    private(set) var blocks: [Block] = []
    /// The lines outside of fenced blocks.
    private(set) var prose: [String] = []

    init(_ text: String) {
        var open: Block?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: String(trimmed.dropFirst(3)), text: "", line: index + 1)
                }
            } else if open != nil {
                open?.text += line + "\n"
            } else {
                prose.append(String(line))
            }
        }
    }

    /// The targets of the links.
    var links: [String] {
        prose.flatMap { line in
            line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
        }
    }

    /// The anchors of the headings, as GitHub makes them.
    var anchors: Set<String> {
        let headings = prose.filter { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" || $0 == " " } }
        return Set(
            headings.map { heading in
                String(
                    heading.lowercased().compactMap { character in
                        if character == " " { return "-" }
                        return character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
                    }
                )
            }
        )
    }

    /// The cells of the table rows.
    var rows: [[String]] {
        prose.filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingBlanks }
        }
    }
}

extension StringProtocol {
    /// The text without blanks at its ends.
    var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// The lines moved to the left margin together, with one line end.
    var dedented: String {
        var lines = String(self).split(separator: Character("\n"), omittingEmptySubsequences: false).map(String.init)
        while lines.last?.trimmingBlanks.isEmpty == true { lines.removeLast() }
        let margin = lines.filter { !$0.trimmingBlanks.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.trimmingBlanks.isEmpty ? "" : String($0.dropFirst(margin)) }.joined(separator: "\n")
            + "\n"
    }
}
