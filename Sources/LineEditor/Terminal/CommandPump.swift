import Synchronization

/// A latch that a running command sets when it is done, waking the terminal thread.
package final class CommandCompletion: Sendable {
    private let finished = Mutex(false)
    private let inbox: TerminalInbox

    package init(inbox: TerminalInbox) {
        self.inbox = inbox
    }

    package var isFinished: Bool { finished.withLock { $0 } }

    /// Ends the pump; from any thread, any number of times.
    package func finish() {
        finished.withLock { $0 = true }
        inbox.post(.wake)
    }
}

/// Why the terminal thread stopped waiting for a command.
package enum PumpResult: Sendable, Equatable {
    case finished
    /// Ctrl-C. The command may still be running; pump again to go on waiting.
    case interrupted
    /// SIGTERM or SIGHUP.
    case terminated(TerminalSignal)
    /// The deadline passed; the command may still be running.
    case timedOut
}

extension TerminalInbox {
    /// Performs what was posted so far, without waiting.
    package func pump(on reader: any LineReader) { deliver(to: reader) }

    /// Blocks the terminal thread while a command runs elsewhere: writes notices, obeys signals, leaves typing alone.
    ///
    /// What was posted before the command finished is written before this returns `.finished`. With a `deadline` the
    /// wait ends then.
    package func pump(
        until completion: CommandCompletion,
        on reader: any LineReader,
        interrupts: InterruptSource,
        deadline: ContinuousClock.Instant? = nil
    ) -> PumpResult {
        while true {
            // Asked before delivering: what was posted before the end is then in the inbox already.
            let isFinished = completion.isFinished
            deliver(to: reader)
            if isFinished {
                return .finished
            }
            let signals = interrupts.takePending()
            if let ending = signals.first(where: \.endsProcess) {
                return .terminated(ending)
            }
            for signal in signals where signal != .interrupt {
                reader.handle(signal)
            }
            if signals.contains(.interrupt) {
                return .interrupted
            }
            // Delivering may have taken the wake-up of an end that came after the question above.
            if completion.isFinished { continue }
            let left = deadline.map { ($0 - .now) / .milliseconds(1) }
            if let left, left <= 0 {
                return .timedOut
            }
            _ = Descriptors.wait(
                input: -1,
                signals: interrupts.descriptor,
                inbox: descriptor,
                milliseconds: left.map { Int32(min($0, 1e6)) + 1 }
            )
        }
    }
}
