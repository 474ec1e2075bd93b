import VideoProviderKit

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Times of day in the user's own zone.
enum LocalTime {
    /// `12:01:07`.
    static func text(_ time: UpstreamTime) -> String {
        let parts = parts(time)
        return "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
    }

    /// `12:01:07` for a time of today, `05-04 12:01:07` for one of this year, with the year for others.
    static func stamp(_ time: UpstreamTime, now: UpstreamTime) -> String {
        let (then, today) = (parts(time), parts(now))
        if then.tm_year == today.tm_year, then.tm_yday == today.tm_yday { return text(time) }
        let day = "\(padded(then.tm_mon + 1))-\(padded(then.tm_mday)) \(text(time))"
        return then.tm_year == today.tm_year ? day : "\(then.tm_year + 1900)-\(day)"
    }

    /// The calendar's parts.
    static func parts(_ time: UpstreamTime) -> tm {
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return parts
    }

    private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
