import VideoProviderKit

/// `source FILE`: the entries of a file in this session, up to the first failure.
enum SourceCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try call.atMost(1)
        guard let path = call.words.first else {
            throw ShellFailure("source needs a file", why: call.spec.synopsis, tries: ["source FILE"])
        }
        let bytes = try LocalFiles.read(path, limit: 16 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ShellFailure(
                "\(path) is no text in UTF-8",
                tries: ["!file \(Quoting.word(path))"],
                code: .local,
                kind: "local"
            )
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try await runner.session.run(script: text, name: name)
    }
}
