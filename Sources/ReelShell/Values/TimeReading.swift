import JobEngine
import Journal
import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Points in time as people type them for `--since` and `--until`.
enum TimeReading {
    /// `10m` ago, `12:30` today, `2026-05-04`, `2026-05-04 12:30`, or ISO 8601; local unless it says otherwise.
    static func read(_ text: String, now: UpstreamTime) -> UpstreamTime? {
        if let ago = DurationText.parse(text), text.contains(where: \.isLetter) {
            return UpstreamTime(milliseconds: now.milliseconds - ago.microseconds / 1000)
        }
        if text.contains("Z") || text.contains("+"), let time = UpstreamTime(iso8601: text) { return time }
        let words = text.split { $0 == " " || $0 == "T" }.map(String.init)
        var parts = LocalTime.parts(now)
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (0, 0, 0)
        for word in words {
            let numbers = word.split(separator: word.contains(":") ? ":" : "-").map { Int32($0) }
            guard numbers.allSatisfy({ $0 != nil }), let first = numbers.first ?? nil else { return nil }
            let rest = numbers.dropFirst().compactMap(\.self)
            if word.contains(":"), (1...2).contains(rest.count), (0..<24).contains(first) {
                (parts.tm_hour, parts.tm_min, parts.tm_sec) = (first, rest[0], rest.count > 1 ? rest[1] : 0)
            } else if word.contains("-"), rest.count == 2, first > 1970, (1...12).contains(rest[0]),
                (1...31).contains(rest[1])
            {
                (parts.tm_year, parts.tm_mon, parts.tm_mday) = (first - 1900, rest[0] - 1, rest[1])
            } else {
                return nil
            }
        }
        guard !words.isEmpty else { return nil }
        parts.tm_isdst = -1
        return UpstreamTime(milliseconds: Int64(mktime(&parts)) * 1000)
    }
}

extension CommandCall {
    /// A point in time given to a flag.
    func time(_ flag: String) throws(ShellFailure) -> UpstreamTime? {
        guard let text = value(flag) else { return nil }
        if let time = TimeReading.read(text, now: LocalClock.now) { return time }
        throw ShellFailure(
            "--\(flag) cannot be \"\(text)\"",
            why: "a time is 10m (ago), 12:30, 2026-05-04, or ISO 8601",
            tries: ["\(spec.name) --\(flag) 10m"]
        )
    }
}
