import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The person's editor on a text: `$VISUAL`, `$EDITOR`, vi.
struct EditorRun {
    let session: ShellSession
    /// Tells the editor what it has before it, `yaml` or `txt`.
    let fileExtension: String

    /// The command line of the editor.
    static var command: String {
        let variables = Environment.variables()
        return [variables["VISUAL"], variables["EDITOR"]].compactMap(\.self).first { !$0.isEmpty } ?? "vi"
    }

    /// Whether the person has chosen an editor; another program than a person's may be behind it.
    private static var isChosen: Bool {
        let variables = Environment.variables()
        return ["VISUAL", "EDITOR"].contains { variables[$0]?.isEmpty == false }
    }

    /// Lets `body` open texts in the editor; the file they are in goes afterwards.
    func withFile<Result>(
        _ body: (_ open: (String) async throws(ShellFailure) -> String) async throws(ShellFailure) -> Result
    ) async throws(ShellFailure) -> Result {
        guard session.interaction.canAsk || Self.isChosen else {
            throw ShellFailure("there is no terminal for an editor", why: "EDITOR is not set", tries: ["help items"])
        }
        let base = Environment.variables()["TMPDIR"] ?? "/tmp"
        var template = Array("\(base)/reel-edit-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ShellFailure(
                "no temporary folder can be made in \(base)",
                why: Message(recognizing: String(cString: strerror(errno))),
                tries: ["!ls -ld \(base)"],
                code: .local,
                kind: "local"
            )
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = "\(folder)/draft.\(fileExtension)"
        defer {
            // Some editors leave a backup beside the file.
            for name in LocalFiles.names(beginning: folder + "/") + LocalFiles.names(beginning: folder + "/.") {
                unlink(name)
            }
            rmdir(folder)
        }
        return try await body { (text) async throws(ShellFailure) in try await open(text, path) }
    }

    private func open(_ text: String, _ path: String) async throws(ShellFailure) -> String {
        try LocalFiles.replace(path, with: Array(text.utf8))
        let command = Self.command
        let status = await session.interaction.run("\(command) \(path)", input: nil)
        guard status == 0 else {
            throw ShellFailure(
                "the editor ended with \(status); the draft is unchanged",
                why: command,
                tries: ["EDITOR=vi reel"],
                code: .local,
                kind: "child"
            )
        }
        let bytes = try LocalFiles.read(path, limit: 16 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ShellFailure("the edited text is not in UTF-8; the draft is unchanged", tries: ["edit"])
        }
        return text
    }
}
