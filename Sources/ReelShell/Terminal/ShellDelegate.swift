import JobEngine
package import LineEditor

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
        let language = session.output.language
        return Completions(
            replacementStart: before.unicodeScalars.count,
            candidates: result.candidates.map { .init($0.text, suffix: $0.suffix, note: language.note($0.note)) }
        )
    }

    package func hint(for line: String) -> String? {
        Completer.hint(line: line, context: session.grammar, sources: session.completionSources)
            .map(session.output.language.hint)
    }

    package func shouldRecord(_ entry: String) -> Bool {
        !session.engine.redactor.findsSecret(in: Array(entry.utf8)) && !KeyShape.occurs(in: entry)
    }

    package func editExternally(_ entry: String) -> String? {
        guard let edited = ExternalEditor.edit(entry) else {
            session.output.remark("the editor failed; the entry is as it was")
            return nil
        }
        return edited
    }

    package func historyFailed(_ error: HistoryFileError) {
        session.output.remark("warning: \(error)")
    }

    package func needsMore(_ entry: String) -> String? {
        EntryParser.needsMore(entry, in: session.grammar) ? "... " : nil
    }
}
