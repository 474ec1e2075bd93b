import Synchronization
import VideoProviderKit

/// `edit`: the draft as YAML in the person's editor, or one parameter as plain text.
///
/// What cannot be taken comes back with the line marked; until all can be taken the draft stays as it is.
enum EditCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        guard let name = call.words.first else { return try await editDraft(runner) }
        try await edit(ValueReading(session: runner.session).parameter(name), runner)
    }

    private static func editDraft(_ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let draftBefore = session.draft
        let template = try DraftTemplate(descriptor: session.descriptor, draft: draftBefore).lines().joined(
            separator: "\n"
        )
        let draft = try await EditorRun(session: session, fileExtension: "yaml")
            .withFile { (open) async throws(ShellFailure) -> Draft? in
                var text = template
                while true {
                    let before = DraftTemplate.unmarked(text)
                    let edited = DraftTemplate.unmarked(try await open(text))
                    guard !edited.allSatisfy(\.isWhitespace) else { return nil }
                    do throws(DraftFile.Problem) { return try read(edited, draftBefore, session) } catch {
                        // An editor that gives back what it got would be opened for ever.
                        guard edited != before else { throw kept(error.failure) }
                        text = DraftTemplate.marked(edited, line: error.line, error.failure)
                    }
                }
            }
        guard let draft else { return runner.output.tell("nothing was written; the draft is unchanged") }
        guard draft != draftBefore else {
            return runner.output.tell("the draft is unchanged", json: DraftText.json(draft))
        }
        session.state.withLock { $0.replaceDraft(draft) }
        runner.output.tell(DraftChange.messages(from: draftBefore, to: draft), json: DraftText.json(draft))
    }

    private static func read(
        _ text: String,
        _ before: Draft,
        _ session: ShellSession
    ) throws(DraftFile.Problem) -> Draft {
        let root: YAMLNode?
        do throws(YAMLProblem) { root = try session.home.parseYAML(text) } catch {
            throw DraftFile.Problem(
                line: error.line,
                failure: ShellFailure("this is no YAML", why: error.message, tries: ["(write NAME: VALUE)"])
            )
        }
        guard let root, !root.isEmpty else { return Draft() }
        guard let members = root.members else {
            let failure = ShellFailure("this is no list of parameters", tries: ["(write NAME: VALUE)"])
            throw DraftFile.Problem(line: root.line, failure: failure)
        }
        return try DraftFile(reading: ValueReading(session: session)).draft(members) { (name, text) in
            guard case .media(let list) = before[name] else { return nil }
            return list.first { medium in
                if case .content(let content) = medium { DraftTemplate.kept(content) == text } else { false }
            }
        }
    }

    private static func edit(_ parameter: Parameter, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let before = session.draft
        if case .media = parameter.kind {
            throw ShellFailure(
                "\(parameter.name) is no text",
                why: "it takes \(parameter.kind.summary)",
                tries: ["set \(parameter.name) @FILE"]
            )
        }
        let start = before[parameter.name]?.text ?? parameter.defaultText ?? ""
        let value = try await EditorRun(session: session, fileExtension: "txt")
            .withFile { (open) async throws(ShellFailure) -> DraftValue? in
                var text = start
                while true {
                    var edited = try await open(text + "\n")
                    if edited.hasSuffix("\n") { edited.removeLast() }
                    guard !edited.allSatisfy(\.isWhitespace) else { return nil }
                    do throws(ShellFailure) {
                        return try ValueReading(session: session).literal(edited, for: parameter)
                    } catch {
                        // A text has no place for a mark, so the reason is shown and asked about.
                        guard edited != text, session.interaction.canAsk, !session.assumesYes else { throw kept(error) }
                        runner.output.remark(error.lines(in: runner.output.language))
                        try await session.confirm("Edit again?", refusal: "the draft is unchanged")
                        text = edited
                    }
                }
            }
        guard let value else { return runner.output.tell("nothing was written; the draft is unchanged") }
        session.state.withLock { state in
            var draft = state.draft
            draft[parameter.name] = value
            state.replaceDraft(draft)
        }
        runner.output.tell(DraftChange.messages(from: before, to: session.draft), json: DraftText.json(session.draft))
    }

    private static func kept(_ failure: ShellFailure) -> ShellFailure {
        var failure = failure
        failure.what += "; the draft is unchanged"
        return failure
    }
}
