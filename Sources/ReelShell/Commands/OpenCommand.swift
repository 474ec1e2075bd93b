import JobEngine
import Journal
import LosslessJSON
import VideoProviderKit

/// `open`: hands a saved film to the desktop.
enum OpenCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let job = try await References(session: runner.session).job(call.words.first)
        try await open(try await film(of: job, runner), runner)
    }

    /// The file that the film of `job` was saved in.
    static func film(of job: JobRecord, _ runner: CommandRunner) async throws(ShellFailure) -> String {
        let assets: [AssetRecord]
        do throws(JournalError) { assets = try await runner.session.journal.assets(job: job.id) } catch {
            throw ShellFailure(error)
        }
        guard let path = assets.first(where: { $0.asset.kind == .video && $0.state == .saved })?.path else {
            let why = job.state == .succeeded ? "its film is not saved yet" : "it is \(job.state.shown)"
            throw ShellFailure(
                "\(job.name) has no file here",
                why: why,
                tries: [job.state.isTerminal ? "fetch \(job.name)" : "wait \(job.name)"]
            )
        }
        guard Programs.isFile(path) else {
            throw ShellFailure(
                "the file \(path) is gone",
                why: "\(job.name) was saved there",
                tries: ["fetch \(job.name)"],
                code: .local,
                kind: "local"
            )
        }
        return path
    }

    /// Opens a file in the desktop's own program, which outlives this one.
    static func open(_ path: String, _ runner: CommandRunner) async throws(ShellFailure) {
        let opener = try opener(path)
        // In the background of a shell without job control: our Ctrl-C is not the player's.
        let command = "\(opener) \(Programs.quoted(path)) </dev/null >/dev/null 2>&1 &"
        let status = await runner.session.interaction.run(command, input: nil)
        guard status == 0 else {
            throw ShellFailure("\(path) could not be opened", why: "\(opener) ended with \(status)", code: .local)
        }
        runner.output.show(["\(path) opened"], json: ["path": .string(path)])
    }

    private static func opener(_ path: String) throws(ShellFailure) -> String {
        #if canImport(Darwin)
        return "open"
        #else
        let environment = Environment.variables()
        guard Programs.find("xdg-open") != nil else {
            throw ShellFailure(
                "there is no xdg-open here to open \(path) with",
                tries: [Programs.installation(of: "xdg-utils")],
                code: .local,
                kind: "local"
            )
        }
        guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else {
            throw ShellFailure(
                "there is no desktop here to open \(path) on",
                why: "neither DISPLAY nor WAYLAND_DISPLAY is set",
                tries: ["frames"],
                code: .local,
                kind: "local"
            )
        }
        return "xdg-open"
        #endif
    }
}
