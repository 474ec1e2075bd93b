import VideoProviderKit

/// `source FILE`: the entries of a file in this session, up to the first failure.
enum SourceCommand {
    @Sendable static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) -> EntryResult {
        try call.atMost(1)
        guard let path = call.words.first else {
            throw ShellFailure("source needs a file", why: call.spec.synopsis, tries: ["help source"])
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try await runner.session.run(script: LocalFiles.text(path), name: name)
    }
}
