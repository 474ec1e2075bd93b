/// How reading one entry ended.
package enum ReadResult: Sendable, Equatable {
    /// Enter was pressed; inner newlines come from a paste, Alt-Enter, Ctrl-J or a continuation.
    case line(String)
    /// Ctrl-C; what was typed is gone from the line, but Up recalls it.
    case interrupted(hadText: Bool)
    /// Ctrl-D on an empty line, or the input ended.
    case endOfInput
    /// SIGTERM or SIGHUP arrived: leave with 128 plus its number.
    case terminated(TerminalSignal)
}

/// Reads entries and is the one writer to the terminal while it does.
///
/// Every method belongs to the terminal thread, the one that calls ``read(prefill:)``. Other threads
/// post to the ``TerminalInbox`` the reader was made with.
package protocol LineReader: AnyObject {
    /// Waits for one entry; notices are written above it meanwhile.
    func read(prefill: String) -> ReadResult
    /// Writes whole lines above the open prompt, or just writes them when none is open.
    func printAbove(_ lines: [String])
    /// Sets both prompts; SGR colour sequences are allowed. An open prompt is repainted.
    ///
    /// With nil there is no right one until the next call, as beside a question.
    func setPrompt(left: String, right: String?)
    /// Changes the right prompt alone, of the open line too.
    func setRightPrompt(_ text: String)
    /// Shows rows at the end of the output in place of those of the call before, while no line is being read.
    ///
    /// With nil the last ones stay where they are, as output.
    func showLive(_ rows: [String]?)
    /// Calls the person's attention.
    func alert(_ alert: TerminalAlert)
    /// Gives the terminal back as the program found it: before a child runs in the foreground.
    func release()
    /// Takes the terminal again after ``release()``.
    func reclaim()
    /// Reacts to a signal that does not end a wait: suspension, continuation, a new size.
    func handle(_ signal: TerminalSignal)
    /// What the program knows about its own language; not retained.
    var delegate: (any LineReaderDelegate)? { get set }
}

/// How a person who looks elsewhere is told that something ended.
package enum TerminalAlert: Sendable, Equatable {
    /// The bell.
    case bell
    /// A message of the desktop, by the terminal (OSC 9); terminals that do not know it show nothing.
    case message(String)

    /// What is written; a multiplexer named by `TMUX` passes messages on only when asked to.
    func sequence(isMultiplexed: Bool) -> String {
        switch self {
        case .bell: return "\u{7}"
        case .message(let text):
            let harmless = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
            let message = "\u{1B}]9;\(String(String.UnicodeScalarView(harmless)))\u{7}"
            return isMultiplexed ? "\u{1B}Ptmux;\u{1B}\(message)\u{1B}\\" : message
        }
    }
}

/// What a reader asks the program.
///
/// All calls come on the terminal thread and must return at once.
package protocol LineReaderDelegate: AnyObject {
    /// Candidates at `cursor`, which counts Unicode scalars from the start of `line`.
    func completions(for line: String, cursor: Int) -> Completions
    /// Dim text shown behind a cursor that is at the end of the line.
    func hint(for line: String) -> String?
    /// False keeps the entry out of the history file; Up recalls it all the same.
    func shouldRecord(_ entry: String) -> Bool
    /// The continuation prompt, such as `"... "`, while the entry is incomplete; else nil.
    func needsMore(_ entry: String) -> String?
    /// The entry as changed in an external editor, or nil to leave it. The terminal is released during the call.
    func editExternally(_ entry: String) -> String?
    /// The history file could not be used; editing goes on without it.
    func historyFailed(_ error: HistoryFileError)
    /// The program is in the foreground again after a suspension.
    func terminalDidResume()
    /// The terminal has a new size.
    func terminalDidResize()
}

extension LineReaderDelegate {
    package func completions(for line: String, cursor: Int) -> Completions { .none }
    package func hint(for line: String) -> String? { nil }
    package func shouldRecord(_ entry: String) -> Bool { true }
    package func needsMore(_ entry: String) -> String? { nil }
    package func editExternally(_ entry: String) -> String? { nil }
    package func historyFailed(_ error: HistoryFileError) {}
    package func terminalDidResume() {}
    package func terminalDidResize() {}
}
