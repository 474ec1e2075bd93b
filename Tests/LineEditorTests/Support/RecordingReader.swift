@testable import LineEditor

/// Remembers what it was told, as the terminal thread's reader.
final class RecordingReader: LineReader {
    weak var delegate: (any LineReaderDelegate)?
    var printed: [[String]] = []
    var rightPrompt = ""
    var handled: [TerminalSignal] = []
    var live: [[String]?] = []
    var alerts: [TerminalAlert] = []

    func read(prefill: String) -> ReadResult { .endOfInput }
    func printAbove(_ lines: [String]) { printed.append(lines) }
    func setPrompt(left: String, right: String?) {}
    func setRightPrompt(_ text: String) { rightPrompt = text }
    func showLive(_ rows: [String]?) { live.append(rows) }
    func alert(_ alert: TerminalAlert) { alerts.append(alert) }
    func release() {}
    func reclaim() {}
    func handle(_ signal: TerminalSignal) { handled.append(signal) }
}
