import Journal
import TerminalOutput
import VideoProviderKit

/// The rows of `watch --in-place`: a row a job, drawn anew whenever something changes.
struct WatchTable: Sendable {
    /// A job with what is known besides its record.
    struct Entry: Sendable {
        var job: JobRecord
        var outlook: JobOutlook?
        /// The link to its film, or where that was saved.
        var film: AssetRecord?
        /// The last poll failed so.
        var trouble: Message?
        /// What tells it from the others of a set.
        var label = ""
    }

    /// The cells that a bar needs at least, and takes at most.
    private static let barColumns = 12...32

    /// The lines, each narrower than `width`.
    ///
    /// - Returns: nil when they do not fit into the width without losing what matters.
    static func lines(
        _ entries: [Entry],
        width: Int,
        color: ColorMode,
        language: Language,
        now: UpstreamTime,
    ) -> [String]? {
        for label in Self.labelColumns {
            let rows = entries.map { cells($0, label, now, language) }
            if let lines = lines(rows, width: width, color: color) { return lines }
        }
        return nil
    }

    /// How much of a label is shown: less where the window is narrow.
    private static let labelColumns = [40, 16, 8]

    private static func lines(_ rows: [Cells], width: Int, color: ColorMode) -> [String]? {
        let widths = (0..<6).map { column in rows.map { DisplayWidth.columns(of: $0.texts[column]) }.max() ?? 0 }
        // Two blanks between columns that hold something, and the last column of the terminal stays free.
        let used = widths.filter { $0 > 0 }
        let needed = used.reduce(0, +) + 2 * max(0, used.count - 1)
        guard needed < width else { return nil }
        let room = width - 1 - needed - 2
        let bar = rows.contains { $0.fraction != nil } && room >= Self.barColumns.lowerBound
        let barWidth = bar ? min(room, Self.barColumns.upperBound) : 0
        return rows.map { row in
            var line = ""
            for (column, text) in row.texts.enumerated() where widths[column] > 0 {
                // The bar stands before the numbers it shows.
                if column == 4, barWidth > 0 { line += self.bar(row.fraction, barWidth) + "  " }
                let padded = DisplayWidth.padded(text, to: widths[column])
                let style = column == 2 ? row.style : nil
                line += (style.map { $0.apply(to: padded, color) } ?? padded) + "  "
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private struct Cells {
        var texts: [String]
        var fraction: Double?
        var style: TextStyle?
    }

    /// Name, label, state, word and time, progress, what is to come.
    private static func cells(_ entry: Entry, _ label: Int, _ now: UpstreamTime, _ language: Language) -> Cells {
        let job = entry.job
        let start = job.submittedAt ?? job.createdAt
        let time = humanDuration(start.distance(to: job.finishedAt ?? now))
        let word = job.word.map { elide(TerminalText.words($0), maxColumns: 24) } ?? ""
        return Cells(
            texts: [
                job.name, elide(TerminalText.sanitized(entry.label, for: .name), maxColumns: label), job.state.shown,
                word.isEmpty ? time : "\(word) \(time)", JobView.progress(job) ?? "",
                language.say(rest(entry, now)),
            ],
            fraction: job.state.isTerminal ? nil : job.progress,
            style: style(job.state)
        )
    }

    private static func rest(_ entry: Entry, _ now: UpstreamTime) -> Message {
        let job = entry.job
        if job.state == .succeeded { return entry.film.map { FilmWords.row($0, now, isShort: true) } ?? "" }
        if let fault = job.fault, job.state.isTerminal {
            return Message(verbatim: elide(FaultWords.reason(fault).description, maxColumns: 40))
        }
        guard job.state.isPolled else { return "" }
        if case .paused(let reason) = job.polling { return "not asked: \(JobView.words(reason))" }
        var parts: [Message] = []
        if let position = job.queuePosition { parts.append("place \(position)") }
        if let stall = entry.outlook?.stall(at: now) { parts.append("stalled \(humanDuration(stall))") }
        if let rest = entry.outlook?.estimate.rest(since: job.submittedAt, at: now) { parts.append(rest.text) }
        if let trouble = entry.trouble { parts.append(trouble) }
        return .spaced(parts)
    }

    private static func bar(_ fraction: Double?, _ columns: Int) -> String {
        guard let fraction else { return String(repeating: " ", count: columns) }
        let cells = columns - 2
        let filled = Int((Double(cells) * min(max(fraction, 0), 1)).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "]"
    }

    private static func style(_ state: JobState) -> TextStyle? {
        switch state {
        case .succeeded: .success
        case .failed, .cancelled, .expired, .lost: .error
        case .submitUnknown: .warning
        case .running: .emphasis
        default: nil
        }
    }
}
