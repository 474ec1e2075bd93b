/// A bar for something that is measured in a fraction.
package enum ProgressBar {
    /// `[#####.....] 50%`, taking exactly `columns`; only the percentage when that leaves no room for a bar.
    ///
    /// Plain characters, because a screen reader and a log file get it too.
    package static func line(fraction: Double, columns: Int) -> String {
        let bounded = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        // Never "100%" before it is all there.
        let percentage = "\(Int((bounded * 100).rounded(.down)))%"
        let label = String(repeating: " ", count: max(0, 4 - percentage.count)) + percentage
        let cells = columns - label.count - 3
        guard cells >= 5 else { return percentage }
        let filled = Int((Double(cells) * bounded).rounded(.down))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled)
        return "[\(bar)] \(label)"
    }
}
