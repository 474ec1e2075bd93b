import Journal
import VideoProviderKit

/// One command as it was called.
struct CommandCall: Sendable {
    let spec: CommandSpec
    let arguments: [ParsedCommand.Argument]

    /// The words that are neither flags nor items.
    var words: [String] {
        arguments.compactMap { if case .word(let word) = $0 { word } else { nil } }
    }

    /// The request items.
    var items: [RequestItem] {
        arguments.compactMap { if case .item(let item) = $0 { item } else { nil } }
    }

    /// Whether a switch was given.
    func has(_ flag: String) -> Bool {
        arguments.contains { if case .flag(let name, _) = $0 { name == flag } else { false } }
    }

    /// The value of a flag; the last one wins.
    func value(_ flag: String) -> String? {
        arguments.last { if case .flag(let name, .some) = $0 { name == flag } else { false } }.flatMap {
            if case .flag(_, let value) = $0 { value } else { nil }
        }
    }

    /// A duration given to a flag: `90`, `3s`, `2m`, `500ms`.
    func duration(_ flag: String) throws(ShellFailure) -> Duration? {
        guard let text = value(flag) else { return nil }
        guard let duration = DurationText.parse(text) else {
            throw ShellFailure(
                "--\(flag) cannot be \"\(text)\"",
                why: "a time is a number with ms, s, m or h",
                tries: ["--\(flag) 90s"]
            )
        }
        return duration
    }

    /// Refuses more words than the command takes.
    func atMost(_ count: Int) throws(ShellFailure) {
        guard words.count > count else { return }
        throw ShellFailure(
            "\(spec.name) does not take \"\(words[count])\"",
            why: spec.synopsis,
            tries: ["help \(spec.name)"]
        )
    }
}

/// Times as people type and read them.
enum DurationText {
    /// `90`, `3s`, `1.5m`, `500ms`, `2h`.
    static func parse(_ text: String) -> Duration? {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        let unit = units.first { text.hasSuffix($0.0) }
        let digits = unit.map { text.dropLast($0.0.count) } ?? text[...]
        guard let number = Double(digits), number >= 0, number.isFinite, number < 1e9 else { return nil }
        return .milliseconds(Int64(number * (unit?.1 ?? 1) * 1000))
    }

    /// `10 min`, `1 h`, `45 s`: rounded to the nearest.
    static func rough(_ duration: Duration) -> String { said(duration).description }

    /// The same as part of a sentence.
    static func said(_ duration: Duration) -> Message {
        let seconds = Int(duration.components.seconds)
        if seconds >= 3570 { return "\((seconds + 1800) / 3600) h" }
        if seconds >= 58 { return "\((seconds + 30) / 60) min" }
        return "\(seconds) s"
    }

    /// The time of day, local: `12:01:07`.
    static func timeOfDay(_ time: UpstreamTime) -> String { LocalTime.text(time) }
}
