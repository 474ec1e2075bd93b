import Synchronization

/// Something that happens once and can be waited for.
final class Signal: Sendable {
    private struct State {
        var isGiven = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func give() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isGiven = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once it was given; also when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isOver = state.isGiven || Task.isCancelled
                    if !isOver { state.waiting.append(continuation) }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            give()
        }
    }
}
