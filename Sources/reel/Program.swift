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
            console.write(error.lines.map { $0 + "\n" }.joined(), to: .error)
            return error.code
        }
    }

    private static func help(_ arguments: Arguments, _ console: ProcessConsole) throws(ShellFailure) -> ExitCode {
        let width = console.terminalSize(of: .output)?.columns ?? 80
        let catalog = CommandCatalog.standard
        if let verb = arguments.words.first {
            guard case .found(let spec) = catalog.resolve(verb, allowsPrefix: false) else {
                throw ShellFailure("there is no command \(verb)", tries: ["reel --help"])
            }
            console.writeLine(HelpText.command(spec, width: width).joined(separator: "\n"))
        } else {
            console.writeLine(Usage.lines(width: width).joined(separator: "\n"))
        }
        return .ok
    }

    private static func start(_ arguments: Arguments, _ console: ProcessConsole) throws(ShellFailure) -> ExitCode {
        let environment = Environment.variables()
        var locations = Locations(environment)
        let configuration = try Configuration(path: "\(locations.configuration)/config.yaml")
        let settings = try settings(configuration, environment, arguments)
        if arguments.usesSandbox { try locations.useSandbox(arguments.sandboxFolder) }
        defer { locations.removeTemporary() }
        let house = try House(arguments, configuration, settings, locations, environment)
        defer { house.close() }
        return try Frontend(house: house, arguments: arguments, settings: settings, console: console).run()
    }

    /// Defaults, then the file, the environment, the flags.
    private static func settings(
        _ configuration: Configuration,
        _ environment: [String: String],
        _ arguments: Arguments,
    ) throws(ShellFailure) -> ShellSettings {
        var settings = ShellSettings()
        for (name, value) in configuration.settings { try settings.set(name, value, source: "file") }
        for definition in ShellSettings.definitions {
            if let value = environment[definition.variable] {
                try settings.set(definition.name, value, source: "environment")
            }
        }
        for (name, value) in arguments.settings { try settings.set(name, value, source: "flag") }
        return settings
    }
}
