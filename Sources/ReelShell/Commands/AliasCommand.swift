import JobEngine
import Synchronization
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `alias`: the user's own words for the beginning of a command, kept in `aliases.yaml` beside the settings.
enum AliasCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        let session = runner.session
        let aliases = session.state.withLock(\.aliases)
        if let name = call.value("d") { return try remove(name, aliases, runner) }
        guard var name = call.words.first else {
            let rows = aliases.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
            let json = RequestJSON.object(
                aliases.sorted { $0.key < $1.key }.map { RequestJSON.Member($0.key, .string($0.value)) }
            )
            guard !rows.isEmpty else {
                return runner.output.tell("no aliases yet; try: \("alias s4 submit -n 4")", json: ["aliases": json])
            }
            return runner.output.show(Columns.aligned(rows), json: ["aliases": json])
        }
        var text = call.words.dropFirst().joined(separator: " ")
        // As shells write it: alias go=submit.
        if let mark = name.firstIndex(of: "="), mark != name.startIndex {
            let start = String(name[name.index(after: mark)...])
            text = text.isEmpty ? start : "\(start) \(text)"
            name = String(name[..<mark])
        }
        guard !text.isEmpty else {
            guard let text = aliases[name] else { throw unknown(name, aliases) }
            return runner.output.show(["\(name)  \(text)"], json: ["aliases": [name: .string(text)]])
        }
        try check(name, text, session)
        var changed = aliases
        changed[name] = text
        try store(changed, session)
        runner.output.tell("\(name) stands for: \(text)", json: ["aliases": [name: .string(text)]])
    }

    private static func remove(
        _ name: String,
        _ aliases: [String: String],
        _ runner: CommandRunner,
    ) throws(ShellFailure) {
        guard aliases[name] != nil else { throw unknown(name, aliases) }
        var changed = aliases
        changed[name] = nil
        try store(changed, runner.session)
        runner.output.tell("\(name) is no alias any more", json: ["removed": .string(name)])
    }

    private static func check(_ name: String, _ text: String, _ session: ShellSession) throws(ShellFailure) {
        if session.catalog[name] != nil {
            throw ShellFailure(
                "\(name) is a command",
                why: "an alias hides no command",
                tries: ["alias my-\(name) \(text.clipped)"]
            )
        }
        let isWord = name.unicodeScalars.first?.isNameStart == true && name.unicodeScalars.allSatisfy(\.isNamePart)
        guard isWord, name.count <= 32 else {
            throw ShellFailure(
                "an alias cannot be called \"\(name.clipped)\"",
                why: "its name is letters, digits, - and _",
                tries: ["alias s4 \(text.clipped)"]
            )
        }
        guard !session.engine.redactor.findsSecret(in: Array(text.utf8)) else {
            throw ShellFailure("the alias holds a key", why: "aliases are kept in a file", tries: ["login"])
        }
    }

    private static func unknown(_ name: String, _ aliases: [String: String]) -> ShellFailure {
        let nearest = EditDistance.nearest(to: name, in: aliases.keys.sorted())
        return ShellFailure("there is no alias \(name)", tries: [nearest.map { "alias \($0)" } ?? "alias"])
    }

    private static func store(_ aliases: [String: String], _ session: ShellSession) throws(ShellFailure) {
        let folder = try session.home.requireFolder()
        let lines = aliases.sorted { $0.key < $1.key }.flatMap { YAMLText.member($0.key, $0.value) }
        try LocalFiles.makeFolder(folder)
        let text = (["# Aliases of reel; \"alias\" writes this file."] + lines).joined(separator: "\n") + "\n"
        try LocalFiles.replace("\(folder)/aliases.yaml", with: Array(text.utf8))
        session.state.withLock { $0.aliases = aliases }
    }
}

extension ShellSession {
    /// Reads the aliases of earlier sessions; a file that cannot be read costs a remark and no more.
    package func loadAliases() {
        guard let folder = home.folder, access("\(folder)/aliases.yaml", R_OK) == 0 else { return }
        let path = "\(folder)/aliases.yaml"
        guard let bytes = try? LocalFiles.read(path, limit: 1 << 20) else { return }
        do throws(YAMLProblem) {
            let members = try home.parseYAML(String(decoding: bytes, as: UTF8.self))?.members ?? []
            let pairs = members.compactMap { member in member.value.text.map { (member.key, $0) } }
            state.withLock { $0.aliases = Dictionary(pairs) { $1 } }
        } catch {
            output.note("\(path) line \(error.line): \(error.message); no alias is known")
        }
    }
}
