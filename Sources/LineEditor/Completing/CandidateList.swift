/// Lays out the list that a second Tab prints above the line.
enum CandidateList {
    /// Candidates with notes stand one to a line, bare words in columns filled downwards.
    static func lines(
        for candidates: [Completions.Candidate],
        columns: Int,
        maximumLines: Int,
        width: (String) -> Int
    ) -> [String] {
        let widest = candidates.map { width($0.text) }.max() ?? 0
        let laidOut =
            candidates.contains { !$0.note.isEmpty }
            ? annotated(candidates, widest: min(widest, columns / 2), columns: columns, width: width)
            : inColumns(candidates.map(\.text), widest: widest, columns: columns, width: width)
        guard laidOut.count > maximumLines, maximumLines > 0 else { return laidOut }
        // All names say more than some with their notes.
        let names = inColumns(candidates.map(\.text), widest: widest, columns: columns, width: width)
        guard names.count > maximumLines else { return names }
        let shown = max(0, maximumLines - 1)
        return names.prefix(shown) + ["... and \(names.count - shown) more lines"]
    }

    private static func annotated(
        _ candidates: [Completions.Candidate],
        widest: Int,
        columns: Int,
        width: (String) -> Int
    ) -> [String] {
        candidates.map { candidate in
            guard !candidate.note.isEmpty else { return candidate.text }
            let padding = String(repeating: " ", count: max(0, widest - width(candidate.text)))
            return clip(candidate.text + padding + "  " + candidate.note, to: columns, width: width)
        }
    }

    private static func inColumns(
        _ words: [String],
        widest: Int,
        columns: Int,
        width: (String) -> Int
    ) -> [String] {
        let cell = widest + 2
        let across = max(1, columns / cell)
        let down = (words.count + across - 1) / across
        return (0..<down).map { row in
            var line = ""
            for column in 0..<across where column * down + row < words.count {
                let word = words[column * down + row]
                line += word
                if (column + 1) * down + row < words.count {
                    line += String(repeating: " ", count: cell - width(word))
                }
            }
            return line
        }
    }

    static func clip(_ text: String, to columns: Int, width: (String) -> Int) -> String {
        guard width(text) > columns else { return text }
        var clipped = text
        while !clipped.isEmpty, width(clipped) > columns {
            clipped.removeLast()
        }
        return clipped
    }
}
