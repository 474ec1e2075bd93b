import JobEngine
import LosslessJSON
import Transport
import VideoProviderKit

/// `check` and `preview`: the request before it is sent.
///
/// No network.
enum PreviewCommand {
    static func check(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        var draft = runner.session.draft
        let reading = ValueReading(session: runner.session)
        var unread: [ShellFailure] = []
        var concerned: Set<ParameterName> = []
        for item in call.items {
            do throws(ShellFailure) { try await reading.apply(item, to: &draft) } catch {
                unread.append(error)
                if let name = runner.session.descriptor.parameter(named: item.name)?.name { concerned.insert(name) }
            }
        }
        // That an item cannot be read is told; that its parameter is missing then is no news.
        let problems = draft.problems(for: runner.session.descriptor).filter { problem in
            problem.parameter.map { !concerned.contains($0) } ?? true
        }
        try report(problems, after: unread, runner)
        runner.output.tell("the draft can be sent", json: ["problems": []])
    }

    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let draft = try await draft(call, runner)
        let problems = draft.problems(for: session.descriptor)
        let instance = session.instance
        let request: AssembledRequest
        do throws(Fault) { request = try await session.engine.preview(draft, to: instance).masked } catch {
            throw FaultWords.failure(error, instance: instance.name.description)
        }
        let head = session.engine.redactor.scrub(request.head)
        if call.has("curl") {
            try curl(request, instance, call, runner)
        } else if call.has("raw") {
            let body = session.engine.redactor.scrub(request.body.bytes)
            let bytes = Array(head.utf8) + body
            try await BodyCommand.confirmSize(bytes.count, "preview --raw", runner)
            runner.output.show(bytes: bytes, json: json(request, session))
        } else {
            var lines = RequestView.head(head, instance, runner.output.language)
            lines += RequestView.body(request.body, runner.output.style)
            runner.output.show(lines, json: json(request, session))
        }
        try report(problems, runner)
    }

    /// The request as a command of curl, with the key's variable in its place.
    private static func curl(
        _ request: AssembledRequest,
        _ instance: ProviderInstance,
        _ call: CommandCall,
        _ runner: CommandRunner
    ) throws(ShellFailure) {
        let bodyFile = call.value("o").map { "\($0).body" } ?? "request.body"
        let isShown = CurlCommand.isShown(call, runner)
        let text = CurlText(request, instance: instance, bodyFile: bodyFile, isForTerminal: isShown)
        let command = runner.session.engine.redactor.scrub(text.command)
        try CurlCommand.deliver(text, command, bodyFile, isPrivate: false, again: "preview --curl", call, runner)
    }

    /// The draft with the items of this call over it.
    static func draft(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> Draft {
        try call.atMost(0)
        var draft = runner.session.draft
        let reading = ValueReading(session: runner.session)
        for item in call.items { try await reading.apply(item, to: &draft) }
        return draft
    }

    /// Shows all problems, behind those of items that could not be read; errors end the command.
    ///
    /// They are those of a draft for `target`, or for the provider in use.
    static func report(
        _ problems: [DraftProblem],
        after unread: [ShellFailure] = [],
        for target: ProviderDescriptor? = nil,
        _ runner: CommandRunner
    ) throws(ShellFailure) {
        for problem in problems where problem.severity == .warning {
            runner.output.note(problem.said)
        }
        let descriptor = target ?? runner.session.descriptor
        let errors = problems.filter { $0.severity == .error }.map { problem in
            ShellFailure(problem, problem.parameter.flatMap { descriptor.parameter(named: $0.rawValue) })
        }
        let all = unread + errors
        guard var failure = all.first else { return }
        if all.count > 1 {
            failure = ShellFailure(
                "the draft has \(all.count) problems",
                why: .joined(all.map(\.said)),
                tries: all.flatMap { $0.tries.prefix(1) }
            )
        }
        failure.isAboutDraft = true
        throw failure
    }

    private static func json(_ request: AssembledRequest, _ session: ShellSession) -> RequestJSON {
        let redactor = session.engine.redactor
        var object: RequestJSON = [
            "method": .string(request.method), "url": .string(redactor.scrub(request.url)),
            "headers": .array(
                request.headerLines.map { .array([.string($0.name), .string(redactor.scrub($0.value))]) }
            ),
        ]
        if request.body.contentType == "application/json",
            let json = try? RawJSON(parsing: String(decoding: request.body.bytes, as: UTF8.self))
        {
            object.set(.raw(json), at: ["body"])
        } else if request.body.contentType != nil {
            object.set(.number(String(request.byteCount)), at: ["body_bytes"])
        }
        return object
    }
}
