import JobEngine
import Journal
package import LineEditor
import Synchronization
import VideoProviderKit

/// The terminal thread: reads entries, waits while they run, serves their questions.
///
/// Everything that is written to an open terminal passes through here.
package final class TerminalLoop {
    private let session: ShellSession
    private let reader: any LineReader
    private let inbox: TerminalInbox
    private let interrupts: InterruptSource
    private let interaction: TerminalInteraction
    private let prompt: PromptText
    private var lastEmptyInterrupt: ContinuousClock.Instant?

    /// Makes a loop; all parts share `inbox`.
    package init(
        session: ShellSession,
        reader: any LineReader,
        inbox: TerminalInbox,
        interrupts: InterruptSource,
        interaction: TerminalInteraction,
        mode: String?,
    ) {
        self.session = session
        self.reader = reader
        self.inbox = inbox
        self.interrupts = interrupts
        self.interaction = interaction
        prompt = PromptText(session: session, mode: mode)
    }

    /// Reads and runs entries until the person leaves.
    package func run() -> ExitCode {
        while true {
            reader.setPrompt(left: prompt.left, right: prompt.right)
            switch reader.read(prefill: "") {
            case .line(let entry):
                if entry.allSatisfy(\.isWhitespace) { continue }
                let result = execute(entry: entry)
                if result.leaves { return leave() }
                if let code = result.signal { return code }
            case .interrupted(let hadText):
                if let code = interrupted(hadText) { return code }
            case .endOfInput:
                return leave()
            case .terminated(let signal):
                return ExitCode(rawValue: signal.exitCode)
            }
        }
    }

    /// Runs the entries of a script up to the first failure; `name` and the line stand before its error.
    package func run(script: [ScriptEntry], name: String, echoes: Bool = false) -> ExitCode {
        for entry in script {
            if echoes { echo(entry.text) }
            session.location.withLock { $0 = "\(name):\(entry.line)" }
            let result = execute(entry: entry.text)
            if result.leaves { return .ok }
            if result.code != .ok { return result.signal ?? result.code }
        }
        return .ok
    }

    /// Shows an entry as if it had been typed; comments stand by themselves.
    private func echo(_ entry: String) {
        let isComment = entry.drop { $0.isWhitespace }.hasPrefix("#")
        session.output.remark(isComment ? ["", entry] : [prompt.left + entry])
    }

    /// What became of an entry.
    package struct Outcome: Sendable {
        package var code: ExitCode
        package var leaves = false
        package var signal: ExitCode?

        init(code: ExitCode, leaves: Bool = false) { (self.code, self.leaves) = (code, leaves) }

        /// The end that a signal asked for.
        init(_ signal: TerminalSignal) {
            code = ExitCode(rawValue: signal.exitCode)
            self.signal = code
        }
    }

    /// Runs one entry and waits for it.
    package func execute(entry: String) -> Outcome { wait { await $0.run(entry: entry) } }

    /// Runs one parsed command and waits for it.
    package func execute(_ command: ParsedCommand) -> Outcome { wait { await $0.run(command) } }

    private func wait(_ work: @escaping @Sendable (ShellSession) async -> EntryResult) -> Outcome {
        let session = session
        let box = SharedResult(EntryResult(code: .interrupted))
        let command = interaction.start()
        session.wasInterrupted.withLock { $0 = false }
        let task = ForegroundCommand.$current.withValue(command) {
            Task {
                await session.prepared()
                let result = await work(session)
                box.set(result)
                command.finish()
            }
        }
        var deadline: ContinuousClock.Instant?
        var ending: TerminalSignal?
        while true {
            switch inbox.pump(until: command.latch, on: reader, interrupts: interrupts, deadline: deadline) {
            case .finished:
                guard let request = command.takeRequest() else {
                    if let ending { return Outcome(ending) }
                    let result = box.get()
                    return Outcome(code: result.code, leaves: result.leaves)
                }
                serve(request)
                command.goOn()
            case .interrupted:
                if session.control.withLock({ $0 != nil }) {
                    session.wasInterrupted.withLock { $0 = true }
                    Task { _ = await session.interrupt() }
                    continue
                }
                // Before the command ends by itself and says the same.
                let farewell = session.takeFarewell()
                if let farewell {
                    // Given up first: once cancelled, the command might say the same.
                    command.abandon()
                    task.cancel()
                    return leave(saying: farewell)
                }
                task.cancel()
                // Most requests end at once; the prompt does not wait for one that takes its time.
                if session.isInteractive { deadline = deadline ?? .now + Self.patience }
            case .timedOut:
                command.abandon()
                if let ending { return Outcome(ending) }
                return leave(saying: ["interrupted" as Message])
            case .terminated(let signal):
                if ending == nil, session.control.withLock({ $0 != nil }) {
                    // A submit that may be billed gets a little time for its id.
                    ending = signal
                    deadline = .now + Self.lastWords
                    session.wasInterrupted.withLock { $0 = true }
                    Task { _ = await session.interrupt() }
                    continue
                }
                task.cancel()
                return Outcome(signal)
            }
        }
    }

    /// How long a submit may wait for its id when the program is told to end: others kill it after ten seconds.
    private static let lastWords = Duration.seconds(5)

    /// How long a cancelled command may take to end by itself.
    private static let patience = Duration.milliseconds(30)

    /// Comes back from a command that was given up.
    private func leave(saying messages: [Message]) -> Outcome {
        let lines = messages.map(session.output.language.say)
        inbox.pump(on: reader)
        reader.showLive(nil)
        let shown = session.isInteractive ? ["^C"] + lines : lines
        session.output.remark(shown)
        inbox.pump(on: reader)
        return Outcome(code: .interrupted)
    }

    private func serve(_ request: TerminalRequest) {
        switch request {
        case .ask(let question, let answer):
            reader.setPrompt(left: question, right: nil)
            if case .line(let line) = reader.read(prefill: "") {
                answer.resume(returning: line.trimmingBlanks)
            } else {
                answer.resume(returning: nil)
            }
        case .askSecret(let question, let answer):
            reader.release()
            let text = SecretPrompt.read(question)
            reader.reclaim()
            answer.resume(returning: text)
        case .run(let command, let input, let answer):
            reader.release()
            let status = ChildProcess.run(command, input: input)
            reader.reclaim()
            // The terminal has written ^C, and what comes next begins a line, which the editor sees to by itself.
            if status == ExitCode.interrupted.rawValue, reader is PlainLineReader { reader.printAbove([""]) }
            answer.resume(returning: status)
        case .runQuietly(let command, let answer):
            answer.resume(returning: ChildProcess.run(command, input: []))
        }
    }

    private func interrupted(_ hadText: Bool) -> ExitCode? {
        guard !hadText else { return nil }
        if let last = lastEmptyInterrupt, ContinuousClock.now - last < .seconds(1) { return .interrupted }
        lastEmptyInterrupt = ContinuousClock.now
        let count = session.board.runningCount
        let said: Message =
            switch count {
            case 0: "(Ctrl-D or exit leaves)"
            case 1: "(Ctrl-D or exit leaves; 1 job goes on upstream)"
            default: "(Ctrl-D or exit leaves; \(count) jobs go on upstream)"
            }
        reader.printAbove([session.output.language.say(said)])
        return nil
    }

    private func leave() -> ExitCode {
        _ = wait { _ in EntryResult(code: .ok) }
        let lines = session.board.farewell(isTemporary: session.isTemporary).map(session.output.language.say)
        if !lines.isEmpty { reader.printAbove(lines) }
        return .ok
    }
}

/// A value shared between the command's task and the terminal thread.
private final class SharedResult<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func set(_ new: Value) { value.withLock { $0 = new } }

    func get() -> Value { value.withLock(\.self) }
}

extension String {
    /// Without blanks at the end.
    var trimmingTrailingBlanks: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }

    /// Without blanks at the ends.
    package var trimmingBlanks: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
