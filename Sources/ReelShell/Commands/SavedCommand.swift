import JobEngine
import Synchronization
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `save`, `load`, `saved`: drafts kept as `requests/NAME.yaml` beside the settings.
enum SavedCommand {
    static func save(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let name = try name(call)
        let draft = session.draft
        guard !draft.isEmpty else { throw ShellFailure("there is nothing to save", tries: ["set prompt a cat"]) }
        let shelf = try SavedRequests(session)
        let path = shelf.path(name)
        if LocalFiles.exists(path) {
            let refusal: Message = "\(name) was not saved; save it under another name"
            try await session.confirm("\(name) is saved already. Replace it?", refusal: refusal)
        }
        try shelf.write(draft, name, session)
        runner.output.tell("saved \(path)", json: ["name": .string(name), "path": .string(path)])
    }

    static func load(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        let shelf = try SavedRequests(session)
        let name = try name(call)
        let (origin, draft) = try shelf.read(name, session)
        let target = session.descriptor
        let carried = draft.carried(from: origin, to: target)
        session.state.withLock { $0.replaceDraft(carried.draft) }
        var lines = DraftText.lines(carried.draft)
        if origin.id != target.id {
            lines += UseCommand.summary(carried.fates, returned: []).map(runner.output.language.say)
        }
        runner.output.show(lines, json: DraftText.json(carried.draft))
    }

    static func list(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let session = runner.session
        let shelf = try SavedRequests(session)
        let names = shelf.names
        guard !names.isEmpty else {
            return runner.output.tell("nothing is saved yet; try: save NAME", json: ["saved": []])
        }
        var rows: [[String]] = []
        for name in names {
            do throws(ShellFailure) {
                let (origin, draft) = try shelf.read(name, session)
                let values = draft.values.map { "\($0.key)=\(DraftText.value($0.value))" }.joined(separator: " ")
                rows.append([name, origin.id.rawValue, values.split(separator: "\n").joined(separator: " ")])
            } catch {
                let unread: Message = "cannot be read: \(error.why ?? error.what)"
                rows.append([name, "", runner.output.language.say(unread)])
            }
        }
        let width = runner.output.style.isTerminal ? runner.output.width : nil
        runner.output.show(
            Columns.aligned(rows, width: width),
            json: ["saved": .array(names.map(RequestJSON.string)), "folder": .string(shelf.folder)]
        )
    }

    private static func name(_ call: CommandCall) throws(ShellFailure) -> String {
        guard let name = call.words.first else {
            throw ShellFailure("\(call.spec.name) needs a name", why: call.spec.synopsis, tries: ["saved"])
        }
        // A name is a file's; nothing that leads out of the folder or hides there.
        guard !name.contains("/"), !name.hasPrefix("."), name.utf8.count <= 100,
            name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else {
            throw ShellFailure(
                "a request cannot be called \"\(name.clipped)\"",
                why: "the name is that of a file",
                tries: ["\(call.spec.name) cat"]
            )
        }
        return name
    }
}

/// The folder of saved requests.
struct SavedRequests {
    let folder: String
    private let home: ShellHome

    init(_ session: ShellSession) throws(ShellFailure) {
        home = session.home
        folder = try home.requireFolder() + "/requests"
    }

    func path(_ name: String) -> String { "\(folder)/\(name).yaml" }

    /// The names, in order.
    var names: [String] {
        LocalFiles.names(beginning: folder + "/").filter { $0.hasSuffix(".yaml") }
            .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
    }

    /// Writes a draft; its media become files beside it, so that it is whole when the originals are gone.
    func write(_ draft: Draft, _ name: String, _ session: ShellSession) throws(ShellFailure) {
        try LocalFiles.makeFolder(folder)
        let lines = try DraftFile.lines(draft) { (parameter, index, content) throws(ShellFailure) in
            let file = "\(name).media/\(parameter)-\(index + 1).\(content.type.fileExtension)"
            try LocalFiles.makeFolder("\(folder)/\(name).media")
            try LocalFiles.replace("\(folder)/\(file)", with: content.bytes)
            return "@\(file)"
        }
        let head = [
            "# A request of reel; \"load \(name)\" brings it back.", "provider: \(session.descriptor.id)", "draft:",
        ]
        let text = (head + lines.map { $0.isEmpty ? "" : "  \($0)" }).joined(separator: "\n") + "\n"
        try LocalFiles.replace(path(name), with: Array(text.utf8))
    }

    /// The provider and the draft of a saved request.
    func read(_ name: String, _ session: ShellSession) throws(ShellFailure) -> (ProviderDescriptor, Draft) {
        let path = path(name)
        guard LocalFiles.exists(path) else {
            let nearest = EditDistance.nearest(to: name, in: names)
            let first = session.draft.isEmpty ? "set prompt a cat" : "save \(name)"
            throw ShellFailure(
                "there is no saved request \(name)",
                why: names.isEmpty ? "nothing is saved yet" : "saved are \(names.joined(separator: ", "))",
                tries: [
                    nearest.map { "load \($0)" } ?? (names.isEmpty ? first : "saved")
                ]
            )
        }
        let text = try LocalFiles.text(path)
        func failure(_ line: Int, _ why: Message) -> ShellFailure {
            ShellFailure(
                "\(path) cannot be used",
                why: "line \(line): \(why)",
                tries: ["!${EDITOR:-vi} \(Quoting.word(path))"],
                code: .local,
                kind: "local"
            )
        }
        let root: YAMLNode?
        do throws(YAMLProblem) { root = try home.parseYAML(text) } catch {
            throw failure(error.line, Message(verbatim: error.message))
        }
        guard let members = root?["draft"]?.members else { throw failure(1, "it has no draft") }
        let provider = root?["provider"]?.text.map(ProviderID.init(rawValue:)) ?? session.descriptor.id
        guard let descriptor = session.instances.all.first(where: { $0.descriptor.id == provider })?.descriptor else {
            throw failure(root?["provider"]?.line ?? 1, "there is no provider \(provider)")
        }
        let file = DraftFile(reading: ValueReading(session: session, target: descriptor))
        do throws(DraftFile.Problem) {
            return (descriptor, try file.draft(members, media: media))
        } catch {
            throw failure(error.line, error.failure.why.map { "\(error.failure.what): \($0)" } ?? error.failure.what)
        }
    }

    /// `@FILE` beside the saved request.
    private func media(_ parameter: ParameterName, _ text: String) throws(ShellFailure) -> Media? {
        guard text.hasPrefix("@") else { return nil }
        let name = String(text.dropFirst())
        let path = name.hasPrefix("/") || name.hasPrefix("~") ? name : "\(folder)/\(name)"
        let file = name.split(separator: "/").last.map(String.init)
        guard let content = MediaContent(bytes: try LocalFiles.read(path), fileName: file) else {
            throw ShellFailure("\(path) is no picture or film", tries: ["!file \(Quoting.word(path))"])
        }
        return .content(content)
    }
}
