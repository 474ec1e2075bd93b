/// Joins continued lines into one entry.
struct EntryAssembler {
    enum Step: Equatable {
        case complete(String)
        /// Ask on with this prompt.
        case more(prompt: String)
    }

    private var lines: [String] = []

    /// True between the first line of a continued entry and its last.
    var isContinuing: Bool { !lines.isEmpty }

    /// What was accepted so far, without the line that is being typed.
    var pending: String { lines.joined(separator: "\n") }

    mutating func add(_ line: String, needsMore: (String) -> String?) -> Step {
        lines.append(line)
        let entry = pending
        if let prompt = needsMore(entry) {
            return .more(prompt: prompt)
        }
        lines = []
        return .complete(entry)
    }

    /// Forgets a partial entry and returns it, nil when there was none.
    mutating func drop() -> String? {
        guard isContinuing else { return nil }
        defer { lines = [] }
        return pending
    }
}
