import JobEngine
import Journal
package import LineEditor
import LosslessJSON
import VideoProviderKit

/// Answers the line editor's questions from memory: completions, hints, what goes into the history file.
package final class ShellDelegate: LineReaderDelegate {
    private let session: ShellSession

    /// Answers for `session`.
    package init(session: ShellSession) { self.session = session }

    package func completions(for line: String, cursor: Int) -> Completions {
        // The editor counts scalars, the completer characters; they differ before the cursor only with combining marks.
        let head = String(String.UnicodeScalarView(line.unicodeScalars.prefix(cursor)))
        let result = Completer.complete(
            line: line,
            cursor: head.count,
            context: session.grammar,
            sources: session.completionSources
        )
        let before = String(head.prefix(result.replacement.lowerBound))
        return Completions(
            replacementStart: before.unicodeScalars.count,
            candidates: result.candidates.map { .init($0.text, suffix: $0.suffix, note: $0.note) }
        )
    }

    package func hint(for line: String) -> String? {
        Completer.hint(line: line, context: session.grammar, sources: session.completionSources)
    }

    package func shouldRecord(_ entry: String) -> Bool {
        !session.engine.redactor.findsSecret(in: Array(entry.utf8))
    }

    package func editExternally(_ entry: String) -> String? {
        guard let edited = ExternalEditor.edit(entry) else {
            session.output.remark(["the editor failed; the entry is as it was"])
            return nil
        }
        return edited
    }

    package func historyFailed(_ error: HistoryFileError) {
        session.output.remark(["warning: \(error)"])
    }

    package func needsMore(_ entry: String) -> String? {
        EntryParser.needsMore(entry, in: session.grammar) ? "... " : nil
    }
}

extension ShellSession {
    /// What completion may offer now, from memory.
    var completionSources: CompletionSources {
        let descriptor = descriptor
        let draft = draft
        let models = ModelsCommand.known(self)
        let board = board
        let parameters = descriptor.parameters.filter { draft.applies($0, in: descriptor) }
            .sorted { isMissing($0, draft, descriptor) && !isMissing($1, draft, descriptor) }
        let missing = Set(parameters.filter { isMissing($0, draft, descriptor) }.map(\.name))
        return CompletionSources(
            parameters: parameters.map {
                Candidate($0.name.rawValue, note: missing.contains($0.name) ? "required: \($0.help)" : $0.help)
            },
            values: { name in
                guard let parameter = descriptor.parameter(named: name) else { return [] }
                if parameter.name == .model { return models.map { Candidate($0.id, note: $0.note) } }
                return parameter.kind.choices.map { Candidate($0, note: $0 == parameter.defaultText ? "default" : "") }
            },
            valueHint: { descriptor.parameter(named: $0)?.kind.summary },
            providers: instances.all.map { Candidate($0.name.description, note: $0.descriptor.summary) },
            models: models.map { Candidate($0.id, note: $0.note) },
            jobs: { command in
                board.recentJobs.filter { Self.isCandidate($0, for: command) }
                    .map { Candidate($0.name, note: JobView.line($0)) }
            },
            exchanges: {
                board.recentExchanges.map { exchange in
                    let row = ExchangeView.row(exchange)
                    return Candidate(exchange.name, note: row.dropFirst().prefix(4).joined(separator: " "))
                }
            },
            jsonKeys: { path, _ in Self.keys(below: path, in: board.lastBody) },
            files: { prefix, _ in
                LocalFiles.names(beginning: prefix).map { Candidate($0, suffix: $0.hasSuffix("/") ? "" : " ") }
            },
            settings: ShellSettings.definitions.map { Candidate($0.name, note: $0.help) },
            hiddenCommands: sandbox == nil ? ["sandbox"] : [],
        )
    }

    private func isMissing(_ parameter: Parameter, _ draft: Draft, _ descriptor: ProviderDescriptor) -> Bool {
        draft[parameter.name] == nil && draft.requires(parameter, in: descriptor) && parameter.defaultText == nil
    }

    private static func isCandidate(_ job: JobRecord, for command: String) -> Bool {
        switch command {
        case "fetch", "open", "frames": job.state == .succeeded
        case "stop": !job.state.isTerminal
        case "resume": job.polling != .active && !job.state.isTerminal
        case "watch", "wait": job.state.isPolled
        case "adopt": job.state == .submitUnknown || job.state == .lost
        default: true
        }
    }

    private static func keys(below path: String, in document: JSONDocument?) -> [Candidate] {
        guard let document, let parsed = try? JSONPath(parsing: path.isEmpty ? "." : path),
            let value = document.root[parsed]
        else { return [] }
        switch value.kind {
        case .object:
            return value.members.map { member in
                let isContainer = member.value.kind == .object || member.value.kind == .array
                return Candidate(
                    member.key,
                    note: String(member.value.rawText.prefix(30)),
                    suffix: isContainer ? "" : " "
                )
            }
        case .array: return (0..<min(value.count, 20)).map { Candidate("[\($0)]", suffix: "") }
        default: return []
        }
    }
}
