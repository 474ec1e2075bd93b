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
        var seconds = time_t(time.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
    }
}
