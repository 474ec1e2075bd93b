import JobEngine
package import Journal
package import LineEditor
import Synchronization
import VideoProviderKit

extension ShellSession {
    /// Begins with what a start found.
    package func start(_ recovery: Recovery) async {
        board.start(recovery.resumed + recovery.foreign)
        await board.refresh(self)
    }

    /// What the prompt shows at its right.
    package var rightPrompt: String { board.rightPrompt }

    /// Begins `work` that entries wait for.
    package func prepare(_ work: @escaping @Sendable () async -> Void) {
        preparation.withLock { $0 = Task { await work() } }
    }

    /// Waits for what was begun with ``prepare(_:)``.
    func prepared() async { await preparation.withLock(\.self)?.value }

    /// Follows events for as long as the program runs: keeps the board current and tells what deserves it.
    package func followEvents(inbox: TerminalInbox?) async {
        let events = engine.events()
        for await event in events {
            let (notices, savesFilms) = settings.withLock { ($0["notices"], $0["fetch.auto"] == "on") }
            let isWatched = state.withLock { $0.watched.contains(event.job.id) }
            let taken = board.take(event, savesFilms: savesFilms)
            guard let inbox else { continue }
            if !taken.isHeld, !isWatched {
                let lifetimes = InstanceName(event.job.instance).flatMap { instances[$0]?.descriptor.assetLifetimes }
                let lines = NoticeText.lines(
                    event,
                    success: taken.success,
                    notices: notices,
                    lifetimes: lifetimes ?? []
                )
                if !lines.isEmpty {
                    inbox.post(.notice(lines))
                    state.withLock { $0.printed(event.exchange ?? taken.success?.exchange) }
                    await board.refresh(self)
                }
            }
            inbox.post(.rightPrompt(board.rightPrompt))
        }
    }
}
