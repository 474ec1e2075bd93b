import Synchronization

/// What another thread wants done on the terminal thread.
package enum TerminalEvent: Sendable {
    /// Whole lines to write above an open prompt.
    case notice([String])
    /// A new right prompt.
    case rightPrompt(String)
    /// Rows that replace those of the event before, or nil to leave them; see ``LineReader/showLive(_:)``.
    case live([String]?)
    /// A call for attention.
    case alert(TerminalAlert)
    /// Nothing but an end to the wait.
    case wake
    /// Anything else, run on the terminal thread. It must not block.
    case custom(@Sendable () -> Void)
}

/// Where other threads leave events for the one thread that writes to the terminal.
///
/// The byte in the pipe ends the terminal thread's poll(), whether it waits for a key or for a command.
package final class TerminalInbox: Sendable {
    private let events = Mutex<[TerminalEvent]>([])
    private let pipe: SelfPipe

    package init() throws(TerminalSetupError) {
        pipe = try SelfPipe()
    }

    deinit {
        pipe.close()
    }

    /// Becomes readable when there is an event.
    var descriptor: Int32 { pipe.readEnd }

    /// Leaves an event; from any thread, never blocks.
    package func post(_ event: TerminalEvent) {
        let wasEmpty = events.withLock { events in
            events.append(event)
            return events.count == 1
        }
        // One byte for a batch is enough, so the pipe cannot fill up.
        if wasEmpty {
            pipe.wake()
        }
    }

    /// Takes all events; terminal thread only.
    ///
    /// The byte goes first: an event posted after the list was emptied then finds it empty and wakes again.
    func take() -> [TerminalEvent] {
        _ = pipe.drain()
        return events.withLock { events in
            defer { events = [] }
            return events
        }
    }

    /// Performs what was posted; neighbouring notices are written together, with one repaint.
    func deliver(to reader: any LineReader) {
        var lines: [String] = []
        func flush() {
            guard !lines.isEmpty else { return }
            reader.printAbove(lines)
            lines = []
        }
        for event in take() {
            switch event {
            case .notice(let notice):
                lines += notice
            case .rightPrompt(let text):
                reader.setRightPrompt(text)
            case .live(let rows):
                flush()
                reader.showLive(rows)
            case .alert(let alert):
                flush()
                reader.alert(alert)
            case .wake:
                break
            case .custom(let action):
                flush()
                action()
            }
        }
        flush()
    }
}
