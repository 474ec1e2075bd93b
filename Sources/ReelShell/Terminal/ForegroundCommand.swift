import LineEditor
import Synchronization

/// The command the terminal thread waits for, as that command's task knows it.
///
/// When the prompt comes back before the command is over, the command is abandoned: what it still wants to say or ask
/// is dropped, what it writes to the journal is not.
package final class ForegroundCommand: Sendable {
    /// The one whose task this is; nil for the tasks of the program itself.
    @TaskLocal package static var current: ForegroundCommand?

    private struct State {
        var request: TerminalRequest?
        var latch: CommandCompletion
        var isDone = false
        var isAbandoned = false
    }

    private let inbox: TerminalInbox
    private let state: Mutex<State>

    /// Begins to wait for a command.
    init(inbox: TerminalInbox) {
        self.inbox = inbox
        state = Mutex(State(latch: CommandCompletion(inbox: inbox)))
    }

    /// Whether the prompt came back without it.
    package var isAbandoned: Bool { state.withLock(\.isAbandoned) }

    /// What the thread waits on until the command is over or wants something.
    var latch: CommandCompletion { state.withLock(\.latch) }

    /// The command is over.
    func finish() {
        let latch = state.withLock { state in
            state.isDone = true
            return state.latch
        }
        latch.finish()
    }

    /// Leaves a request for the thread; false when it no longer listens.
    func leave(_ request: TerminalRequest) -> Bool {
        let latch = state.withLock { state -> CommandCompletion? in
            guard !state.isAbandoned else { return nil }
            state.request = request
            return state.latch
        }
        latch?.finish()
        return latch != nil
    }

    /// What the command wants; nil when it is over.
    func takeRequest() -> TerminalRequest? {
        state.withLock { state in
            defer { state.request = nil }
            return state.request
        }
    }

    /// Waits on after a request was served.
    func goOn() {
        let latch = CommandCompletion(inbox: inbox)
        let isDone = state.withLock { state in
            state.latch = latch
            return state.isDone || state.request != nil
        }
        if isDone { latch.finish() }
    }

    /// Gives the command up; what it asked for is answered with no.
    func abandon() {
        let request = state.withLock { state in
            state.isAbandoned = true
            defer { state.request = nil }
            return state.request
        }
        request?.refuse()
    }
}
