package import JobEngine
import Journal
import LosslessJSON
import Synchronization
package import VideoProviderKit

/// Asks the person at the terminal; without one every question is answered no.
package protocol Interaction: Sendable {
    /// Whether somebody can answer.
    var canAsk: Bool { get }
    /// Asks and waits for the answer; nil when it was interrupted.
    func ask(_ question: String) async -> String?
    /// Asks without showing what is typed; nil when it was interrupted.
    func askSecret(_ question: String) async -> String?
    /// Runs a shell command with the terminal given to it and `input` on its standard input.
    func run(_ command: String, input: [UInt8]?) async -> Int32
    /// Runs a shell command that reads nothing; the terminal is not given to it.
    func runQuietly(_ command: String) async -> Int32
}

extension Interaction {
    package func runQuietly(_ command: String) async -> Int32 { await run(command, input: []) }
}

/// The sandbox's knobs, as the shell sees them.
package protocol SandboxControl: Sendable {
    /// Performs `sandbox WORDS…` and says what happened.
    func perform(_ words: [String], flags: [String: String]) async throws(ShellFailure) -> SandboxAnswer
    /// Whether a fault is waiting for its request.
    var hasFaults: Bool { get }
}

/// What the sandbox says: a table, then sentences.
package struct SandboxAnswer: Sendable {
    package var rows: [[Message]]
    package var lines: [Message]
    package var json: RequestJSON

    package init(rows: [[Message]] = [], _ lines: [Message] = [], json: RequestJSON) {
        (self.rows, self.lines, self.json) = (rows, lines, json)
    }
}

/// A shell session: reads entries, runs commands, remembers what was said.
///
/// Knows no terminal.
package final class ShellSession: Sendable {
    package let engine: Engine
    let journal: JobJournal
    let catalog: CommandCatalog
    let sandbox: (any SandboxControl)?
    /// What can record and play exchanges; nil where the transport cannot.
    let cassettes: CassetteTransport?
    let interaction: any Interaction
    /// Whether an interactive person types: prefixes are allowed and notices appear.
    package let isInteractive: Bool
    /// Whether one command was given on the command line.
    let isOneShot: Bool
    /// How the program is called in lines for the user's shell, with the flags that say where it works.
    let program: String
    /// Whether jobs and journal go with the session: the throw-away sandbox.
    let isTemporary: Bool
    /// Whether questions are answered with yes.
    let assumesYes: Bool
    let instances: InstanceDirectory
    package let output: ShellOutput
    let home: ShellHome
    /// When it began, for views of this session alone.
    let startedAt = LocalClock.now
    let settings: Mutex<ShellSettings>
    let state: Mutex<ShellState>
    /// Where a script stands, `tour.reel:12`; written before its errors.
    let location = Mutex<String?>(nil)
    /// What a start still does behind the prompt.
    let preparation = Mutex<Task<Void, Never>?>(nil)
    /// What the prompt and completion know about jobs.
    let board = JobBoard()
    /// What completion knows about answers.
    let replies = ReplyShelf()
    /// What Ctrl-C ends besides cancelling the command: the hand on a running submit.
    let control = Mutex<SubmitControl?>(nil)
    /// Whether Ctrl-C was pressed while a submit was under way, which goes on for its id: nothing more may begin.
    let wasInterrupted = Mutex(false)
    /// What Ctrl-C says in place of a running command that it detaches from: its last words.
    let farewell = Mutex<(@Sendable () -> [Message])?>(nil)

    /// Makes a session on `engine`.
    package init(
        engine: Engine,
        instances: InstanceDirectory,
        output: ShellOutput,
        interaction: any Interaction,
        settings: ShellSettings,
        instance: InstanceName,
        isInteractive: Bool,
        isOneShot: Bool = false,
        program: String = "reel",
        isTemporary: Bool = false,
        assumesYes: Bool = false,
        sandbox: (any SandboxControl)? = nil,
        home: ShellHome = ShellHome(),
        cassettes: CassetteTransport? = nil,
        catalog: CommandCatalog = .standard,
    ) {
        self.engine = engine
        journal = engine.journal
        self.instances = instances
        var output = output
        output.redactor = engine.redactor
        self.output = output
        self.interaction = interaction
        self.settings = Mutex(settings)
        self.isInteractive = isInteractive
        self.isOneShot = isOneShot
        self.program = program
        self.isTemporary = isTemporary
        self.assumesYes = assumesYes
        self.sandbox = sandbox
        self.home = home
        self.cassettes = cassettes
        self.catalog = catalog
        state = Mutex(ShellState(instance: instance))
    }

    /// What the grammar needs to know at this moment.
    package var grammar: GrammarContext {
        GrammarContext(
            catalog: catalog,
            textParameters: Self.textParameters(descriptor),
            parameters: Set(
                descriptor.parameters.flatMap { [$0.name.rawValue] + [$0.common?.rawValue].compactMap(\.self) }
            ),
            aliases: state.withLock(\.aliases),
            allowsPrefixes: isInteractive
        )
    }

    /// The names whose value is all the rest of a line.
    package static func textParameters(_ descriptor: ProviderDescriptor) -> Set<String> {
        let parameters = descriptor.parameters.filter { if case .text = $0.kind { $0.name != .model } else { false } }
        return Set(parameters.map(\.name.rawValue) + parameters.compactMap { $0.common?.rawValue })
    }

    /// The instance in use.
    package var instance: ProviderInstance {
        let name = state.withLock(\.instance)
        guard let instance = instances[name] ?? instances.all.first else {
            preconditionFailure("A session needs at least one provider.")
        }
        return instance
    }

    /// The descriptor of the instance in use.
    package var descriptor: ProviderDescriptor { instance.descriptor }

    /// The draft for the instance in use.
    package var draft: Draft { state.withLock(\.draft) }

    /// Runs an entry up to the first failure.
    ///
    /// - Parameters:
    ///   - entry: the lines.
    ///   - isFromFile: whether it stands in a script, where prefixes mean nothing and a paste is not what it is.
    /// - Returns: the code a program would end with; nil when the session is to go on, else the code to leave with.
    package func run(entry: String, isFromFile: Bool = false) async -> EntryResult {
        var context = grammar
        if isFromFile { context.allowsPrefixes = false }
        let commands: [ParsedCommand]
        do throws(GrammarError) { commands = try EntryParser.parse(entry, in: context) } catch {
            location.withLock { $0 = $0.map { Self.advanced($0, by: error.line - 1) } }
            return EntryResult(code: await report(ShellFailure(error), typed: TypedEntry(entry, error, catalog)))
        }
        if !isFromFile {
            do throws(ShellFailure) { try await confirmPaste(commands) } catch {
                return EntryResult(code: await report(error))
            }
        }
        let isRepetition = commands.contains { $0.action == .repeatLast }
        let last = state.withLock { state in
            defer { if !isRepetition { state.entry = entry } }
            return state.entry
        }
        for command in commands {
            // After Ctrl-C nothing more of the entry may begin, least of all a submit.
            if isInterrupted { return EntryResult(code: .interrupted) }
            let isRepeated = command.action == .repeatLast
            let result = if isRepeated, let last { await repeatEntry(last) } else { await run(command) }
            guard result.code == .ok, !result.leaves else {
                // What failed was printed, too, and is what is read next.
                if isInteractive, !isFromFile, !result.leaves { await refreshCompletion() }
                return result
            }
        }
        if isInteractive, !isFromFile { await refreshCompletion() }
        return EntryResult(code: .ok)
    }

    /// Reads anew what Tab offers of jobs and exchanges.
    func refreshCompletion() async {
        await board.refresh(self)
        await replies.refresh(self)
    }

    private func isBillable(_ command: ParsedCommand) -> Bool {
        guard case .run(let verb, _) = command.action else { return false }
        return catalog[verb]?.isBillable == true
    }

    /// `tour.reel:12` as `tour.reel:14`, for an error two lines further down in an entry.
    private static func advanced(_ location: String, by lines: Int) -> String {
        guard lines > 0, let mark = location.lastIndex(of: ":"),
            let line = Int(location[location.index(after: mark)...])
        else { return location }
        return "\(location[...mark])\(line + lines)"
    }

    /// `!!`: the last entry again, shown first; asks when it may be billed.
    private func repeatEntry(_ entry: String) async -> EntryResult {
        output.remark([entry])
        do throws(ShellFailure) {
            let commands = (try? EntryParser.parse(entry, in: grammar)) ?? []
            let isBillable = commands.contains(where: isBillable)
            if isBillable { try await confirm("This may be billed. Run it again?", refusal: "not run") }
        } catch {
            return EntryResult(code: await report(error))
        }
        return await run(entry: entry)
    }

    /// Runs one parsed command and reports its failure.
    package func run(_ command: ParsedCommand) async -> EntryResult {
        do throws(ShellFailure) {
            return try await CommandRunner(session: self, output: output).run(command)
        } catch {
            return EntryResult(code: await report(error, of: command, typed: TypedEntry(command)))
        }
    }

    /// Shows a failure and remembers it for `errors`.
    private func report(
        _ failure: ShellFailure,
        of command: ParsedCommand? = nil,
        typed: TypedEntry? = nil
    ) async -> ExitCode {
        let failure = await TriedLines(session: self, command: command).applied(to: failure)
        // Who asks about an error in vain still wants to hear of that error.
        if failure.deservesWhy, !isOneShot, typed?.verb != "errors" {
            let remembered = RememberedFailure(
                failure: failure,
                last: (try? await journal.lastExchange()) ?? 0,
                typed: failure.isAboutTyping ? typed : nil
            )
            state.withLock { $0.failure = remembered }
        }
        output.show(failure, at: location.withLock(\.self))
        return failure.code
    }

    /// Asks before several lines run that may be billed: a paste must not spend money.
    private func confirmPaste(_ commands: [ParsedCommand]) async throws(ShellFailure) {
        guard isInteractive, Set(commands.map(\.line)).count > 1 else { return }
        let billable = commands.compactMap { command -> String? in
            guard isBillable(command), case .run(let verb, _) = command.action else { return nil }
            return verb
        }
        guard !billable.isEmpty else { return }
        let names = billable.joined(separator: ", ")
        try await confirm(
            "\(commands.count) lines, \(billable.count) may be billed (\(names)). Run?",
            refusal: "nothing was run"
        )
    }

    /// Whether what is asked about a request has been answered with `--yes`.
    var saysYes: Bool { assumesYes || state.withLock(\.saysYes) }

    /// Asks; anything but yes is a refusal.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - refusal: what is said when the answer is no.
    ///   - tries: what else can be done where nobody can be asked.
    /// - Throws: ``ShellFailure`` when the answer is no, and where nobody can be asked.
    func confirm(_ question: Message, refusal: Message, tries: [String] = []) async throws(ShellFailure) {
        if saysYes { return }
        guard interaction.canAsk else {
            throw ShellFailure(
                question,
                why: "there is no terminal to answer at",
                tries: tries + ["--yes"]
            )
        }
        let answer = await interaction.ask(output.language.say("\(question) [y/N] " as Message))
        guard let answer, ["y", "yes", "是", "好"].contains(answer.lowercased()) else {
            throw ShellFailure(refusal, code: .other, kind: "refused")
        }
    }

    /// Whether what Ctrl-C or a signal ends takes the sandbox and its jobs with it.
    var endsWithSandbox: Bool { isTemporary && !isInteractive }

    /// The last words of a running command that Ctrl-C detaches from; nil when it has none.
    func takeFarewell() -> [Message]? {
        let words = farewell.withLock { farewell in
            defer { farewell = nil }
            return farewell
        }
        return words?()
    }

    /// Whether Ctrl-C has ended what is running, be it that a submit still waits for its id.
    var isInterrupted: Bool { Task.isCancelled || wasInterrupted.withLock(\.self) }

    /// Tells a running command that Ctrl-C was pressed.
    ///
    /// - Returns: whether the command goes on by itself for a moment; false when its task should be cancelled.
    package func interrupt() async -> Bool {
        guard let control = control.withLock(\.self) else { return false }
        switch await engine.stopSubmit(control) {
        case .nothingSent, .abandoned: break
        case .awaitingID:
            output.remark("may be billed; waiting up to 10 s for the id, Ctrl-C again abandons")
        }
        return true
    }
}

/// How an entry ended.
package struct EntryResult: Sendable, Hashable {
    /// The code a one-shot program ends with.
    package var code: ExitCode
    /// Whether the session is over.
    package var leaves = false
}

extension ShellFailure {
    init(_ error: GrammarError) {
        self.init(error.message, tries: error.suggestion.map { [$0] } ?? [])
    }
}
