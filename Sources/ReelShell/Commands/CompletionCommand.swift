import VideoProviderKit

/// `completion SHELL`: a script for the user's own shell.
enum CompletionCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let text = try script(call.words.first, runner.session.catalog)
        runner.output.show(bytes: Array(text.utf8), json: ["script": .string(text)])
    }

    /// The script for a shell.
    package static func script(_ word: String?, _ catalog: CommandCatalog) throws(ShellFailure) -> String {
        let names = ShellCompletions.Shell.allCases.map(\.rawValue)
        guard let word, let shell = ShellCompletions.Shell(rawValue: word) else {
            throw ShellFailure(
                word.map { "there are no completions for \($0)" } ?? "completion needs the name of a shell",
                why: "there are some for \(names.joined(separator: ", "))",
                tries: ["completion \(word.flatMap { EditDistance.nearest(to: $0, in: names) } ?? "bash")"]
            )
        }
        return ShellCompletions(catalog: catalog).script(for: shell)
    }
}
