import JobEngine
package import Journal
package import LineEditor
import Synchronization

extension ShellSession {
    /// Begins with what a start found.
    package func start(_ recovery: Recovery) async {
        board.start(recovery.resumed + recovery.foreign)
        await board.refresh(self)
    }

    /// Follows events for as long as the program runs: keeps the board current and tells what deserves it.
    package func followEvents(inbox: TerminalInbox?) async {
        let events = engine.events()
        for await event in events {
            let settings = settings.withLock { ($0["notices"], $0["fetch.auto"] == "on") }
            let isWatched = state.withLock { $0.watched.contains(event.job.id) }
            let notice = board.take(event, notices: settings.0, savesFilms: settings.1, isWatched: isWatched)
            guard let inbox else { continue }
            if let notice {
                inbox.post(.notice(notice))
                state.withLock { $0.printed(event.exchange) }
                await board.refresh(self)
            }
            inbox.post(.rightPrompt(board.rightPrompt))
        }
    }
}
