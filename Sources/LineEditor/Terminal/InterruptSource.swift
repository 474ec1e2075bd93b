import CEditLine

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Turns signals into bytes that the terminal thread reads where it waits anyway.
///
/// Any thread may take a signal, and hardly anything may be called in a handler, so the handler only
/// writes the signal's number to a pipe. The handlers belong to the process: install one source, early.
package struct InterruptSource: Sendable {
    let pipe: SelfPipe
    private let signals: [TerminalSignal]
    /// What the program does around its stop by Ctrl-Z, which returns when it was continued.
    package var aroundStop: @Sendable (_ stop: () -> Void) -> Void = { stop in stop() }

    /// Becomes readable when a signal arrives.
    package var descriptor: Int32 { pipe.readEnd }

    /// What a program without line editing handles; suspension and size are the editor's.
    package static let ending: [TerminalSignal] = [.interrupt, .terminate, .hangUp]
    package static let all: [TerminalSignal] = ending + [.windowChange, .suspend, .resume]

    /// Installs the handlers; a signal that the parent made us ignore (`nohup`) stays ignored.
    package static func install(for signals: [TerminalSignal] = all) throws(TerminalSetupError) -> InterruptSource {
        let source = InterruptSource(pipe: try SelfPipe(), signals: signals)
        for signal in signals {
            try source.watch(signal)
        }
        return source
    }

    /// Signals that arrived since the last call, oldest first; does not wait.
    package func takePending() -> [TerminalSignal] {
        pipe.drain().map { TerminalSignal(rawValue: Int32($0)) }
    }

    /// Forgets what a child in the foreground got itself; other signals stay pending.
    func discard(_ unwanted: Set<TerminalSignal>) {
        let kept = pipe.drain().filter { !unwanted.contains(TerminalSignal(rawValue: Int32($0))) }
        Descriptors.write(kept, to: pipe.writeEnd)
    }

    /// The source for programs that never wait for a terminal: nothing ever arrives.
    package static func none() throws(TerminalSetupError) -> InterruptSource {
        try install(for: [])
    }

    func watch(_ signal: TerminalSignal) throws(TerminalSetupError) {
        guard ced_forward_signal(signal.rawValue, pipe.writeEnd) == 0 else {
            throw TerminalSetupError(code: .signalHandler, errno: errno)
        }
    }

    func restoreDefault(_ signal: TerminalSignal) {
        _ = ced_forward_signal(signal.rawValue, -1)
    }

    /// Stops the process the way Ctrl-Z would without a handler; returns when it was continued.
    func stopProcess() { aroundStop(stop) }

    private func stop() {
        restoreDefault(.suspend)
        // libdispatch's threads, and those they start, block signals: there raise() alone would change nothing.
        var suspension = sigset_t()
        var previous = sigset_t()
        sigemptyset(&suspension)
        sigaddset(&suspension, TerminalSignal.suspend.rawValue)
        pthread_sigmask(SIG_UNBLOCK, &suspension, &previous)
        raise(TerminalSignal.suspend.rawValue)
        pthread_sigmask(SIG_SETMASK, &previous, nil)
        try? watch(.suspend)
    }

    /// Puts the default actions back.
    ///
    /// The pipe stays open: a handler may be running on another thread.
    package func uninstall() {
        for signal in signals {
            restoreDefault(signal)
        }
    }
}
