import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// `jobs`: what is known of all jobs.
enum JobsCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(0)
        let session = runner.session
        var filter = JobFilter()
        filter.limit = call.has("a") ? nil : 20
        filter.provider = call.value("provider").map(ProviderID.init(rawValue:))
        if let word = call.value("state") {
            filter.states = JobState.allCases.filter { $0.shown == word }
            guard !filter.states.isEmpty else {
                throw ShellFailure(
                    "there is no state \(word)",
                    why: "states are \(StateWords.all)",
                    tries: ["jobs --state running"]
                )
            }
        }
        let jobs: [JobRecord]
        var films: [Int64: [AssetRecord]] = [:]
        do throws(JournalError) {
            jobs = try await session.journal.jobs(filter)
            for job in jobs where job.state == .succeeded {
                films[job.id] = try await session.journal.assets(job: job.id)
            }
        } catch {
            throw ShellFailure(error)
        }
        guard !jobs.isEmpty else {
            runner.output.tell("no jobs yet", json: ["jobs": []])
            return
        }
        let now = LocalClock.now
        let rows = jobs.map { row($0, films[$0.id] ?? [], now, runner.output.language) }
        // An id that is cut names its job nowhere but here, so all the rest gives way first, a note altogether.
        runner.output.show(
            runner.output.table(
                rows,
                headings: ["job", "state", "provider", "model", "age", "details", "task", "note"],
                flexible: [3, 5, 6, 7],
                first: [7],
                last: [6],
                middle: [6],
                narrowest: [3: 10, 5: 16, 6: 12, 7: 0]
            ),
            json: ["jobs": .array(jobs.map { json($0, films[$0.id] ?? []) })]
        )
    }

    private static func row(
        _ job: JobRecord,
        _ films: [AssetRecord],
        _ now: UpstreamTime,
        _ language: Language
    ) -> [String] {
        let age = language.say(DurationText.said(.milliseconds(max(0, now.milliseconds - job.createdAt.milliseconds))))
        let model = job.model?.split(separator: "/").last.map(String.init) ?? ""
        // Of several films the one that is still to be had.
        let asset = films.first { $0.asset.kind == .video && $0.state != .saved } ?? films.first
        let rest = JobView.details(job) + [asset.map { FilmWords.row($0, now) }].compactMap(\.self)
        return [
            job.name, job.state.shown, job.instance, model, age, language.say(.spaced(rest)),
            id(job), job.note.map { "# \(TerminalText.sanitized($0, for: .name))" } ?? "",
        ]
    }

    private static func json(_ job: JobRecord, _ films: [AssetRecord]) -> RequestJSON {
        var object = JobView.json(job)
        if !films.isEmpty { object.set(.array(films.map(FilmWords.json)), at: ["films"]) }
        return object
    }

    private static func id(_ job: JobRecord) -> String {
        TerminalText.sanitized(job.receipt?.taskID ?? "", for: .name)
    }
}
