import Synchronization

/// Keeps what was written, for tests and for output that is to be looked at first.
package final class MemoryConsole: Console {
    private let written = Mutex<[OutputChannel: [UInt8]]>([:])
    private let size: TerminalSize?

    /// - Parameter terminal: the size of the terminal to pretend; nil pretends a file.
    package init(terminal: TerminalSize? = nil) {
        size = terminal
    }

    package func write(bytes: [UInt8], to channel: OutputChannel) {
        written.withLock { $0[channel, default: []] += bytes }
    }

    package func terminalSize(of channel: OutputChannel) -> TerminalSize? { size }

    package func isTerminal(_ channel: OutputChannel) -> Bool { size != nil }

    /// The bytes of one channel so far.
    package func bytes(on channel: OutputChannel = .output) -> [UInt8] {
        written.withLock { $0[channel] ?? [] }
    }

    /// The same as text.
    package func text(on channel: OutputChannel = .output) -> String {
        String(decoding: bytes(on: channel), as: UTF8.self)
    }
}
