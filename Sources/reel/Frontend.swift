import JobEngine
import Journal
import LineEditor
import ReelShell
import TerminalOutput
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Chooses between the interactive shell, a script and one command, and runs it on this thread.
struct Frontend {
    let house: House
    let arguments: Arguments
    let settings: ShellSettings
    let console: ProcessConsole

    /// What is to be done.
    private enum Work {
        case interactive
        case command(ParsedCommand)
        case script([ScriptEntry], name: String)
    }

    func run() throws(ShellFailure) -> ExitCode {
        let isOpen = isatty(0) == 1 && isatty(1) == 1
        let work = try work(isOpen)
        let isInteractive = if case .interactive = work { true } else { false }
        let inbox: TerminalInbox
        var interrupts: InterruptSource
        let engine = house.engine
        do throws(TerminalSetupError) {
            inbox = try TerminalInbox()
            interrupts = try InterruptSource.install(for: isInteractive ? InterruptSource.all : InterruptSource.ending)
        } catch {
            throw ShellFailure("the terminal cannot be used", why: "\(error)", code: .local, kind: "local")
        }
        // While this process stands still another may ask about its jobs, and write into the journal.
        interrupts.aroundStop = { [journal = house.journal] stop in
            Blocking.run { await engine.giveBack() }
            journal.withoutWrites(stop)
            Blocking.run { await engine.takeBack() }
        }
        let reader = try reader(isInteractive, inbox, interrupts)
        let writer: any ShellWriter =
            isInteractive
            ? TerminalWriter(inbox: inbox) : ConsoleWriter(console: console, allToOutput: arguments.isJSON)
        let interaction = TerminalInteraction(inbox: inbox, canAsk: isatty(0) == 1)
        let isOneShot = if case .command = work { true } else { false }
        let session = try session(writer, interaction, isInteractive, isOneShot)
        if !isInteractive, let notice = house.notice {
            for line in attention { session.output.remark(line) }
            session.output.event("warning", ["kind": "local", "why": .string(notice)])
        }
        // The keys of all instances are known before a line is kept in the history or one vendor's key is sent to another.
        Blocking.run { await engine.learnSecrets() }
        let delegate = ShellDelegate(session: session)
        reader.delegate = delegate
        let showsAtOnce = isInteractive && !(reader is PlainLineReader)
        if showsAtOnce {
            recoverBehindThePrompt(session, inbox)
        } else {
            let recovery = try recover(schedules: goesOnWithJobs(work, session), session)
            if isInteractive { reader.printAbove(session.said(attention + [greeting] + leftovers(recovery))) }
        }
        let loop = TerminalLoop(
            session: session,
            reader: reader,
            inbox: inbox,
            interrupts: interrupts,
            interaction: interaction,
            mode: house.sandbox == nil ? nil : "sandbox"
        )
        let running = Task { await engine.run() }
        let following = Task { await session.followEvents(inbox: isInteractive ? inbox : nil) }
        defer {
            following.cancel()
            running.cancel()
            interrupts.uninstall()
        }
        switch work {
        case .interactive:
            if showsAtOnce { reader.printAbove(session.said(attention + [greeting])) }
            defer { reader.release() }
            return withExtendedLifetime(delegate) { loop.run() }
        case .command(let command):
            let outcome = loop.execute(command)
            session.sayWhatGoesWithIt()
            return outcome.signal ?? outcome.code
        case .script(let entries, let name):
            defer { session.sayWhatGoesWithIt() }
            return withExtendedLifetime(delegate) { loop.run(script: entries, name: name, echoes: arguments.echoes) }
        }
    }

    private func work(_ isOpen: Bool) throws(ShellFailure) -> Work {
        // A script may change the provider, so a line is free text if it is for any of them.
        let names = house.instances.all.map { ShellSession.textParameters($0.descriptor) }
        let context = GrammarContext(catalog: .standard, textParameters: names.reduce(into: []) { $0.formUnion($1) })
        let ways = [arguments.entries.isEmpty ? nil : "-c", arguments.script == nil ? nil : "-f"].compactMap(\.self)
        if ways.count > 1 || ways.count == 1 && !arguments.words.isEmpty {
            throw ShellFailure(
                "a command line says what to do in one way",
                why: "it has \((ways + arguments.words.prefix(1)).joined(separator: ", "))",
                tries: ["reel --help"]
            )
        }
        if !arguments.entries.isEmpty {
            let entries = arguments.entries.enumerated().map { ScriptEntry(line: $0.offset + 1, text: $0.element) }
            return .script(entries, name: "-c")
        }
        if let path = arguments.script {
            let bytes = path == "-" ? try Self.readAll(0, "-") : try Self.readFile(path)
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return .script(ScriptEntry.split(try LocalFiles.text(bytes, of: path), in: context), name: name)
        }
        if !arguments.words.isEmpty {
            do throws(GrammarError) {
                return .command(try EntryParser.argv(arguments.words, in: context, program: arguments.program))
            } catch {
                throw ShellFailure(error.message, tries: error.suggestion.map { [$0] } ?? ["reel --help"])
            }
        }
        if isatty(0) != 1 {
            let bytes = try Self.readAll(0, "stdin")
            return .script(ScriptEntry.split(try LocalFiles.text(bytes, of: "stdin"), in: context), name: "stdin")
        }
        guard isOpen else {
            throw ShellFailure("there is nothing to do", why: "the output is no terminal", tries: ["reel --help"])
        }
        return .interactive
    }

    /// Whether jobs of earlier runs are to be polled and their films saved: not by commands that do something else.
    ///
    /// A look at the journal must not add to it.
    private func goesOnWithJobs(_ work: Work, _ session: ShellSession) -> Bool {
        switch work {
        case .interactive: true
        case .command(let command): session.waitsForJobs(command)
        case .script(let entries, _): session.waitsForJobs(entries)
        }
    }

    private func reader(
        _ isInteractive: Bool,
        _ inbox: TerminalInbox,
        _ interrupts: InterruptSource
    )
        throws(ShellFailure) -> any LineReader
    {
        let environment = Environment.variables()
        let console = console
        let isPlain = environment["TERM"] == "dumb" || environment["REEL_ACCESSIBLE"] == "1"
        guard isInteractive, !isPlain else {
            return PlainLineReader(inbox: inbox, interrupts: interrupts) { console.write($0) }
        }
        do throws(TerminalSetupError) {
            let history = HistoryFile(path: "\(house.locations.state)/history")
            return try EditLineReader(program: "reel", inbox: inbox, interrupts: interrupts, historyFile: history)
        } catch {
            throw ShellFailure(
                "the terminal cannot be used",
                why: "\(error)",
                tries: ["TERM=dumb reel"],
                code: .local,
                kind: "local"
            )
        }
    }

    private func session(
        _ writer: any ShellWriter,
        _ interaction: TerminalInteraction,
        _ isInteractive: Bool,
        _ isOneShot: Bool
    )
        throws(ShellFailure) -> ShellSession
    {
        let environment = Environment.variables()
        let isTerminal = isatty(1) == 1
        let isPlain = environment["TERM"] == "dumb" || environment["REEL_ACCESSIBLE"] == "1"
        let choice = ColorChoice(rawValue: settings["color"]) ?? .auto
        let color = ColorMode.decide(choice: choice, isTerminal: isTerminal) { environment[$0] }
        var style = OutputStyle(
            isTerminal: isTerminal,
            isJSON: arguments.isJSON,
            isColored: color == .sixteen && !arguments.isJSON
        )
        style.canRedraw = isTerminal && !isPlain && !arguments.isJSON
        let console = console
        let output = ShellOutput(
            writer: writer,
            style: style,
            columns: { console.terminalSize(of: .output)?.columns ?? 80 },
            rows: { console.terminalSize(of: .output)?.rows ?? 24 },
            spoken: SpokenLanguage(Language(setting: settings["language"], environment: environment)),
            wall: { SystemClock().wall }
        )
        let name = try instanceName()
        let knobs = house.sandbox.map { SandboxKnobs(server: $0, engine: house.engine) }
        let session = ShellSession(
            engine: house.engine,
            instances: house.instances,
            output: output,
            interaction: interaction,
            settings: settings,
            instance: name,
            isInteractive: isInteractive,
            isOneShot: isOneShot,
            program: arguments.program,
            isTemporary: house.locations.isTemporary,
            assumesYes: arguments.assumesYes,
            sandbox: knobs,
            home: ShellHome(
                folder: house.locations.configuration,
                history: HistoryFile(path: "\(house.locations.state)/history"),
                parseYAML: { text throws(YAMLProblem) in try YAMLReading.parse(text) }
            ),
            cassettes: house.cassettes
        )
        if !isOneShot {
            session.loadAliases()
            for doubt in settings.doubts { session.output.note(doubt) }
        }
        Blocking.run { await session.applySettings() }
        return session
    }

    private func instanceName() throws(ShellFailure) -> InstanceName {
        let text = arguments.provider ?? settings["provider"]
        guard let name = InstanceName(text), house.instances[name] != nil else {
            let names = house.instances.names.map(\.description)
            let nearest = EditDistance.nearest(to: text, in: names)
            throw ShellFailure(
                "there is no provider \(text)",
                why: "providers are \(names.joined(separator: ", "))",
                tries: [nearest.map { "\(arguments.program(at: $0)) \(arguments.rest)" } ?? "reel providers"]
            )
        }
        return name
    }

    private func recover(schedules: Bool, _ session: ShellSession) throws(ShellFailure) -> Recovery {
        let engine = house.engine
        do {
            return try Blocking.run {
                let recovery = try await engine.recover(schedules: schedules)
                await session.start(recovery)
                return recovery
            }
        } catch {
            throw ShellFailure("the journal cannot be read", why: "\(error)", code: .local, kind: "local")
        }
    }

    // A thousand unfinished jobs are no reason to wait for the prompt; entries wait for them instead.
    private func recoverBehindThePrompt(_ session: ShellSession, _ inbox: TerminalInbox) {
        let engine = house.engine
        session.prepare {
            do {
                let recovery = try await engine.recover(schedules: true)
                await session.start(recovery)
                inbox.post(.rightPrompt(session.rightPrompt))
                let lines = session.said(leftovers(recovery))
                if !lines.isEmpty { inbox.post(.notice(lines)) }
            } catch {
                let failure = ShellFailure("the journal cannot be read", why: "\(error)", code: .local, kind: "local")
                inbox.post(.notice(failure.lines(in: session.output.language)))
            }
        }
    }

    private var attention: [Message] { house.notice.map { ["attention: \($0)"] } ?? [] }

    private var greeting: Message {
        let version = Reel.version.split(separator: ".").prefix(2).joined(separator: ".")
        guard house.sandbox != nil else { return "reel \(version). Type help." }
        return "reel \(version), sandbox: local emulations, nothing is billed. Type help."
    }

    private func leftovers(_ recovery: Recovery) -> [Message] {
        var lines: [Message] = []
        func names(_ jobs: [JobRecord]) -> Message {
            guard jobs.count > 8 else { return Message(verbatim: jobs.map(\.name).joined(separator: ", ")) }
            return "\(jobs.suffix(6).map(\.name).joined(separator: ", ")) and \(jobs.count - 6) more (jobs)"
        }
        if !recovery.resumed.isEmpty { lines.append("unfinished: \(names(recovery.resumed))") }
        if !recovery.unconfirmed.isEmpty {
            let jobs = recovery.unconfirmed
            let first = jobs[0].name
            lines.append("unconfirmed: \(names(jobs)); may have been accepted and billed")
            lines.append("  try: adopt ID --as \(first), stop \(first)")
        }
        if !recovery.unsent.isEmpty { lines.append("\(recovery.unsent.count) submit(s) of the last run were not sent") }
        return lines
    }

    private static func readFile(_ path: String) throws(ShellFailure) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw ShellFailure(
                "\(path) cannot be read",
                why: Message(recognizing: String(cString: strerror(errno))),
                tries: [ShellLine.look(for: path)],
                code: .local,
                kind: "local"
            )
        }
        defer { close(file) }
        return try readAll(file, path)
    }

    private static func readAll(_ file: CInt, _ name: String) throws(ShellFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ShellFailure(
                    "\(name) cannot be read",
                    why: Message(recognizing: String(cString: strerror(errno))),
                    code: .local,
                    kind: "local"
                )
            }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }
}
