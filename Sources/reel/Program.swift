import JobEngine
import Journal
import LineEditor
import ReelShell
import SandboxServer
import TerminalOutput
import Transport
import VideoProviderKit

/// The program: reads the command line, puts the parts together, runs the shell or one command.
enum Program {
    static func run(_ arguments: [String]) -> ExitCode {
        let console = ProcessConsole()
        do throws(ShellFailure) {
            let arguments = try Arguments(arguments)
            if arguments.asksVersion {
                console.writeLine("reel \(Reel.version)")
                return .ok
            }
            if arguments.asksHelp { return try help(arguments, console) }
            if arguments.words.first == "sandbox", arguments.words.contains(where: { $0.hasPrefix("--port") }) {
                return try SandboxService.run(arguments.words, console)
            }
            return try start(arguments, console)
        } catch {
            show(error, asJSON: arguments.contains("--json"), console)
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
            try set(setting.name, setting.value, "file", "\(file), line \(setting.line)", ["edit \(file)"], &settings)
        }
        for definition in ShellSettings.definitions {
            if let value = environment[definition.variable] {
                let name = definition.variable
                try set(definition.name, value, "environment", name, ["unset \(name)"], &settings)
            }
        }
        for (name, value) in arguments.settings {
            let flag = ShellSettings.definition(name).map { "--\($0.flag)" } ?? name
            try set(name, value, "flag", flag, ["change \(flag)"], &settings)
        }
        return settings
    }

    /// Sets a value; a failure says which file, variable or flag to mend.
    private static func set(
        _ name: String,
        _ value: String,
        _ source: String,
        _ place: String,
        _ tries: [String],
        _ settings: inout ShellSettings,
    ) throws(ShellFailure) {
        do throws(ShellFailure) { try settings.set(name, value, source: source) } catch {
            var failure = error
            failure.place = Message(verbatim: place)
            failure.tries = tries
            throw failure
        }
    }
}
