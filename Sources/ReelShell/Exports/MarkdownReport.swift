import JobEngine
import Journal
import LosslessJSON
import OrderedCollections
import TerminalOutput
import VideoProviderKit

/// Jobs as Markdown: the timeline, each distinct reply, the calls.
struct MarkdownReport: Sendable {
    let dossiers: [JobDossier]
    let others: [ExchangeRecord]
    let filter: ShareFilter

    var bytes: [UInt8] {
        var lines: [String] = []
        for dossier in dossiers { lines += job(dossier) }
        if !others.isEmpty {
            lines += ["# Other calls", ""] + calls(others)
            for reply in DistinctReply.among(others) { lines += self.reply(reply) }
        }
        lines.append("Made by reel \(Reel.version); times are UTC; keys, signed links and personal fields are cut.")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func job(_ dossier: JobDossier) -> [String] {
        let job = dossier.job
        let times = JobTimes(dossier)
        var lines = ["# \(job.name): \(cell(job.instance)) \(job.state.shown)", ""]
        lines.append("- task: `\(code(job.receipt?.taskID ?? "none"))`")
        if let model = job.model { lines.append("- model: `\(code(model))`") }
        let spans = [times.queue.map { "queue \(SpanText.text($0))" }, times.run.map { "run \(SpanText.text($0))" }]
        let claim = times.claim.map { "vendor: \(cell($0.description))" }
        let told = (spans + [claim]).compactMap(\.self)
        if !told.isEmpty { lines.append("- \(told.joined(separator: ", "))") }
        if let fault = job.fault, job.state != .succeeded {
            lines.append("- why: \(cell(FaultWords.why(fault) ?? fault.kind.rawValue))")
        }
        for (name, value) in DraftCoding.draft(job.draft).values {
            lines.append("- \(cell(name.rawValue)): \(cell(value.text))")
        }
        lines += ["", "## Timeline", "", "| from | word | taken for | lasted | polls | |", "|---|---|---|---|---|---|"]
        for step in dossier.steps {
            let note = [step.retries, step.note].compactMap(\.?.description)
            lines.append(
                "| \(step.start) | \(cell(step.word ?? "")) | \(step.state) | \(SpanText.text(step.duration)) | \(step.polls) | \(cell(note.joined(separator: ", "))) |"
            )
        }
        lines += ["", "## Calls", ""] + calls(dossier.exchanges) + ["## Replies", ""]
        for reply in DistinctReply.among(dossier.exchanges) { lines += self.reply(reply) }
        return lines
    }

    private func calls(_ exchanges: [ExchangeRecord]) -> [String] {
        ["| | time | call | status | ms | trace id |", "|---|---|---|---|---|---|"]
            + exchanges.map { exchange in
                let traces = exchange.traceIDs.map { "`\(code($0.value))`" }.joined(separator: " ")
                return
                    "| \(exchange.name) | \(exchange.startedAt) | \(exchange.call.rawValue) | \(exchange.status.map(String.init) ?? "-") | \(TimingCommand.ms(exchange.timing.total)) | \(traces) |"
            } + [""]
    }

    private func reply(_ reply: DistinctReply) -> [String] {
        let exchange = reply.first
        let body = filter.body(BodyBytes.reply(exchange))
        let shown = JSONView.layout(body, OutputStyle(isTerminal: true), isFull: false)
        let text = String(decoding: shown ?? Array(TerminalText.safe(Array(body.prefix(4096)))), as: UTF8.self)
        // A fence longer than any in the text, so that no reply can end it.
        var fence = "```"
        while text.contains(fence) { fence += "`" }
        return [
            "### \(reply.times): \(exchange.call.rawValue) \(exchange.status.map(String.init) ?? "no answer")", "",
            "\(fence)\(shown == nil ? "text" : "json")", text.hasSuffix("\n") ? String(text.dropLast()) : text, fence,
            "",
        ]
    }

    /// Text for a table or a line: no markup, no line ends.
    private func cell(_ text: String) -> String {
        let safe = TerminalText.sanitized(filter.text(text), for: .name)
        return safe.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
            .replacing("`", with: "\\`").replacing("*", with: "\\*").replacing("[", with: "\\[")
    }

    private func code(_ text: String) -> String {
        TerminalText.sanitized(filter.text(text), for: .name).replacing("`", with: "'").replacing("|", with: "\\|")
    }
}
