import JobEngine
import Journal
import TerminalOutput
import VideoProviderKit

/// `curl R`: an exchange as a command that anybody can run.
enum CurlCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let exchange = try await References(session: session).exchange(call.words.first)
        let instance = session.instances[written: exchange.instance]
        let key = call.has("reveal") ? try await Reveal.key(of: instance, call, runner) : nil
        let file = call.value("o")
        let bodyFile = file.map { "\($0).body" } ?? "\(exchange.name).body"
        let text = CurlText(
            exchange,
            instance: instance,
            key: key,
            bodyFile: bodyFile,
            isForTerminal: isShown(call, runner)
        )
        // A body holds no key; the journal saw to it.
        let command = key == nil ? session.engine.redactor.scrub(text.command) : text.command
        var runner = runner
        // A key that was asked for is what `--reveal` is for.
        if key != nil { runner.output.redactor = nil }
        try deliver(text, command, bodyFile, isPrivate: key != nil, again: "curl \(exchange.name)", call, runner)
    }

    /// Whether the command goes to the terminal and not into a file or a pipe.
    static func isShown(_ call: CommandCall, _ runner: CommandRunner) -> Bool {
        call.value("o") == nil && runner.output.style.isTerminal
    }

    /// Shows a command, or writes it with `-o` and its body beside it.
    ///
    /// `again` is what to type with `-o FILE` for a body that the command only names.
    static func deliver(
        _ text: CurlText,
        _ command: String,
        _ bodyFile: String,
        isPrivate: Bool,
        again: String,
        _ call: CommandCall,
        _ runner: CommandRunner
    ) throws(ShellFailure) {
        guard let file = call.value("o") else { return show(command, text, bodyFile, again, runner) }
        try LocalFiles.create(Array("\(command)\n".utf8), at: file, force: call.has("force"), isPrivate: isPrivate)
        var lines = ["\(file)  \(humanBytes(command.utf8.count))"]
        if text.needsFile {
            try LocalFiles.create(text.body, at: bodyFile, force: call.has("force"))
            lines.append("\(bodyFile)  \(humanBytes(text.body.count))")
        }
        runner.output.show(lines, json: ["path": .string(file), "body": text.needsFile ? .string(bodyFile) : .null])
    }

    private static func show(
        _ command: String,
        _ text: CurlText,
        _ bodyFile: String,
        _ again: String,
        _ runner: CommandRunner
    ) {
        let style = runner.output.style
        var shown = Array("\(command)\n".utf8)
        if style.isTerminal { shown = TerminalText.safe(shown) }
        runner.output.show(
            bytes: shown,
            json: [
                "command": .string(command), "body_bytes": .int(text.body.count), "needs_file": .bool(text.needsFile),
            ]
        )
        guard text.needsFile else { return }
        let size = humanBytes(text.body.count)
        runner.output.remark("\(bodyFile) is the body, \(size); \(again) -o FILE writes it too")
    }
}

/// The key itself, shown only to somebody who asks for it where nobody else reads.
enum Reveal {
    static func key(
        of instance: ProviderInstance?,
        _ call: CommandCall,
        _ runner: CommandRunner
    )
        async throws(ShellFailure) -> String
    {
        guard runner.output.style.isTerminal || runner.session.assumesYes || call.has("yes") else {
            throw ShellFailure(
                "--reveal writes the key to a file or a pipe",
                why: "that is only done with --yes",
                tries: ["--yes"]
            )
        }
        guard let instance else { throw ShellFailure("the provider is not configured here", tries: ["providers"]) }
        do throws(Fault) {
            if let secret = try await runner.session.engine.secret(for: instance) {
                return secret.withBytes { String(decoding: $0, as: UTF8.self) }
            }
        } catch {
            throw FaultWords.failure(error, instance: instance.name.description)
        }
        throw ShellFailure(
            "there is no key for \(instance.name)",
            tries: ["providers"],
            code: .credentials,
            kind: "auth"
        )
    }
}
