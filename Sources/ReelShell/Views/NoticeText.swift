import JobEngine
import Journal
import TerminalOutput
import VideoProviderKit

/// What is told above the prompt about jobs that go on in the background.
///
/// Each line begins `job jN`.
enum NoticeText {
    /// The lines for an event under the setting `notices`; empty when it is not told.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - success: the earlier success whose film this event is about.
    ///   - notices: `all`, `final` or `off`.
    ///   - lifetimes: what the vendor says about links.
    /// - Returns: whole lines.
    static func lines(_ event: JobEvent, success: JobEvent?, notices: String, lifetimes: [AssetLifetime]) -> [Message] {
        guard notices != "off" else { return [] }
        switch event.kind {
        case .state:
            return event.job.state.isTerminal || notices == "all" ? [ended(event.job, event.exchange)] : []
        case .saved(let film):
            return [ended(success?.job ?? event.job, success?.exchange, film, lifetimes)]
        case .fetchFailed:
            let failed: Message = "job \(EventView.line(event))"
            return (success.map { [ended($0.job, $0.exchange)] } ?? []) + [failed]
        case .paused(let reason, let fault):
            guard let names = names(event) else { return [] }
            let (why, onward) = (JobView.words(reason, fault), JobView.onward(event.job, reason))
            return [
                names.isMany
                    ? "\(names.text) are not asked about any more: \(why); \(onward) goes on"
                    : "\(names.text) is not asked about any more: \(why); \(onward) goes on"
            ]
        case .resumed:
            guard let names = names(event) else { return [] }
            return [names.isMany ? "\(names.text) are asked about again" : "\(names.text) is asked about again"]
        case .unmapped, .unreadable, .unanswered, .unstored, .candidates, .linkRefused:
            return ["job \(EventView.line(event))"]
        case .progress, .retry:
            return notices == "all" ? ["job \(EventView.line(event))"] : []
        case .submitted, .unconfirmed:
            return []
        }
    }

    /// `job j2 and 999 others`; nil when another notice speaks for this job.
    private static func names(_ event: JobEvent) -> (text: Message, isMany: Bool)? {
        switch event.crowd {
        case .alone: return ("job \(event.job.name)", false)
        case .first(of: let count):
            return (
                count == 2 ? "job \(event.job.name) and 1 other" : "job \(event.job.name) and \(count - 1) others",
                true
            )
        case .further: return nil
        }
    }

    /// `job j2 has not changed for 5:00 (running InProgress); it is polled on`, without the first word.
    static func stalled(_ job: JobRecord, for time: Duration) -> Message {
        let word = job.word.map { " " + TerminalText.words($0) } ?? ""
        let state: Message = "\(StateWords.said(job.state))\(word)"
        return "\(job.name) has not changed for \(humanDuration(time)) (\(state)); it is polled on"
    }

    /// `job j3 is not saved, its link has 5 min left: fetch j3`, without the first word.
    static func link(_ job: String, _ notice: LinkLife.Notice) -> Message {
        switch notice {
        case .half(let left), .last(let left):
            "\(job) is not saved, and its link has \(DurationText.said(left)) left: fetch \(job)"
        case .over:
            "\(job) was not saved while its link lived; fetch \(job) asks for a new one"
        }
    }

    /// `job j2 succeeded after 0:12, saved j2.mp4 4.2 MiB (link about 10 min, docs also say 1 h), r9`.
    private static func ended(
        _ job: JobRecord,
        _ exchange: Int?,
        _ film: SavedFilm? = nil,
        _ lifetimes: [AssetLifetime] = [],
    ) -> Message {
        var text: Message = "job \(job.name) \(StateWords.said(job.state))"
        if let start = job.submittedAt, let end = job.finishedAt {
            text += " after \(humanDuration(.milliseconds(end.milliseconds - start.milliseconds)))"
        }
        if let fault = job.fault, job.state != .succeeded {
            text += ": \(FaultWords.reason(fault))"
        }
        if let film {
            text += ", saved \(film.path) \(humanBytes(film.size))"
            if let expiry = film.linkExpiresAt { text += " (\(link(expiry, lifetimes)))" }
        }
        let last: Message = exchange.map { ", r\($0)" } ?? ""
        return text + last
    }

    private static func link(_ expiry: UpstreamTime, _ lifetimes: [AssetLifetime]) -> Message {
        let left = Duration.milliseconds(max(0, expiry.milliseconds - LocalClock.now.milliseconds))
        let others = Set(lifetimes.compactMap(\.duration)).sorted().dropFirst()
        let also = Message.list(others.map(DurationText.said))
        let about = DurationText.said(left)
        return others.isEmpty ? "link about \(about)" : "link about \(about), docs also say \(also)"
    }
}
