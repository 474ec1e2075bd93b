import LineEditor
import ReelShell
import SandboxScenarios
import SandboxServer
import TerminalOutput

/// `reel sandbox --port N`: the emulations for other clients, until Ctrl-C.
enum SandboxService {
    static func run(_ words: [String], _ console: ProcessConsole) throws(ShellFailure) -> ExitCode {
        var port: Int?
        var speed = 1.0
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            let value = parts.count > 1 ? parts[1] : rest.popFirst() ?? ""
            switch parts[0] {
            case "--port": port = Int(value)
            case "--speed": speed = Double(value) ?? 0
            default:
                throw ShellFailure(
                    "sandbox --port does not take \(word)",
                    tries: ["reel sandbox --port 8080 --speed 10"]
                )
            }
        }
        guard let port, (0...65535).contains(port), speed > 0 else {
            throw ShellFailure("--port needs a port and --speed a number", tries: ["reel sandbox --port 8080"])
        }
        let server = SandboxServer(configuration: SandboxConfiguration(port: port, speed: speed))
        do {
            let endpoints = try Blocking.run { try await server.start() }
            console.writeLine("siliconflow  \(endpoints.siliconflow)/v1  key \(SandboxKey.siliconflow)")
            console.writeLine("xiexus       \(endpoints.xiexus)/v1  key \(SandboxKey.xiexus)")
            console.writeLine("sorarelay    \(endpoints.sorarelay)/v1  key \(SandboxKey.sorarelay)")
            console.writeLine("Ctrl-C ends it.")
        } catch {
            throw ShellFailure(
                "port \(port) cannot be used",
                why: "\(error)",
                tries: ["reel sandbox --port 0"],
                code: .local,
                kind: "local"
            )
        }
        return try wait(for: server)
    }

    private static func wait(for server: SandboxServer) throws(ShellFailure) -> ExitCode {
        let result: PumpResult
        do throws(TerminalSetupError) {
            let interrupts = try InterruptSource.install(for: InterruptSource.ending)
            let inbox = try TerminalInbox()
            let reader = PlainLineReader(inbox: inbox, interrupts: interrupts) { _ in }
            result = inbox.pump(until: CommandCompletion(inbox: inbox), on: reader, interrupts: interrupts)
        } catch {
            throw ShellFailure("signals cannot be awaited", why: "\(error)", code: .local, kind: "local")
        }
        Blocking.run { await server.stop() }
        if case .terminated(let signal) = result { return ExitCode(rawValue: signal.exitCode) }
        return .ok
    }
}
