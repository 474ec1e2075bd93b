import CEditLine

/// A signal the terminal thread reacts to.
package struct TerminalSignal: RawRepresentable, Hashable, Sendable {
    /// The system's number.
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    package static let interrupt = TerminalSignal(rawValue: SIGINT)
    package static let terminate = TerminalSignal(rawValue: SIGTERM)
    package static let hangUp = TerminalSignal(rawValue: SIGHUP)
    package static let windowChange = TerminalSignal(rawValue: SIGWINCH)
    package static let suspend = TerminalSignal(rawValue: SIGTSTP)
    package static let resume = TerminalSignal(rawValue: SIGCONT)

    /// True for those after which the program leaves.
    package var endsProcess: Bool { self == .terminate || self == .hangUp }

    /// What the shell that started the program reports when this signal ended it.
    package var exitCode: Int32 { 128 + rawValue }
}
