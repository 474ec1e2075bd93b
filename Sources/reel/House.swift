import JobEngine
import Journal
import ReelShell
import SandboxServer
import Transport
import VideoProviderKit

/// The parts of one program run, wired: sandbox, journal, transport, engine.
struct House {
    let engine: Engine
    let instances: InstanceDirectory
    let sandbox: SandboxServer?
    let locations: Locations
    /// What was found when the journal was opened, for the person.
    var notice: String? { journal.notice }
    /// Carries everything, and can record and play it.
    let cassettes: CassetteTransport
    private let transport: CurlTransport
    let journal: JobJournal

    init(
        _ arguments: Arguments,
        _ configuration: Configuration,
        _ settings: ShellSettings,
        _ locations: Locations,
        _ environment: [String: String],
    ) throws(ShellFailure) {
        self.locations = locations
        var environment = environment
        if arguments.usesSandbox {
            do {
                let started = try SandboxPorts.start(folder: arguments.sandboxFolder)
                instances = Instances.sandbox(started.endpoints)
                sandbox = started.server
            } catch {
                throw ShellFailure("the sandbox cannot be started", why: "\(error)", code: .local, kind: "local")
            }
            // Real keys have no business in a sandbox session.
            environment = environment.filter { !$0.key.hasSuffix("_API_KEY") }
        } else {
            instances = try Instances.real(
                configuration,
                arguments,
                environment,
                keys: CredentialFile(path: "\(locations.configuration)/credentials.yaml")
            )
            sandbox = nil
        }
        Self.hideKeys(instances)
        let redactor = Redactor()
        do throws(JournalError) {
            journal = try JobJournal(
                directory: locations.state,
                scrubber: redactor,
                now: SystemClock().wall.milliseconds
            )
        } catch {
            throw ShellFailure(
                Message(verbatim: error.description),
                tries: ["ls -ld \(ShellLine.joined([locations.state]))"],
                code: .local,
                kind: "local"
            )
        }
        if let sandbox, let folder = arguments.sandboxFolder { SandboxPorts.remember(sandbox, folder: folder) }
        transport = CurlTransport()
        cassettes = CassetteTransport(transport, redactor: redactor)
        let reader = CredentialReader(environment: environment) { command async throws(Fault) in
            guard let output = ChildProcess.output(of: command, seconds: 3) else {
                throw Fault(.local, "The command for the key failed or took longer than 3 s: \(command)")
            }
            return output
        }
        engine = Engine(
            instances: instances,
            journal: journal,
            transport: cassettes,
            credentials: reader,
            redactor: redactor
        )
    }

    /// Ends what runs and writes what is left.
    func close() {
        let (engine, sandbox, transport) = (engine, sandbox, transport)
        Blocking.run {
            await engine.stop()
            await engine.giveBack()
            await transport.shutdown()
            await sandbox?.stop()
        }
        journal.close()
    }

    /// Takes the key variables out of this process' environment, so that no child inherits them.
    private static func hideKeys(_ instances: InstanceDirectory) {
        for instance in instances.all {
            for case .environment(let name) in instance.credentials { Environment.remove(name) }
            // The sandbox has keys of its own, and the real ones are as much a secret then.
            Environment.remove(instance.descriptor.keyVariable)
        }
    }
}
