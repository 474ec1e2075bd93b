import VideoProviderKit

/// What was typed when it was wrong: with that `errors` says more of a typo than the typo's own error.
struct TypedEntry: Sendable, Hashable {
    /// The line, or the command in it.
    var source: String
    /// The command it names.
    var verb: String?
    /// Whether it could not be read, so that nothing of its entry ran.
    var isUnread: Bool

    /// A command that was read and refused.
    init(_ command: ParsedCommand) {
        source = command.source
        isUnread = false
        switch command.action {
        case .run(let name, _): verb = name
        case .items, .freeText: verb = "set"
        case .help: verb = "help"
        case .shell, .repeatLast: verb = nil
        }
    }

    /// An entry that could not be read.
    init(_ entry: String, _ error: GrammarError, _ catalog: CommandCatalog) {
        let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
        source = lines.indices.contains(error.line - 1) ? String(lines[error.line - 1]) : entry
        isUnread = true
        let word = source.split(separator: " ").first.map(String.init) ?? ""
        if error.code != .unknownCommand, case .found(let spec) = catalog.resolve(word, allowsPrefix: true) {
            verb = spec.name
        }
    }

    /// The line itself; nil where it may hold a key, which nobody wants to see a second time.
    var place: Message? {
        let line = source.split(separator: " ").joined(separator: " ")
        guard !line.isEmpty, !line.lowercased().contains("authorization") else { return nil }
        return "what was typed: \(line.clipped(to: 120))"
    }

    /// What there is to try besides what the error says.
    var tries: [String] { [verb.map { "help \($0)" } ?? "help"] }

    /// What it means: whether anything was done, what the parameter takes, how the command is written.
    func explanation(of failure: ShellFailure, _ session: ShellSession, _ output: ShellOutput) -> [String] {
        var lines =
            isUnread
            ? [""] + output.narrowed([output.language.say("The line could not be read; nothing was run.")]) : []
        let what = failure.what.description
        let names = session.descriptor.parameters.first { what.hasPrefix("\($0.name.rawValue) ") }
        if let parameter = names { lines += [""] + DescribeCommand.lines(of: parameter, session, output) }
        guard let spec = verb.flatMap({ session.catalog[$0] }) else {
            return lines
                + output.narrowed([
                    output.language.say(
                        "A line begins with a command, or with PARAM=VALUE. help lists the commands, describe the parameters."
                    )
                ])
        }
        return lines + [""]
            + HelpText.usage(spec, width: output.style.isTerminal ? output.width : .max, language: output.language)
    }
}
