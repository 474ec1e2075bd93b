import JobEngine
import Journal
import LosslessJSON
import Synchronization
import VideoProviderKit

/// Runs one command: finds its implementation, leads its output into a pipe or a file.
struct CommandRunner: Sendable {
    let session: ShellSession
    var output: ShellOutput

    func run(_ command: ParsedCommand) async throws(ShellFailure) -> EntryResult {
        guard let sink = command.sink else { return try await perform(command.action) }
        let writer = CapturingWriter(outer: output.writer)
        var captured = output
        captured.writer = writer
        captured.style.isTerminal = false
        captured.style.isColored = false
        let result: EntryResult
        do throws(ShellFailure) {
            result = try await CommandRunner(session: session, output: captured).perform(command.action)
        } catch {
            // `preview | less` shows the request, whatever its problems are.
            if !writer.collected.isEmpty { try await deliver(writer.collected, to: sink) }
            throw error
        }
        try await deliver(writer.collected, to: sink)
        return result
    }

    private func perform(_ action: ParsedCommand.Action) async throws(ShellFailure) -> EntryResult {
        switch action {
        case .run(let verb, let arguments):
            guard let spec = session.catalog[verb], let command = Commands.all[spec.name] else {
                throw ShellFailure("there is no command \(verb)", tries: ["help"])
            }
            let call = CommandCall(spec: spec, arguments: arguments)
            let before = session.state.withLock { state in
                defer { if call.has("yes") { state.saysYes = true } }
                return state.saysYes
            }
            defer { session.state.withLock { $0.saysYes = before } }
            guard call.has("json"), !output.style.isJSON else { return try await command(call, self) }
            var asJSON = output
            asJSON.style.isJSON = true
            return try await command(call, CommandRunner(session: session, output: asJSON))
        case .items(let items):
            try await SetCommand.apply(items, self)
        case .freeText(let parameter, let value):
            try await SetCommand.apply(text: value, to: parameter, self)
        case .shell(let command):
            // With --json every line of the output is an object, so what others print goes beside it.
            let line = output.style.isJSON ? "exec 1>&2\n\(command)" : command
            let status = await session.interaction.run(line, input: nil)
            if status != 0 { throw ShellFailure("the command ended with \(status)", code: .other, kind: "child") }
        case .repeatLast:
            throw ShellFailure("there is nothing to repeat", tries: ["help"])
        case .help(let topic):
            try HelpCommand.show(topic, self)
        }
        return EntryResult(code: .ok)
    }

    /// Whether the last program of a pipe is one that looks for text.
    private static func isSearch(_ pipe: String) -> Bool {
        let last = pipe.split(separator: "|").last.map(String.init) ?? pipe
        let program = last.split(separator: " ").first?.split(separator: "/").last.map(String.init) ?? ""
        return ["grep", "egrep", "fgrep", "zgrep", "rg", "ag", "ack"].contains(program)
    }

    private func deliver(_ bytes: [UInt8], to sink: ParsedCommand.Sink) async throws(ShellFailure) {
        switch sink {
        case .pipe(let program):
            let status = await session.interaction.run(program, input: bytes)
            // A search that finds nothing says so with 1; that is its answer and no failure.
            if status == 0 || status == 1 && Self.isSearch(program) { return }
            throw ShellFailure("\(program) ended with \(status)", code: .other, kind: "child")
        case .write(let path): try LocalFiles.write(bytes, to: path, appending: false)
        case .append(let path): try LocalFiles.write(bytes, to: path, appending: true)
        }
    }
}

/// The implementations by the names of the catalog; a test holds the two together.
enum Commands {
    /// What runs a command.
    typealias Implementation = @Sendable (CommandCall, CommandRunner) async throws(ShellFailure) -> EntryResult

    static let all: [String: Implementation] = [
        "providers": done(ProvidersCommand.run), "use": done(UseCommand.run), "models": done(ModelsCommand.run),
        "model": done(ModelsCommand.choose), "set": done(SetCommand.run), "unset": done(SetCommand.unset),
        "reset": done(SetCommand.reset), "undo": done(SetCommand.undo), "show": done(ShowCommand.run),
        "describe": done(DescribeCommand.run), "check": done(PreviewCommand.check), "preview": done(PreviewCommand.run),
        "submit": SubmitCommand.run, "status": done(StatusCommand.run), "watch": WatchCommand.run,
        "wait": WatchCommand.wait, "jobs": done(JobsCommand.run), "stop": done(StopCommand.stop),
        "resume": done(StopCommand.resume), "adopt": done(AdoptCommand.run), "fetch": done(FetchCommand.run),
        "log": done(LogCommand.run), "headers": done(BodyCommand.headers), "body": done(BodyCommand.run),
        "raw": done(BodyCommand.raw), "get": done(GetCommand.run), "timing": done(TimingCommand.run),
        "grep": done(GrepCommand.run), "timeline": done(TimelineCommand.run), "explain": done(ExplainCommand.run),
        "drift": DriftCommand.run, "diff": done(DiffCommand.run), "stats": done(StatsCommand.run),
        "curl": done(CurlCommand.run),
        "export": done(ExportCommand.run), "replay": ReplayCommand.run, "http": HTTPCommand.run,
        "record": done(CassetteCommands.record), "play": done(CassetteCommands.play),
        "import": done(ImportCommand.run), "capture": done(CaptureCommand.run), "redecode": done(RedecodeCommand.run),
        "trace": done(TraceCommand.run), "errors": done(ErrorsCommand.run), "sandbox": done(SandboxCommand.run),
        "open": done(OpenCommand.run), "frames": done(FramesCommand.run),
        "config": done(ConfigCommand.run), "help": done(HelpCommand.run), "version": done(ProgramCommand.version),
        "exit": ProgramCommand.exit, "login": done(LoginCommand.login), "logout": done(LoginCommand.logout),
        "edit": done(EditCommand.run), "save": done(SavedCommand.save), "load": done(SavedCommand.load),
        "saved": done(SavedCommand.list), "compare": done(CompareCommand.run), "race": RaceCommand.run,
        "grid": GridCommand.run, "cancel": done(CancelCommand.run), "alias": done(AliasCommand.run),
        "source": SourceCommand.run, "history": done(HistoryCommand.run), "budget": done(BudgetCommand.run),
        "completion": done(CompletionCommand.run), "bug": done(BugCommand.run),
    ]

    private static func done(
        _ run: @escaping @Sendable (CommandCall, CommandRunner) async throws(ShellFailure) -> Void
    ) -> Implementation {
        { (call, runner) async throws(ShellFailure) in
            try await run(call, runner)
            return EntryResult(code: .ok)
        }
    }
}
