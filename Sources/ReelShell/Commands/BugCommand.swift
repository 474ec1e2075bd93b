import VideoProviderKit

/// `bug`: a report for those who make reel, to be read and completed before it is sent.
enum BugCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let report = BugReport(try await ErrorsCommand.last(runner.session), runner.session)
        let bytes = Array(report.text.utf8)
        try report.filter.check(bytes, "the report")
        let artefact = Artefact(bytes: bytes, name: "the report", kind: "report")
        guard call.words.first != "-" else { return try artefact.deliver(to: "-", runner) }
        let path = call.words.first ?? Self.freeName
        try LocalFiles.create(bytes, at: path, force: call.has("force"), isPrivate: true)
        let whole = LocalFiles.destination(LocalFiles.expand(path))
        runner.output.tell(
            [
                "the report is in \(whole)",
                "nothing was sent: read it, add what you did, and send it to where you have reel from",
            ],
            json: ["path": .string(whole), "bytes": .int(bytes.count)]
        )
    }

    /// A name in the current folder that is not taken.
    private static var freeName: String {
        let names = ["reel-bug.md"] + (2...999).map { "reel-bug-\($0).md" }
        return names.first { !LocalFiles.exists($0) } ?? names[0]
    }
}
