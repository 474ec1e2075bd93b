import LineEditor
import VideoProviderKit

/// `history [N|PAT]`: earlier entries, newest last.
enum HistoryCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        guard let file = runner.session.home.history else {
            throw ShellFailure(
                "there is no history here",
                why: "entries are kept in a session at a terminal",
                tries: ["reel"]
            )
        }
        let entries: [String]
        do throws(HistoryFileError) { entries = try file.load() } catch {
            throw ShellFailure(
                "the history cannot be read",
                why: error.description,
                tries: ["!ls -l \(Quoting.word(error.path))"],
                code: .local,
                kind: "local"
            )
        }
        // A number is how many, as in other shells; what holds a number is found with *5*.
        let count = call.words.first.flatMap(Int.init)
        if let count, count < 1 { throw ShellFailure("history \(count) shows nothing", tries: ["history 5"]) }
        let pattern = count == nil ? call.words.first : nil
        let found = entries.enumerated().filter { entry in
            guard let pattern else { return true }
            return Glob.matches(pattern.contains("*") ? pattern : "*\(pattern)*", entry.element)
        }
        guard !found.isEmpty else {
            let words: Message = pattern.map { "no entry fits \($0)" } ?? "no entries yet"
            return runner.output.tell(words, json: ["entries": []])
        }
        // A screenful; a pattern or a pipe shows the rest.
        let most = count ?? (runner.output.style.isTerminal && pattern == nil ? 50 : .max)
        let shown = Array(found.suffix(most))
        let digits = String(entries.count).count
        let lines = shown.flatMap { number, entry in
            let parts = entry.split(separator: "\n", omittingEmptySubsequences: false)
            let place = String(number + 1)
            let start = String(repeating: " ", count: digits - place.count) + place + "  "
            return parts.enumerated().map { index, part in
                (index == 0 ? start : String(repeating: " ", count: digits + 2)) + part
            }
        }
        runner.output.show(lines, json: ["entries": .array(shown.map { .string($0.element) })])
    }
}
