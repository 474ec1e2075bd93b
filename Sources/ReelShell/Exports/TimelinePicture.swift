import Journal
import TerminalOutput
import VideoProviderKit

/// A job's life as a picture: a bar a step, a mark a poll, the download, and the link's life behind it.
struct TimelinePicture: Sendable {
    /// Where it is shown; a phone has a drawing of its own, since a scaled one could not be read there.
    enum Kind: String, Sendable {
        case wide, narrow
    }

    private static let row = 34.0
    private static let top = 34.0

    private struct Lane {
        var label: String
        var color: String
        var start: Double
        var end: Double
        var title: String
    }

    private let dossier: JobDossier
    private let kind: Kind
    private let width: Double
    private let left: Double
    private let right: Double
    private let start: Int64
    private let end: Int64

    init(_ dossier: JobDossier, _ kind: Kind) {
        self.dossier = dossier
        self.kind = kind
        (width, left, right) = kind == .wide ? (960, 132, 40) : (360, 92, 14)
        let steps = dossier.steps
        start = steps.first?.start.milliseconds ?? dossier.job.createdAt.milliseconds
        end = max(steps.map(\.end.milliseconds).max() ?? start, start + 1000)
    }

    /// An `svg` element that needs nothing from elsewhere.
    var svg: String {
        let lanes = lanes
        let height = Self.top + Double(lanes.count) * Self.row + 62
        var out = HTMLWriter()
        out.raw(
            "<svg class=\"timeline \(kind.rawValue)\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=img aria-label=\"\(HTMLText.escaped(summary))\" xmlns=\"http://www.w3.org/2000/svg\">"
        )
        grid(&out, height)
        for (index, lane) in lanes.enumerated() { bar(lane, Self.top + Double(index) * Self.row, &out) }
        polls(Self.top + Double(lanes.count) * Self.row + 10, &out)
        out.raw("</svg>")
        return out.text
    }

    private var summary: String {
        dossier.steps.map { "\($0.word ?? $0.state) \(SpanText.text($0.duration))" }.joined(separator: ", ")
    }

    private var lanes: [Lane] {
        dossier.steps.map { step in
            var label = step.word ?? step.state
            let longest = kind == .wide ? 14 : 11
            if label.count > longest { label = "\(label.prefix(longest - 1))…" }
            let polls = step.polls > 0 ? ", \(step.polls) polls" : ""
            return Lane(
                label: label,
                color: Self.color(step.state),
                start: Double(step.start.milliseconds),
                end: Double(max(step.end.milliseconds, step.start.milliseconds)),
                title: "\(step.word ?? step.state) (\(step.state)) \(SpanText.text(step.duration))\(polls)"
            )
        }
    }

    static func color(_ state: String) -> String {
        switch state {
        case "submitted", "submitting": "var(--sent)"
        case "queued": "var(--queued)"
        case "running": "var(--running)"
        case "succeeded": "var(--good)"
        case "failed", "cancelled", "expired", "lost", "unmapped", "unconfirmed", "not accepted", "not saved":
            "var(--bad)"
        default: "var(--load)"
        }
    }

    private func x(_ time: Double) -> Double {
        let share = (time - Double(start)) / Double(end - start)
        return left + min(max(share, 0), 1) * (width - left - right)
    }

    private func grid(_ out: inout HTMLWriter, _ height: Double) {
        let span = Double(end - start) / 1000
        let step = Self.tick(span, marks: kind == .wide ? 7 : 4)
        var second = 0.0
        while second <= span {
            let place = Self.round(x(Double(start) + second * 1000))
            out.raw("<line class=grid x1=\"\(place)\" x2=\"\(place)\" y1=\"22\" y2=\"\(Int(height) - 30)\"/>")
            let text = humanDuration(.milliseconds(Int64(second * 1000)))
            out.raw("<text class=tick x=\"\(place)\" y=\"14\" text-anchor=middle>\(text)</text>")
            second += step
        }
    }

    /// A round distance that gives at most so many marks.
    private static func tick(_ span: Double, marks: Double) -> Double {
        let steps: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400]
        return steps.first { span / $0 <= marks } ?? span / (marks - 1)
    }

    private func bar(_ lane: Lane, _ y: Double, _ out: inout HTMLWriter) {
        let (from, to) = (x(lane.start), x(lane.end))
        let length = max(to - from, 5)
        out.raw(
            "<text class=lane x=\"\(Int(left) - 12)\" y=\"\(Self.round(y + 17))\" text-anchor=end>\(HTMLText.escaped(lane.label))</text>"
        )
        out.raw(
            "<rect x=\"\(Self.round(from))\" y=\"\(Self.round(y + 2))\" width=\"\(Self.round(length))\" height=\"22\" rx=\"5\" style=\"fill:\(lane.color)\"><title>\(HTMLText.escaped(lane.title))</title></rect>"
        )
        guard lane.end > lane.start else { return }
        let text = SpanText.text(.milliseconds(Int64(lane.end - lane.start)))
        // Inside the bar where it is long enough, else behind it, else before it.
        if length > 60 {
            // White on yellow cannot be read.
            let shade = lane.color == Self.color("queued") ? "\"inside dark\"" : "inside"
            out.raw("<text class=\(shade) x=\"\(Self.round(from + 9))\" y=\"\(Self.round(y + 17.5))\">\(text)</text>")
        } else if to < width - (kind == .wide ? 90 : 60) {
            out.raw(
                "<text class=behind x=\"\(Self.round(from + length + 7))\" y=\"\(Self.round(y + 17.5))\">\(text)</text>"
            )
        } else {
            out.raw(
                "<text class=behind x=\"\(Self.round(from - 7))\" y=\"\(Self.round(y + 17.5))\" text-anchor=end>\(text)</text>"
            )
        }
    }

    /// A mark a call on a line of its own: round for an answer, a cross for a failure.
    private func polls(_ y: Double, _ out: inout HTMLWriter) {
        out.raw(
            "<text class=lane x=\"\(Int(left) - 12)\" y=\"\(Self.round(y + 10))\" text-anchor=end>calls</text>"
        )
        out.raw(
            "<line class=base x1=\"\(Int(left))\" x2=\"\(Int(width - right))\" y1=\"\(Self.round(y + 6))\" y2=\"\(Self.round(y + 6))\"/>"
        )
        for exchange in dossier.exchanges {
            let place = Self.round(x(Double(exchange.startedAt.milliseconds)))
            let words =
                "\(exchange.name) \(exchange.call.rawValue) \(exchange.status.map(String.init) ?? "no answer"), \(exchange.timing.total.microseconds / 1000) ms"
            let title = "<title>\(HTMLText.escaped(words))</title>"
            if exchange.isError {
                let (left, right, low, high) = (place - 5, place + 5, Self.round(y + 1), Self.round(y + 11))
                out.raw(
                    "<path class=cross d=\"M\(left) \(low)L\(right) \(high)M\(left) \(high)L\(right) \(low)\">\(title)</path>"
                )
            } else {
                out.raw(
                    "<circle cx=\"\(place)\" cy=\"\(Self.round(y + 6))\" r=\"4.5\" class=\"\(exchange.call.rawValue)\">\(title)</circle>"
                )
            }
        }
    }

    private static func round(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
