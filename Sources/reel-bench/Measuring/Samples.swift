/// Measured values of one thing.
struct Samples {
    private(set) var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var median: Double { quantile(0.5) }
    var minimum: Double { values.min() ?? 0 }
    var maximum: Double { values.max() ?? 0 }

    func quantile(_ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }

    /// `12.3 (11.8–14.0) ms`.
    func summary(_ unit: String) -> String {
        "\(Self.text(median)) (\(Self.text(minimum))–\(Self.text(maximum))) \(unit)"
    }

    /// A number with three digits that mean something.
    static func text(_ value: Double) -> String {
        let scale: Double = value >= 100 ? 1 : value >= 10 ? 10 : value >= 1 ? 100 : 1000
        let rounded = (value * scale).rounded() / scale
        return scale == 1 ? String(Int(rounded)) : String(rounded)
    }
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
    var seconds: Double { self / .seconds(1) }
}

/// Prints one row a program, with the ratio to the first of them.
enum Rows {
    /// A row for each program, with its 95th percentile.
    static func showTail(_ programs: [Specification], _ samples: [Samples]) {
        let rows = zip(programs, samples).map { program, samples in
            (program.label, samples, ", p95 \(Samples.text(samples.quantile(0.95)))")
        }
        show(rows, unit: "ms")
    }

    static func show(_ rows: [(label: String, samples: Samples, note: String)], unit: String) {
        guard let first = rows.first?.samples.median else { return }
        for row in rows {
            let ratio = row.samples.median > 0 ? first / row.samples.median : 0
            let relation = row.label == rows.first?.label ? "" : "  \(rows[0].label)/it = \(Samples.text(ratio))"
            let padding = String(repeating: " ", count: max(1, 34 - row.label.count))
            Files.print("  \(row.label)\(padding)\(row.samples.summary(unit))\(row.note)\(relation)")
        }
    }
}
