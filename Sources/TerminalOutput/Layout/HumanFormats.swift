/// A size for people: `812 B`, `4.2 MiB`; from 100 units on without a decimal.
package func humanBytes(_ count: some BinaryInteger) -> String {
    var value = Double(count)
    var unit = 0
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    // 1023.95 would be rounded to "1024.0": it is one of the next unit.
    while value.magnitude >= 1023.95, unit < units.count - 1 {
        value /= 1024
        unit += 1
    }
    guard unit > 0 else { return "\(count) B" }
    if value.magnitude >= 99.95 {
        return "\(Int(value.rounded())) \(units[unit])"
    }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths.magnitude % 10) \(units[unit])"
}

/// A time for people: `0:12`, `2:14`, `1:02:03`; parts of a second are dropped.
package func humanDuration(_ duration: Duration) -> String {
    let total = duration.components.seconds
    let sign = total < 0 ? "-" : ""
    let seconds = Int(total.magnitude)
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let tail = twoDigits(seconds % 60)
    return hours > 0 ? "\(sign)\(hours):\(twoDigits(minutes)):\(tail)" : "\(sign)\(minutes):\(tail)"
}

private func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
