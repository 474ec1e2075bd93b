import CEditLine

/// What the output side of the reader knows about the screen.
struct ScreenState {
    private(set) var columns = 80
    private(set) var rows = 24
    let rewraps: Bool
    /// The prompt of the open line: the main one or that of a continuation.
    var prompt = PromptText("")
    /// True from the first drawing of a line until libedit returns it.
    var isReading = false
    /// True while a child has the terminal.
    var isReleased = false
    /// Columns of hint on the screen now.
    var hintColumns = 0
    /// The hint that was last on the screen.
    var lastHint = ""
    /// Notices for which there is no room above the line.
    var held: [String] = []
    /// When notices were last written above the open line.
    var lastDelivery: ContinuousClock.Instant?

    /// How long the next notices wait, in milliseconds; nil when they need not.
    ///
    /// The first is written at once, what follows within a tenth of a second together: each repaints the line.
    var deliveryPause: Int32? {
        guard let lastDelivery else { return nil }
        let passed = (ContinuousClock.now - lastDelivery) / .milliseconds(1)
        return passed < Self.burst ? Int32(Self.burst - passed) + 1 : nil
    }

    private static let burst = 100.0

    init(environment: (String) -> String?) {
        rewraps = Self.rewraps(environment: environment)
        updateSize()
    }

    /// Whether the terminal wraps long rows anew when its width changes.
    ///
    /// Nearly all do; xterm itself, which alone sets `XTERM_VERSION`, rxvt and the Linux console do not. A
    /// multiplexer in between does, whatever the terminal around it.
    static func rewraps(environment: (String) -> String?) -> Bool {
        if environment("TMUX") != nil {
            return true
        }
        let terminal = environment("TERM") ?? ""
        return environment("XTERM_VERSION") == nil && !terminal.hasPrefix("rxvt") && terminal != "linux"
    }

    mutating func beginReading(prompt: PromptText) {
        self.prompt = prompt
        isReading = true
        hintColumns = 0
        lastHint = ""
        updateSize()
    }

    /// Whether the terminal has another size than it was last drawn for.
    var isSizeChanged: Bool {
        var newColumns: Int32 = 0
        var newRows: Int32 = 0
        guard ced_terminal_size(0, &newColumns, &newRows) == 0 else { return false }
        return Int(newColumns) != columns || Int(newRows) != rows
    }

    mutating func updateSize() {
        var newColumns: Int32 = 0
        var newRows: Int32 = 0
        guard ced_terminal_size(0, &newColumns, &newRows) == 0 else { return }
        columns = Int(newColumns)
        rows = Int(newRows)
    }
}

enum Escape {
    static let bracketedPasteOn = "\u{1B}[?2004h"
    static let bracketedPasteOff = "\u{1B}[?2004l"

    /// To the first column `rows` up, and everything from there erased.
    static func clearing(rowsUp rows: Int) -> String {
        rows > 0 ? "\r\u{1B}[\(rows)A\u{1B}[J" : "\r\u{1B}[J"
    }
}
