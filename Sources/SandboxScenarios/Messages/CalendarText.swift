/// Dates as the vendors write them, from milliseconds since 1970 and always in UTC.
package struct CalendarText {
    private let year: Int
    private let month: Int
    private let day: Int
    private let weekday: Int
    private let secondOfDay: Int
    private let millisecond: Int

    /// The parts of a moment, by the civil-from-days method for the Gregorian calendar.
    package init(milliseconds: Int64) {
        let days = Int(milliseconds / 86_400_000)
        let rest = Int(milliseconds % 86_400_000)
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = (days + 4) % 7
        secondOfDay = rest / 1000
        millisecond = rest % 1000
    }

    /// For example `2025-10-06T15:10:26.875000Z`.
    package var iso: String { "\(year)-\(two(month))-\(two(day))T\(clock).\(three(millisecond))000Z" }

    /// The form of a `Date` header, RFC 9110 5.6.7.
    package var http: String {
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(weekdays[weekday]), \(two(day)) \(months[month - 1]) \(year) \(clock) GMT"
    }

    /// Fourteen digits, for example `20251006151026`.
    package var digits: String {
        "\(year)\(two(month))\(two(day))\(two(secondOfDay / 3600))\(two(secondOfDay / 60 % 60))\(two(secondOfDay % 60))"
    }

    private var clock: String { "\(two(secondOfDay / 3600)):\(two(secondOfDay / 60 % 60)):\(two(secondOfDay % 60))" }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private func three(_ value: Int) -> String { value < 10 ? "00\(value)" : value < 100 ? "0\(value)" : "\(value)" }
}
