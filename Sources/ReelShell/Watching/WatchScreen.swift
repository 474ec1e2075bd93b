import JobEngine
import Journal
import LosslessJSON
import TerminalOutput
import VideoProviderKit

/// How jobs that are followed look: lines for what changes, or a table that is drawn again.
struct WatchScreen: Sendable {
    private let output: ShellOutput
    private let view: EventView
    private let shows: Watcher.Shows
    /// Whether the window has no room for the table at the moment; changes follow line by line as long.
    private var isCramped = false
    private var entries: [Int64: WatchTable.Entry] = [:]
    private var order: [Int64] = []
    private var lastTable: [String] = []
    private var lastWidth = 0
    private var lastLine = LocalClock.now
    private let labels: [Int64: String]

    /// Four times a second at most: faster nobody reads, and over a slow line it would be in the way of the keys.
    private static let repaint = Duration.milliseconds(250)
    /// Where nothing is drawn over, silence for this long is broken, or a screen reader's user would think it hangs.
    private static let longestSilence = Duration.seconds(60)

    init(output: ShellOutput, shows: Watcher.Shows, labels: [Int64: String] = [:]) {
        self.output = output
        self.labels = labels
        view = EventView(output: output)
        if case .inPlace = shows, !(output.style.isTerminal && output.style.canRedraw) || output.style.isJSON {
            self.shows = .changes
        } else {
            self.shows = shows
        }
    }

    /// Whether a table is what is shown now.
    private var hasTable: Bool { if case .inPlace = shows { !isCramped } else { false } }

    /// How often time has to be looked at.
    var tick: Duration {
        if case .inPlace = shows { return Self.repaint }
        return .seconds(1)
    }

    /// Takes a job that is to be followed.
    mutating func begin(_ job: JobRecord, _ outlook: JobOutlook, _ film: AssetRecord?, isOpen: Bool) {
        entries[job.id] = WatchTable.Entry(
            job: job,
            outlook: outlook,
            film: film,
            label: labels[job.id] ?? ""
        )
        order.append(job.id)
        switch shows {
        case .inPlace: break
        case .changes: line(of: job)
        case .ends: if !isOpen { line(of: job) }
        }
    }

    /// All jobs are there.
    mutating func finishBeginning() {
        if case .inPlace = shows { paint() }
    }

    /// Shows an event if it is worth it; true when it was.
    mutating func show(_ event: JobEvent, before: JobRecord?, film: AssetRecord?, isNewFault: Bool) -> Bool {
        var entry = entries[event.job.id] ?? WatchTable.Entry(job: event.job)
        entry.job = event.job
        entry.outlook?.take(event.job, at: event.time)
        entry.film = film ?? entry.film
        entry.trouble = nil
        if case .retry(let fault, let wait) = event.kind {
            let kind = Message(recognizing: fault.kind.rawValue)
            entry.trouble = "\(kind), again in \(wait.components.seconds + 1) s"
        }
        entries[event.job.id] = entry
        if hasTable { return showAbove(event) }
        if case .ends = shows, case .retry = event.kind, isNewFault { output.remark(EventView.line(event)) }
        let allChanges = if case .ends = shows { false } else { true }
        guard view.deserves(event, before: before, allChanges: allChanges) else { return false }
        view.show(event, entry.outlook)
        lastLine = LocalClock.now
        return true
    }

    /// What a row has no room for stands above the table.
    private mutating func showAbove(_ event: JobEvent) -> Bool {
        switch event.kind {
        case .unmapped, .fetchFailed, .paused, .unconfirmed, .unreadable, .unanswered, .unstored, .candidates,
            .linkRefused:
            view.show(event, nil)
        case .submitted, .state, .progress, .retry, .resumed, .saved: break
        }
        return event.job.state.isTerminal
    }

    /// Tells what only time brings: a stall, a sign of life, a table that counts on.
    mutating func passTime(_ open: [JobRecord]) {
        let now = LocalClock.now
        for job in open where entries[job.id]?.outlook?.takeStall(at: now) == true { stalled(job, now) }
        switch shows {
        case .inPlace: paint()
        case .changes where !output.style.canRedraw && !output.style.isJSON:
            guard lastLine.distance(to: now) >= Self.longestSilence else { return }
            for job in open { line(of: entries[job.id]?.job ?? job) }
        case .changes, .ends: break
        }
    }

    /// Leaves the screen as it is.
    mutating func end() {
        guard case .inPlace = shows else { return }
        paint()
        if !isCramped { output.live(nil) }
    }

    private mutating func line(of job: JobRecord) {
        let now = LocalClock.now
        let text: Message = "\(LocalTime.text(now)) \(EventView.line(job, entries[job.id]?.outlook, at: now))"
        if job.state.isTerminal {
            output.tell(text, json: JobView.json(job))
        } else {
            output.echo([text], json: JobView.json(job))
        }
        lastLine = now
    }

    private func stalled(_ job: JobRecord, _ now: UpstreamTime) {
        let time = entries[job.id]?.outlook?.unchangedSince.distance(to: now) ?? .zero
        output.event("stall", ["job": .string(job.name), "unchanged_s": .number(String(time.components.seconds))])
        output.remark("\(LocalTime.text(now)) \(NoticeText.stalled(job, for: time))")
    }

    private mutating func paint() {
        let table = WatchTable.lines(
            order.compactMap { entries[$0] },
            width: output.width,
            color: output.style.isColored ? .sixteen : .plain,
            language: output.language,
            now: LocalClock.now
        )
        guard let table, table.count < output.height else {
            // Too many jobs or too small a window: the log says the same in any size.
            guard !isCramped else { return }
            isCramped = true
            // What is left of the rows would be the old state beside the new one.
            lastTable = []
            output.live([])
            output.remark("the table does not fit into this window; changes follow line by line")
            for id in order { if let job = entries[id]?.job { line(of: job) } }
            return
        }
        isCramped = false
        // The terminal's rows were cut while it was narrower.
        guard table != lastTable || output.width != lastWidth else { return }
        (lastTable, lastWidth) = (table, output.width)
        output.live(table)
    }
}
