import TerminalOutput
import VideoProviderKit

/// Spans and times as a report has them: exact where that says something.
enum SpanText {
    /// `0.4 s`, `7.9 s`, then `0:12`, `2:14`.
    static func text(_ duration: Duration) -> String {
        let tenths = (duration.components.seconds * 10) + duration.components.attoseconds / 100_000_000_000_000_000
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : humanDuration(duration)
    }

    /// `11:01:09.070`, the time of day in UTC.
    static func clock(_ time: UpstreamTime) -> String {
        let text = time.description
        guard let mark = text.firstIndex(of: "T") else { return text }
        return String(text[text.index(after: mark)...].filter { $0 != "Z" })
    }

    /// `2026-11-21 11:01:09`, in UTC.
    static func moment(_ time: UpstreamTime) -> String {
        time.description.replacing("T", with: " ").prefix { $0 != "." && $0 != "Z" }.description
    }
}
