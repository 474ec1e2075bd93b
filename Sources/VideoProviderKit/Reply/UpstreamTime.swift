/// A point in time as a server reported it, in milliseconds since 1970-01-01 UTC.
public struct UpstreamTime: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since the epoch.
    public var milliseconds: Int64

    /// Takes milliseconds since the epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Takes seconds or milliseconds, told apart by size: 1e11 seconds lie in the year 5138.
    public init?(upstreamNumber number: Double) {
        let milliseconds = number >= 1e11 ? number : number * 1000
        guard milliseconds.isFinite, abs(milliseconds) < 1e15 else { return nil }
        self.milliseconds = Int64(milliseconds.rounded())
    }

    /// Reads `2025-10-06T15:10:26.875729Z`, with any offset; a time without one is taken as UTC.
    public init?(iso8601 text: String) {
        let utf8 = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= utf8.count, utf8[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return utf8[range].reduce(0) { $0 * 10 + Int($1) - 48 }
        }
        guard utf8.count >= 19, utf8[4] == 45, utf8[7] == 45, utf8[10] == 84 || utf8[10] == 32, utf8[13] == 58,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), minute < 60, let second = number(17..<19)
        else { return nil }
        var position = 19
        var fraction = 0.0
        if position < utf8.count, utf8[position] == 46 {
            var scale = 0.1
            position += 1
            while position < utf8.count, (48...57).contains(utf8[position]) {
                fraction += Double(utf8[position] - 48) * scale
                scale /= 10
                position += 1
            }
        }
        var offset = 0
        if position < utf8.count, utf8[position] == 43 || utf8[position] == 45 {
            let sign = utf8[position] == 43 ? 1 : -1
            let hasColon = position + 3 < utf8.count && utf8[position + 3] == 58
            guard let hours = number(position + 1..<position + 3) else { return nil }
            let minutes = number(position + (hasColon ? 4 : 3)..<position + (hasColon ? 6 : 5)) ?? 0
            offset = sign * (hours * 60 + minutes)
        } else if position < utf8.count, utf8[position] != 90 {
            return nil
        }
        guard let seconds = Self.seconds(year, month, day, hour, minute - offset, second) else { return nil }
        milliseconds = seconds * 1000 + Int64((fraction * 1000).rounded())
    }

    /// Reads an HTTP date in the preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    public init?(httpDate text: String) {
        let parts = text.split { " :".contains($0) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2])), let hour = Int(parts[4]),
            let minute = Int(parts[5]), let second = Int(parts[6]), (1900...9999).contains(year),
            let seconds = Self.seconds(year, month + 1, day, hour, minute, second)
        else { return nil }
        milliseconds = seconds * 1000
    }

    /// Orders by time.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// ISO 8601 in UTC, with milliseconds: `2025-10-06T15:13:41.142Z`.
    public var description: String {
        let days = Int((Double(milliseconds) / 86_400_000).rounded(.down))
        let rest = Int(milliseconds) - days * 86_400_000
        let (year, month, day) = Self.civil(days)
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        let time = "\(padded(rest / 3_600_000)):\(padded(rest / 60000 % 60)):\(padded(rest / 1000 % 60))"
        return "\(date)T\(time).\(padded(rest % 1000, 3))Z"
    }

    private static func seconds(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        _ second: Int
    )
        -> Int64?
    {
        guard (1...12).contains(month), (1...31).contains(day), (0...24).contains(hour), (0...60).contains(second)
        else { return nil }
        return Int64(days(year, month, day)) * 86400 + Int64(hour * 3600 + minute * 60 + second)
    }

    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days from civil and back.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
