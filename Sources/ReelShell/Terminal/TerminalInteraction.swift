package import LineEditor

/// What a running command wants of the terminal thread.
enum TerminalRequest: Sendable {
    /// An answer in a line.
    case ask(String, CheckedContinuation<String?, Never>)
    /// An answer that is not shown.
    case askSecret(String, CheckedContinuation<String?, Never>)
    /// A child in the foreground.
    case run(String, [UInt8]?, CheckedContinuation<Int32, Never>)
    /// A child that asks nothing: what is typed meanwhile stays unseen.
    case runQuietly(String, CheckedContinuation<Int32, Never>)

    /// Answers a command that was given up.
    func refuse() {
        switch self {
        case .ask(_, let answer), .askSecret(_, let answer): answer.resume(returning: nil)
        case .run(_, _, let answer), .runQuietly(_, let answer): answer.resume(returning: ExitCode.interrupted.rawValue)
        }
    }
}

/// Lets commands ask and run children although only the terminal thread may touch the terminal: it leaves the request
/// and ends the thread's wait; the thread serves it and waits on.
package final class TerminalInteraction: Interaction {
    package let canAsk: Bool
    private let inbox: TerminalInbox

    /// Makes an interaction over the terminal thread's inbox.
    package init(inbox: TerminalInbox, canAsk: Bool) {
        self.inbox = inbox
        self.canAsk = canAsk
    }

    package func ask(_ question: String) async -> String? {
        guard canAsk else { return nil }
        return await withCheckedContinuation { Self.leave(.ask(question, $0)) }
    }

    package func askSecret(_ question: String) async -> String? {
        guard canAsk else { return nil }
        return await withCheckedContinuation { Self.leave(.askSecret(question, $0)) }
    }

    package func run(_ command: String, input: [UInt8]?) async -> Int32 {
        await withCheckedContinuation { Self.leave(.run(command, input, $0)) }
    }

    package func runQuietly(_ command: String) async -> Int32 {
        await withCheckedContinuation { Self.leave(.runQuietly(command, $0)) }
    }

    /// Begins to wait for a command.
    func start() -> ForegroundCommand { ForegroundCommand(inbox: inbox) }

    private static func leave(_ request: TerminalRequest) {
        guard let command = ForegroundCommand.current, command.leave(request) else { return request.refuse() }
    }
}
