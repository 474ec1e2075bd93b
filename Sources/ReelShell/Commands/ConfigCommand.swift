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
            guard call.has("save") || !session.isOneShot else {
                let variable = ShellSettings.definition(words[0])?.variable ?? "REEL_NAME"
                throw ShellFailure(
                    "a setting given here would end with this command",
                    why: "settings are kept in config.yaml",
                    tries: ["--save", "export \(variable)=\(words[1])"]
                )
            }
            var settings = session.settings.withLock(\.self)
            do throws(ShellFailure) { try settings.set(words[0], words[1], source: "session") } catch {
                throw call.has("save") ? Self.kept(error) : error
            }
            if words[0] == "provider", session.instances[written: words[1]] == nil {
                throw UseCommand.unknown(words[1], session, tries: "config provider")
            }
            let changed = settings
            session.settings.withLock { $0 = changed }
            await session.applySettings()
            return try keep(words[0], words[1], call, runner)
        }
        guard !call.has("save") else {
            throw ShellFailure("--save needs a setting and its value", why: call.spec.synopsis, tries: ["config"])
        }
        let settings = session.settings.withLock(\.self)
        if let name = words.first {
            guard let entry = settings.entry(name) else {
                let nearest = EditDistance.nearest(to: name, in: ShellSettings.definitions.map(\.name))
                throw ShellFailure("there is no setting \(name)", tries: nearest.map { ["config \($0)"] } ?? ["config"])
            }
            runner.output.show(
                ["\(name) = \(entry.value)  \(source(entry, call, runner.output.language))"],
                json: [name: .string(entry.value)]
            )
            return
        }
        let language = runner.output.language
        let rows = ShellSettings.definitions.map { definition in
            let entry = settings.entry(definition.name)
            return [
                definition.name, "=", entry?.value ?? "", entry.map { source($0, call, language) } ?? "",
                language.say(definition.help),
            ]
        }
        let json = ShellSettings.definitions.map { RequestJSON.Member($0.name, .string(settings[$0.name])) }
        let width = runner.output.style.isTerminal ? runner.output.width : nil
        let place: [Message] =
            call.has("sources") ? session.home.folder.map { ["", "config.yaml is in \($0)"] } ?? [] : []
        runner.output.show(Columns.described(rows, width: width) + place.map(language.say), json: .object(json))
    }
}

extension ConfigCommand {
    /// What is to be kept is still to be kept when it is mended.
    private static func kept(_ failure: ShellFailure) -> ShellFailure {
        var failure = failure
        failure.tries = failure.tries.map { $0.split(separator: " ").count > 2 ? "\($0) --save" : $0 }
        return failure
    }

    /// Says what a setting is now, after it was written where that is wanted.
    private static func keep(
        _ name: String,
        _ value: String,
        _ call: CommandCall,
        _ runner: CommandRunner
    )
        throws(ShellFailure)
    {
        guard call.has("save") else {
            return runner.output.tell("\(name) = \(value)  (this session)", json: [name: .string(value)])
        }
        let file = SettingsFile(home: runner.session.home)
        try file.save(name, value)
        runner.output.tell("\(name) = \(value)  (kept in \(try file.path))", json: [name: .string(value)])
        let variable = ShellSettings.definition(name)?.variable ?? ""
        if Environment.variables()[variable] != nil {
            runner.output.note("\(variable) is set, too, and wins over the file in the next session")
        }
    }

    /// `(default)`; with `--sources` the line of the file or the variable.
    private static func source(_ entry: ShellSettings.Entry, _ call: CommandCall, _ language: Language) -> String {
        if call.has("sources"), let place = entry.place { return "(\(place))" }
        return "(\(language.say(entry.origin)))"
    }
}

extension ShellSettings.Entry {
    /// Where it comes from, in a word.
    fileprivate var origin: Message {
        switch source {
        case "default": "default"
        case "file": "file"
        case "environment": "environment"
        case "flag": "flag"
        default: "session"
        }
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
