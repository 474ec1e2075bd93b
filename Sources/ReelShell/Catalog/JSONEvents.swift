import VideoProviderKit

/// A kind of line that `--json` prints.
package struct EventSpec: Sendable, Hashable {
    /// A member of the object.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var help: String

        init(_ name: String, _ help: String) {
            self.name = name
            self.help = help
        }
    }

    /// The value of `event`.
    package var name: String
    /// When it is printed.
    package var summary: String
    /// What it holds beyond the common members; those that may be missing say so.
    package var fields: [Field]

    /// What every line begins with.
    package static let common = [
        Field("schema", "the version of these lines, 1; it grows when a member changes its meaning or goes"),
        Field("t", "when it was printed, UTC, ISO 8601 with milliseconds"),
        Field("event", "one of the names below"),
    ]

    private static let job = Field("job", "the job, `j3`")
    private static let state = Field("state", "the state, one of `jobs --state`")
    private static let exchange = Field("exchange", "the exchange, `r3`; may be missing")
    private static let word = Field("word", "the vendor's own word; may be missing")
    private static let progress = [
        Field("progress", "from 0 to 1; may be missing"),
        Field("progress_as_sent", "as the vendor wrote it; may be missing"),
    ]
    /// A job as `status --json` shows it.
    private static let wholeJob =
        [
            job, state, Field("instance", "provider and profile"), Field("created", "when it was made here"),
            Field("task", "the vendor's id; may be missing"), Field("model", "may be missing"), word,
        ] + progress + [
            Field("finished", "when it ended; may be missing"), Field("note", "of `--note`; may be missing"),
            Field("fault", "object of `kind`, `code`, `message` when the job failed"),
            Field("paused", "why polling paused; may be missing"),
        ]
    /// What is told of one poll.
    private static let poll = [job, state, word, exchange]

    /// All kinds.
    package static let all: [EventSpec] = [
        EventSpec(
            name: "submitted",
            summary: "a submit was accepted; the id is stored",
            fields: wholeJob + [exchange, Field("trace", "the vendor's trace id; may be missing")]
        ),
        EventSpec(
            name: "state",
            summary: "the state changed, the vendor's word is in no table (`unmapped`), or polling paused",
            fields: wholeJob + [
                exchange, Field("unmapped", "true for a word in no table"),
                Field("candidates", "list of ids that an unconfirmed submit may have got"),
            ]
        ),
        EventSpec(name: "progress", summary: "the vendor's word or progress changed", fields: poll + progress),
        EventSpec(
            name: "retry",
            summary: "a poll failed or a submit was not accepted, and is sent again after the wait",
            fields: [Field("job", "the job; missing while it is submitted")] + poll.dropFirst() + [
                Field("kind", "the kind of fault"), Field("why", "the vendor's words or reel's reason; may be missing"),
                Field("trace", "the vendor's trace id; may be missing"), Field("wait_s", "seconds until then"),
            ]
        ),
        EventSpec(
            name: "warning",
            summary: "polls fail for long or cannot be read or stored, and go on; or a receipt cannot be stored yet",
            fields: [
                Field("job", "the job; missing while it is submitted"),
                Field("task", "the vendor's id, to be kept, where a receipt cannot be stored yet"),
                Field("instance", "provider and profile, beside `task`"),
            ] + poll.dropFirst() + [
                Field("kind", "the kind of fault"), Field("why", "the vendor's words or reel's reason"),
            ]
        ),
        EventSpec(
            name: "stall",
            summary: "the job has not changed for long, see `stall.after`",
            fields: [job, Field("unchanged_s", "seconds since it last changed")]
        ),
        EventSpec(
            name: "asset",
            summary: "a film was saved",
            fields: poll + [Field("path", "the file"), Field("bytes", "its size"), Field("sha256", "its hash")]
        ),
        EventSpec(
            name: "timeout",
            summary: "a wait ended before the job; exit code 5",
            fields: [job, Field("task", "the vendor's id"), state, Field("waited_s", "seconds waited")]
        ),
        EventSpec(
            name: "error",
            summary: "something failed; for a job that goes on, such as a film not saved, `job` is there",
            fields: [
                Field("code", "the exit code"), Field("kind", "the kind, see exit codes"),
                Field("what", "one sentence, in English whatever the language"),
                Field("why", "the vendor's words or reel's reason; may be missing"),
                Field("where", "call, status, exchange, trace id; may be missing"),
                Field("try", "list of commands; may be missing"), Field("at", "FILE:LINE in a script"),
                Field("job", "the job, where it is about one that goes on"), state, word, exchange,
            ]
        ),
        EventSpec(
            name: "result",
            summary: "what a command shows, as an object of its own",
            fields: [Field("...", "the members depend on the command")]
        ),
    ]

    /// What of an event stands in no table: its name, or its members.
    static func undocumented(_ name: String, _ members: [RequestJSON.Member]) -> [String] {
        guard let spec = all.first(where: { $0.name == name }) else { return [name] }
        let known = Set((common + spec.fields).map(\.name))
        return known.contains("...") ? [] : members.map(\.name).filter { !known.contains($0) }.map { "\(name).\($0)" }
    }
}
