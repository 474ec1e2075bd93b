package import LineEditor
import Synchronization

/// What a running command wants of the terminal thread.
enum TerminalRequest: Sendable {
    /// An answer in a line.
    case ask(String, CheckedContinuation<String?, Never>)
    /// An answer that is not shown.
    case askSecret(String, CheckedContinuation<String?, Never>)
    /// A child in the foreground.
    case run(String, [UInt8]?, CheckedContinuation<Int32, Never>)
}

/// Lets commands ask and run children although only the terminal thread may touch the terminal: it leaves the request
/// and ends the thread's wait; the thread serves it and waits on.
package final class TerminalInteraction: Interaction {
    private struct State {
        var request: TerminalRequest?
        var latch: CommandCompletion?
        var isDone = false
    }

    package let canAsk: Bool
    private let inbox: TerminalInbox
    private let state = Mutex(State())

    /// Makes an interaction over the terminal thread's inbox.
    package init(inbox: TerminalInbox, canAsk: Bool) {
        self.inbox = inbox
        self.canAsk = canAsk
    }

    package func ask(_ question: String) async -> String? {
        guard canAsk else { return nil }
        return await withCheckedContinuation { leave(.ask(question, $0)) }
    }

    package func askSecret(_ question: String) async -> String? {
        guard canAsk else { return nil }
        return await withCheckedContinuation { leave(.askSecret(question, $0)) }
    }

    package func run(_ command: String, input: [UInt8]?) async -> Int32 {
        await withCheckedContinuation { leave(.run(command, input, $0)) }
    }

    /// Begins to wait for a command.
    func start() -> CommandCompletion {
        let latch = CommandCompletion(inbox: inbox)
        state.withLock { $0 = State(request: nil, latch: latch, isDone: false) }
        return latch
    }

    /// The latch to wait on after a request was served.
    func goOn() -> CommandCompletion {
        let latch = CommandCompletion(inbox: inbox)
        let isDone = state.withLock { state in
            state.latch = latch
            return state.isDone || state.request != nil
        }
        if isDone { latch.finish() }
        return latch
    }

    /// The command is over.
    func finish() {
        let latch = state.withLock { state in
            state.isDone = true
            return state.latch
        }
        latch?.finish()
    }

    /// What the command wants; nil when it is over.
    func takeRequest() -> TerminalRequest? {
        state.withLock { state in
            defer { state.request = nil }
            return state.request
        }
    }

    private func leave(_ request: TerminalRequest) {
        let latch = state.withLock { state in
            state.request = request
            return state.latch
        }
        latch?.finish()
    }
}
