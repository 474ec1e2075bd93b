import Journal
import LosslessJSON
import Synchronization
import TerminalOutput
import VideoProviderKit

/// `timeline J`: how a job went, polls that said the same as one line, the raw body at each change.
enum TimelineCommand {
    static func run(_ call: CommandCall, _ runner: CommandRunner) async throws(ShellFailure) {
        try call.atMost(1)
        let job = try await job(call.words.first, runner.session)
        let dossier = try await JobDossier.gather(job, runner.session)
        let steps = dossier.steps
        guard !steps.isEmpty else {
            return runner.output.show(["\(job.name) has no exchanges"], json: ["job": .string(job.name), "steps": []])
        }
        let style = runner.output.style
        let rows = steps.map { row($0, style, runner.output.language) }
        var lines = Columns.aligned(rows, width: style.isTerminal ? runner.output.width : nil, flexible: [4])
        if call.has("bodies") { lines = withBodies(lines, steps, dossier, style) }
        runner.output.show(lines, json: json(dossier, steps))
        let last = steps.last?.exchanges?.upperBound
        runner.session.state.withLock { $0.printed(last) }
    }

    /// The job named, or the one that an exchange belongs to.
    private static func job(_ word: String?, _ session: ShellSession) async throws(ShellFailure) -> JobRecord {
        let references = References(session: session)
        guard let word, References.isExchange(word) else { return try await references.job(word) }
        let owner = try await references.exchange(word).job
        let job = try await session.reading { (journal) throws(JournalError) -> JobRecord? in
            guard let owner else { return nil }
            return try await journal.job(id: owner)
        }
        guard let job, job.number != nil else { return try await references.job(word) }
        return job
    }

    private static func row(_ step: JobDossier.Step, _ style: OutputStyle, _ language: Language) -> [String] {
        var state = step.state
        if let progress = step.progress, progress.upperBound > 0, !step.isTerminal {
            func percent(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
            let (low, high) = (percent(progress.lowerBound), percent(progress.upperBound))
            state += low == high ? " \(low)" : " \(low)..\(high)"
        }
        let more = [step.retries, step.note].compactMap(\.self).map(language.say)
        state = ([state] + more).joined(separator: ", ")
        return [
            LocalTime.text(step.start), step.word.map { TerminalText.words($0) } ?? language.say(step.state),
            step.polls > 1 ? "x\(step.polls)" : "",
            step.duration > .zero ? SpanText.text(step.duration) : "",
            TerminalText.words(step.word == nil ? more.reversed().joined(separator: ", ") : state),
            name(step.exchanges),
        ]
    }

    static func name(_ range: ClosedRange<Int>?) -> String {
        guard let range else { return "" }
        return range.count == 1 ? "r\(range.lowerBound)" : "r\(range.lowerBound)..r\(range.upperBound)"
    }

    private static func withBodies(
        _ lines: [String],
        _ steps: [JobDossier.Step],
        _ dossier: JobDossier,
        _ style: OutputStyle
    ) -> [String] {
        zip(lines, steps).flatMap { line, step -> [String] in
            let body = step.exchanges.flatMap { dossier.exchange($0.lowerBound)?.replyBody } ?? []
            guard !body.isEmpty else { return [line] }
            let shown =
                JSONView.layout(body, style, isFull: false) ?? (style.isTerminal ? TerminalText.safe(body) : body)
            return [line]
                + String(decoding: shown, as: UTF8.self).split(separator: "\n").map { "    \($0)" }
        }
    }

    private static func json(_ dossier: JobDossier, _ steps: [JobDossier.Step]) -> RequestJSON {
        [
            "job": .string(dossier.job.name),
            "steps": .array(
                steps.map { step in
                    var object: RequestJSON = [
                        "start": .string(step.start.description), "end": .string(step.end.description),
                        "state": .string(step.state), "polls": .int(step.polls), "retried": .int(step.retried),
                        "duration_ms": .milliseconds(step.duration),
                    ]
                    if let word = step.word { object.set(.string(word), at: ["word"]) }
                    if let note = step.note { object.set(.string(note.description), at: ["note"]) }
                    if let range = step.exchanges {
                        object.set(.string("r\(range.lowerBound)"), at: ["first"])
                        object.set(.string("r\(range.upperBound)"), at: ["last"])
                        if let body = dossier.exchange(range.lowerBound)?.replyBody {
                            object.set(.body(body), at: ["body"])
                        }
                    }
                    return object
                }
            ),
        ]
    }
}
