import JobEngine
import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `fetch`: save a film, checked and compared with what was asked.
enum FetchCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let session = runner.session
        if call.has("all") { return try await FetchAllCommand.run(call, runner) }
        let job = try await References(session: session).filmedJob(call.words.first)
        var options = FetchOptions()
        let file = call.value("o")
        let isStreamed = file == "-"
        if isStreamed, runner.output.style.isTerminal || runner.output.style.isJSON {
            throw ShellFailure(
                "a film is not written to the terminal",
                why: "-o - is for a pipe or a file",
                tries: ["fetch \(job.name) -o - > \(job.name).mp4"]
            )
        }
        if let file, !isStreamed {
            try LocalFiles.requireFolder(of: file)
            options.path = LocalFiles.expand(file)
        }
        options.replaces = call.has("force")
        let told = Mutex<(film: SavedFilm?, failure: (place: Int?, fault: Fault)?)>((nil, nil))
        await session.engine.fetchFilms(of: job, options) { place, result in
            switch result {
            case .failure(let fault): told.withLock { $0.failure = (place, fault) }
            case .success(let film):
                told.withLock { $0.film = $0.film ?? film }
                if !isStreamed || place != nil { show(film, of: job, runner) }
            }
        }
        let (film, failure) = told.withLock(\.self)
        if isStreamed, let film {
            runner.output.remark(lines(film, comparison(film, job, session), runner.output.language))
            try LocalFiles.pour(film.path, into: runner.output)
        }
        if let failure { throw await Self.failure(failure.fault, at: failure.place, job, file, session) }
        if options.path != nil {
            let others = await session.engine.otherFilms(of: job).count
            if others > 0 {
                runner.output.note("\(job.name) has more films (\(others)); fetch \(job.name) saves them all")
            }
        }
        if call.has("open"), let film { try await OpenCommand.open(film.path, runner) }
    }

    private static func failure(
        _ fault: Fault,
        at place: Int?,
        _ job: JobRecord,
        _ file: String?,
        _ session: ShellSession
    ) async -> ShellFailure {
        if fault.kind == .cancelled {
            return ShellFailure(interrupted: "interrupted; fetch \(job.name) goes on where it stopped")
        }
        var failure = await failure(fault, job, session)
        // -o and --force are for the first film; --all finds a free name for each.
        if fault.kind == .local { failure.tries = place == nil ? tries(fault, job, file) : ["fetch --all"] }
        return failure
    }

    /// What helps against a fault of this machine: --force is for the file that was named in this call alone.
    private static func tries(_ fault: Fault, _ job: JobRecord, _ file: String?) -> [String] {
        if fault.message.contains(" exists; ") {
            return ["fetch \(job.name)\(file.map { " -o \(Quoting.word($0))" } ?? "") --force"]
        }
        if let suggestion = fault.suggestion { return [suggestion] }
        guard !job.state.isTerminal else { return ["jobs"] }
        return [job.polling == .active ? "wait \(job.name)" : "resume \(job.name)"]
    }

    static func failure(_ fault: Fault, _ job: JobRecord, _ session: ShellSession) async -> ShellFailure {
        var failure = await session.failure(fault, instance: job.instance)
        failure.what = "\(job.name) was not saved: \(failure.what)"
        return failure
    }

    /// Shows a film that is saved beside what was asked for.
    static func show(_ film: SavedFilm, of job: JobRecord, _ runner: CommandRunner) {
        let comparison = comparison(film, job, runner.session)
        runner.output.show(lines(film, comparison, runner.output.language), json: json(film, job, comparison))
    }

    private static func comparison(_ film: SavedFilm, _ job: JobRecord, _ session: ShellSession) -> FilmComparison? {
        let descriptor = InstanceName(job.instance).flatMap { session.instances[$0]?.descriptor }
        return film.film.map { FilmComparison(DraftCoding.draft(job.draft), descriptor, $0) }
    }

    private static func lines(_ film: SavedFilm, _ comparison: FilmComparison?, _ language: Language) -> [String] {
        var parts = [film.path, humanBytes(film.size), "sha256 \(Hex.encode(film.sha256.prefix(4)))..."]
        let facts = [film.film?.summary, comparison?.text.map(language.say)].compactMap(\.self).joined(separator: " ")
        if !facts.isEmpty { parts.append(facts) }
        return [parts.joined(separator: "  ")]
    }

    private static func json(_ film: SavedFilm, _ job: JobRecord, _ comparison: FilmComparison?) -> RequestJSON {
        var object: RequestJSON = [
            "job": .string(job.name), "path": .string(film.path), "bytes": .number(String(film.size)),
            "sha256": .string(Hex.encode(film.sha256)),
        ]
        if let width = film.film?.width { object.set(.number(String(width)), at: ["width"]) }
        if let height = film.film?.height { object.set(.number(String(height)), at: ["height"]) }
        if let seconds = film.film?.seconds { object.set(.number(String(seconds)), at: ["seconds"]) }
        if let fps = film.film?.fps { object.set(.number(String(fps)), at: ["fps"]) }
        if let comparison, comparison.text != nil { object.set(.bool(comparison.isAsAsked), at: ["as_asked"]) }
        return object
    }
}
