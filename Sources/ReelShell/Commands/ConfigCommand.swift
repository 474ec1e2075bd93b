import JobEngine
import LosslessJSON
import Synchronization
import VideoProviderKit

/// `config`: settings and where each comes from; a value given here holds for this session.
enum ConfigCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(2)
        let session = runner.session
        let words = call.words
        if words.count == 2 {
            guard !session.isOneShot else {
                let variable = ShellSettings.definition(words[0])?.variable ?? "REEL_NAME"
                throw ShellFailure(
                    "a setting given here would end with this command",
                    why: "settings are kept in config.yaml",
                    tries: ["export \(variable)=\(words[1])", "config"]
                )
            }
            var settings = session.settings.withLock(\.self)
            try settings.set(words[0], words[1], source: "session")
            if words[0] == "provider", session.instances[written: words[1]] == nil {
                throw UseCommand.unknown(words[1], session, tries: "config provider")
            }
            let changed = settings
            session.settings.withLock { $0 = changed }
            await session.applySettings()
            runner.output.tell("\(words[0]) = \(words[1])  (this session)", json: [words[0]: .string(words[1])])
            return
        }
        let settings = session.settings.withLock(\.self)
        if let name = words.first {
            guard let entry = settings.entry(name) else {
                let nearest = EditDistance.nearest(to: name, in: ShellSettings.definitions.map(\.name))
                throw ShellFailure("there is no setting \(name)", tries: nearest.map { ["config \($0)"] } ?? ["config"])
            }
            runner.output.show(["\(name) = \(entry.value)  (\(entry.source))"], json: [name: .string(entry.value)])
            return
        }
        let language = runner.output.language
        let rows = ShellSettings.definitions.map { definition in
            let entry = settings.entry(definition.name)
            return [
                definition.name, "=", entry?.value ?? "", "(\(entry?.source ?? "default"))",
                language.say(definition.help),
            ]
        }
        let json = ShellSettings.definitions.map { RequestJSON.Member($0.name, .string(settings[$0.name])) }
        let width = runner.output.style.isTerminal ? runner.output.width : nil
        runner.output.show(Columns.described(rows, width: width), json: .object(json))
    }
}

extension ShellSession {
    /// Tells the engine what the settings say.
    package func applySettings() async {
        let settings = settings.withLock(\.self)
        let (mode, folder) = (EngineSettings.FetchMode(rawValue: settings["fetch.auto"]), settings["fetch.dir"])
        let hosts = settings["allow_http"].split { $0 == "," || $0 == " " }.map { $0.lowercased() }
        output.spoken.set(Language(setting: settings["language"], environment: Environment.variables()))
        let every = DurationText.parse(settings["poll.every"])
        let rate = Double(settings["poll.rate"])
        let size = Int(settings["journal.max"]).map { $0 << 20 }
        await engine.configure { engine in
            if let rate, rate > 0 { engine.pollRate = min(rate, 1000) }
            if let size, size > 0 { engine.journalLimit = size }
            engine.pollEvery = every
            engine.fetchMode = mode ?? .on
            engine.plainHTTPHosts = Set(hosts)
            engine.fetchFolder = LocalFiles.expand(folder)
        }
    }
}
