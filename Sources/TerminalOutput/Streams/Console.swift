/// Which of the two streams something goes to.
package enum OutputChannel: Sendable, Hashable {
    /// Results.
    case output
    /// The rest, when results do not go to a terminal.
    case error
}

/// A terminal's size in character cells.
package struct TerminalSize: Sendable, Equatable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// Where the program's output goes: the process's streams, or memory in a test.
///
/// Writers may be on any thread; one write is not torn apart by another.
package protocol Console: Sendable {
    /// Writes all of the bytes, or drops them when nobody reads the stream any more.
    func write(bytes: [UInt8], to channel: OutputChannel)
    /// The terminal's size, nil when the channel is none. Asked anew each time, for it changes.
    func terminalSize(of channel: OutputChannel) -> TerminalSize?
    func isTerminal(_ channel: OutputChannel) -> Bool
}

extension Console {
    package func write(_ text: String, to channel: OutputChannel = .output) {
        write(bytes: Array(text.utf8), to: channel)
    }

    package func writeLine(_ text: String = "", to channel: OutputChannel = .output) {
        write(text + "\n", to: channel)
    }
}
