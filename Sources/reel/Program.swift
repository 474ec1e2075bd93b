import JobEngine
import Journal
import LineEditor
import ReelShell
import SandboxServer
import TerminalOutput
import Transport
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The program: reads the command line, puts the parts together, runs the shell or one command.
enum Program {
    static func run(_ arguments: [[UInt8]]) -> ExitCode {
        let console = ProcessConsole()
        let code = run(arguments, console)
        // Whoever redirects results must not take half of them for all, as with curl and jq.
        guard let number = console.lostOutput else { return code }
        let failure = ShellFailure(
            "the output cannot be written",
            why: Message(recognizing: String(cString: strerror(number))),
            code: .local,
            kind: "local"
        )
        console.write(failure.lines(in: output(console, asJSON: false).language).map { "\($0)\n" }.joined(), to: .error)
        return code == .ok ? .local : code
    }

    private static func run(_ words: [[UInt8]], _ console: ProcessConsole) -> ExitCode {
        do throws(ShellFailure) {
            let arguments = try Arguments(Arguments.texts(words))
            if arguments.asksVersion {
                output(console, asJSON: arguments.isJSON)
                    .show(["reel \(Reel.version)"], json: ["version": .string(Reel.version)])
                return .ok
            }
            if arguments.asksHelp { return try help(arguments, console) }
            if arguments.words.first == "sandbox", arguments.words.contains(where: { $0.hasPrefix("--port") }) {
                return try SandboxService.run(arguments.words, console)
            }
            return try start(arguments, console)
        } catch {
            show(error, asJSON: words.contains(Array("--json".utf8)), console)
            return error.code
        }
    }

    private static func show(_ failure: ShellFailure, asJSON: Bool, _ console: ProcessConsole) {
        output(console, asJSON: asJSON).show(failure)
    }

    /// Where things go before there is a session; the language is that of the locale or the variable.
    private static func output(_ console: ProcessConsole, asJSON: Bool) -> ShellOutput {
        let environment = Environment.variables()
        let language = Language(setting: environment["REEL_LANGUAGE"] ?? "auto", environment: environment)
        return ShellOutput(
            writer: ConsoleWriter(console: console, allToOutput: asJSON),
            style: OutputStyle(isTerminal: false, isJSON: asJSON),
            columns: { console.terminalSize(of: .output)?.columns ?? 80 },
            spoken: SpokenLanguage(language),
            wall: { SystemClock().wall }
        )
    }

    private static func help(_ arguments: Arguments, _ console: ProcessConsole) throws(ShellFailure) -> ExitCode {
        let output = output(console, asJSON: arguments.isJSON)
        guard let verb = arguments.words.first else {
            Usage.show(output)
            return .ok
        }
        guard case .found(let spec) = CommandCatalog.standard.resolve(verb, allowsPrefix: false) else {
            let nearest = CommandCatalog.standard.nearest(to: verb)
            throw ShellFailure(
                "unknown command \"\(verb)\"",
                tries: [nearest.map { "reel \($0) --help" } ?? "reel --help"]
            )
        }
        HelpPages.show(spec, output)
        return .ok
    }

    private static func start(_ arguments: Arguments, _ console: ProcessConsole) throws(ShellFailure) -> ExitCode {
        // The locale is the whole process' own; it is set before any other thread exists.
        TerminalLocale.force()
        let environment = Environment.variables()
        var locations = Locations(environment)
        let configuration = try Configuration(path: "\(locations.configuration)/config.yaml")
        let settings = try settings(configuration, locations, environment, arguments)
        if arguments.usesSandbox { try locations.useSandbox(arguments.sandboxFolder) }
        defer { locations.removeTemporary() }
        let house = try House(arguments, configuration, settings, locations, environment)
        defer { house.close() }
        return try Frontend(house: house, arguments: arguments, settings: settings, console: console).run()
    }

    /// Defaults, then the file, the environment, the flags.
    private static func settings(
        _ configuration: Configuration,
        _ locations: Locations,
        _ environment: [String: String],
        _ arguments: Arguments,
    ) throws(ShellFailure) -> ShellSettings {
        var settings = ShellSettings()
        let file = "\(locations.configuration)/config.yaml"
        for setting in configuration.settings {
            try set(
                setting.name,
                setting.value,
                "file",
                "\(file), line \(setting.line)",
                { _ in ["${EDITOR:-vi} \(ShellLine.joined([file]))"] },
                &settings
            )
        }
        for definition in ShellSettings.definitions {
            if let value = environment[definition.variable] {
                let name = definition.variable
                try set(definition.name, value, "environment", name, { _ in ["unset \(name)"] }, &settings)
            }
        }
        for (name, value) in arguments.settings {
            let flag = ShellSettings.definition(name).map { "--\($0.flag)" } ?? name
            func again(_ example: String) -> [String] {
                ["\(arguments.program) \(ShellLine.joined([flag, example])) \(arguments.rest)".trimmingBlanks]
            }
            try set(name, value, "flag", flag, again, &settings)
        }
        return settings
    }

    /// Sets a value; a failure says which file, variable or flag to mend.
    private static func set(
        _ name: String,
        _ value: String,
        _ source: String,
        _ place: String,
        _ tries: (_ example: String) -> [String],
        _ settings: inout ShellSettings,
    ) throws(ShellFailure) {
        do throws(ShellFailure) { try settings.set(name, value, source: source, place: place) } catch {
            var failure = error
            failure.place = Message(verbatim: place)
            // The setting says `config NAME VALUE`.
            let example = error.tries.first.map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") } ?? ""
            failure.tries = tries(example.isEmpty ? value : example)
            throw failure
        }
    }
}
